import { describe, expect, it } from "vitest";
import { type NotedOutcome, type NoteSaved, heardFirst, noteOf } from "./save-counts.ts";

type Told = readonly [string, NotedOutcome];

const listener = (told: Told[], names: string[][] = []): NoteSaved<string> =>
  Object.assign((name: string, outcome: NotedOutcome) => void told.push([name, outcome]), {
    companionOf: (saved: readonly { readonly record: string }[]) => {
      names.push(saved.map(({ record }) => record));
      return undefined;
    },
  });

describe("a listener to saves", () => {
  it("B3: is told of the records that it knows, and companions are asked for those", () => {
    const [told, names]: [Told[], string[][]] = [[], []];
    const note = noteOf(listener(told, names), (number: number) => (number > 9 ? undefined : `no. ${number}`));
    note(1, "created");
    note(10, "created");
    note.companionOf?.([
      { record: 1, outcome: "created" },
      { record: 10, outcome: "changed" },
    ]);
    expect([told, names]).toEqual([[["no. 1", "created"]], [["no. 1"]]]);
  });

  it("B3: is told after one that hears of every record, and keeps its companions", () => {
    const [told, names, heard]: [Told[], string[][], Told[]] = [[], [], []];
    const note = heardFirst(listener(told, names), (name, outcome) => heard.push([name, outcome]));
    note("a", "overtaken");
    note.companionOf?.([{ record: "a", outcome: "created" }]);
    expect([told, names, heard]).toEqual([[["a", "overtaken"]], [["a"]], [["a", "overtaken"]]]);
  });

  it("B2: lets an overtaken record fail the save where nobody is told of it", () => {
    const note = heardFirst<string>(undefined, () => undefined);
    note("a", "changed");
    expect(() => note("a", "overtaken")).toThrow("a record keeps being changed by other writers: try again");
  });
});
