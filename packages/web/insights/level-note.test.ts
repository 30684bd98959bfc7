import { builtInInsights } from "@regulars/core/insights/catalog";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { describe, expect, it } from "vitest";
import { levelNote } from "./level-note.ts";

const words = await pageWordsOf("en", builtInInsights.textOf);

const evidence = (tail?: number) => ({
  rule: "any/1",
  checks: [],
  documents: [],
  ...(tail === undefined ? {} : { tail }),
});

describe("the note on a level", () => {
  it("gives the tail probability and the limits that decided the level", () => {
    expect(levelNote({ level: "medium", state: "open", evidence: evidence(0.0123) }, words)).toEqual([
      "By its own habits, this customer would go as far as this 1.23 % of the time. 1 % or less is high, 5 % or less is medium, more is watch.",
      "Medium findings are in the daily digest.",
    ]);
  });

  it("leaves out limits that did not decide the level", () => {
    const [share] = levelNote({ level: "watch", state: "open", evidence: evidence(0.000_001) }, words);
    expect(share).toBe("By its own habits, this customer would go as far as this less than 0.001 % of the time.");
  });

  it("gives the finding's own level rule", () => {
    const ruled = { ...evidence(), levelRule: "More than 30 days is high." };
    expect(levelNote({ level: "high", state: "open", evidence: ruled }, words)[0]).toBe("More than 30 days is high.");
  });

  it("refers to the values if there is no tail probability", () => {
    const [first] = levelNote({ level: "high", state: "open", evidence: evidence() }, words);
    expect(first).toBe("The rule takes this level from the values below.");
  });

  it("says why a high finding that is not open sends no message", () => {
    const notes = levelNote({ level: "high", state: "lapsed", evidence: evidence(0.001) }, words);
    expect(notes.at(-1)).toContain("No message is sent.");
    expect(notes.join(" ")).not.toContain("instant alert");
  });

  it("is said in the reader's language, with the share in their numbers", async () => {
    const danish = await pageWordsOf("da-DK", builtInInsights.textOf);
    expect(levelNote({ level: "watch", state: "disputed", evidence: evidence(0.0123) }, danish)).toEqual([
      "Efter sine egne vaner ville denne kunde gå så langt 1,23 % af tiden.",
      "Omtvistet: afklar tvisten, før du beder om betaling. Der sendes ingen besked.",
    ]);
  });
});
