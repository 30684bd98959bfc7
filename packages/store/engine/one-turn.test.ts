import { describe, expect, it } from "vitest";
import { OneTurn } from "./one-turn.ts";
import type { Table } from "./table.ts";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is only a key here
const aTable = (): Table => ({}) as Table;
const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("callers of one turn", () => {
  it("are served by one call, each with a place of their own", async () => {
    const [turn, table, served] = [new OneTurn<string>(), aTable(), [] as number[]];
    const serve = (callers: number): Promise<string> => {
      served.push(callers);
      return Promise.resolve("read");
    };
    const answers = await Promise.all([0, 1, 2].map(() => turn.join(table, "a", serve)));
    expect(answers).toEqual([0, 1, 2].map((place) => ({ result: "read", place, callers: 3 })));
    expect(served).toEqual([3]);
  });

  it("are not served by what was read before they asked", async () => {
    const [turn, table] = [new OneTurn<number>(), aTable()];
    let now = 1;
    let end: () => void = () => undefined;
    const isSlow = new Promise<void>((resolve) => (end = resolve));
    const read = async (): Promise<number> => {
      const seen = now;
      await isSlow;
      return seen;
    };
    const early = turn.join(table, "a", read);
    await aTurn();
    await aTurn();
    now = 2;
    const late = turn.join(table, "a", read);
    end();
    expect([(await early).result, (await late).result]).toEqual([1, 2]);
  });

  it("have other tables and other names for themselves, and fail only with each other", async () => {
    const [turn, one, other] = [new OneTurn<string>(), aTable(), aTable()];
    const fails = (): Promise<string> => Promise.reject(new Error("no answer"));
    const asked = [
      turn.join(one, "a", fails),
      turn.join(one, "a", () => Promise.resolve("never")),
      turn.join(one, "b", () => Promise.resolve("b")),
      turn.join(other, "a", () => Promise.resolve("other")),
    ];
    const settled = await Promise.allSettled(asked);
    expect(settled.map((each) => (each.status === "fulfilled" ? each.value.result : "failed"))).toEqual([
      "failed",
      "failed",
      "b",
      "other",
    ]);
    expect((await turn.join(one, "a", () => Promise.resolve("again"))).result).toBe("again");
  });
});
