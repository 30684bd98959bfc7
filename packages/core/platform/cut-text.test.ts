import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutPlace, cutText } from "./cut-text.ts";

const FAMILY = "👨‍👩‍👧‍👦";
const FLAG = "🇩🇰";
const MARKED = "e\u0301\u0323";

describe("a text that is cut", () => {
  it("stays whole up to the most, and ends in … beyond it", () => {
    expect(cutText("abcde", 5)).toBe("abcde");
    expect(cutText("abcdef", 5)).toBe("abcde…");
    expect(cutText("", 0)).toBe("");
  });

  it("keeps what people see as a character whole: joined emoji, flags, letters with marks, Hangul, line ends", () => {
    for (const one of [FAMILY, FLAG, MARKED, "👍🏽", "1️⃣", "각", "\r\n", "नि"])
      for (let most = 2; most < 2 + one.length; most++)
        expect(cutText(`ab${one}cdefghijklmnop`, most), `${one} at ${most}`).toBe("ab…");
  });

  it("cuts between two flags, not within one", () => {
    expect(cutText(FLAG.repeat(20), 6)).toBe(`${FLAG}…`);
  });

  it("cuts a character that is longer than the most, but no code point", () => {
    expect(cutText(`e${"\u0301".repeat(5_000)}`, 60)).toBe(`e${"\u0301".repeat(59)}…`);
    expect(cutText(FAMILY, 4)).toBe("👨‍…");
  });

  it("is never longer, never half a code point, and begins as the text does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(30), (text, most) => {
        const place = cutPlace(text, most);
        expect(place).toBeLessThanOrEqual(Math.max(most, 0));
        expect(text.slice(0, place).isWellFormed()).toBe(true);
        expect(place > 0 || most === 0 || text === "" || /^[\ud800-\udbff]/.test(text)).toBe(true);
      }),
    );
  });
});
