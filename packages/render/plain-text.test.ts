import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, lines, oneLine } from "./plain-text.ts";
import { plain, slackClip } from "./slack-text.ts";
import { isolated } from "./texts/isolated.ts";

/** Letters, spaces of every kind, controls, text directions, and halves of characters. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom("a", "é", " ", "  ", "\n", "\r\n", "\t", "\0", "\u00a0", "\u2028", "\u202e", "\u2067", "\ufeff"),
    fc.constantFrom("\ud83d", "\ude00", "😀", "\u0085", "\u3000", "\u1680"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});

describe("a value in a line", () => {
  it.each([
    ["Café", "Café"],
    [" Café  Nord ", "Café Nord"],
    ["1\u00a0248,50 kr.", "1 248,50 kr."],
    ["a\u202eb", "ab"],
    ["\u2068שלום\u2069 buys", "\u2068שלום\u2069 buys"],
    ["\u2068\u2068שלום\u2069 buys\u2069", "\u2068שלום\u2069 buys"],
    ["\u2068a\u202eb\u2069 c", "ab c"],
    ["a\u2069b\u2068", "ab"],
    ["a\r\nb\u2028c\0d", "a b c d"],
    ["\ud83d!", "\ufffd!"],
    ["abcdefg", "abcde…"],
  ])("is cleaned: %j", (given, expected) => {
    expect(oneLine(given, given === "abcdefg" ? 6 : 40)).toBe(expected);
  });

  it("is not hidden by blanks before it, however many", () => {
    for (const blank of [" ", "\v", "\0", "\u202e", "\u2068"]) {
      expect(oneLine(`${blank.repeat(5_000)}Café`, 10)).toBe("Café");
      expect(lines(`${blank.repeat(5_000)}Café\nNord`, 10)).toEqual(["Café", "Nord"]);
    }
  });

  it("is the same whether or not something beside it has to be cleaned", () => {
    fc.assert(
      fc.property(text, (value) => {
        // A control before it makes sure that the whole is cleaned.
        expect(oneLine(`\0${value}`, 100)).toBe(oneLine(value, 100));
        expect(lines(`\0${value}`, 100)).toEqual(lines(value, 100));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Names as sentences have them: some from right to left, with letters of two units, signs of Slack and of HTML. */
const sentence = fc
  .array(fc.constantFrom("Café", "שלום", "مرحبا <b>", "😀😀", "A & B", "*bold*", "a|b", ">", "`x`"), { maxLength: 12 })
  .map((names) => names.map((name) => `${isolated(name)} buys`).join(", "));

describe("a text that is cut", () => {
  it.each([
    ["in a mail", clip],
    ["in Slack", slackClip],
    ["in a button of Slack", (given: string, length: number) => plain(given, length).text],
  ] as const)("is short enough, splits no character, and ends whatever it isolates: %s", (_, cut) => {
    fc.assert(
      fc.property(sentence, fc.integer({ min: 3, max: 80 }), (given, length) => {
        const kept = cut(given, length);
        expect(kept.length).toBeLessThanOrEqual(length);
        expect(kept.isWellFormed()).toBe(true);
        expect(kept.split("\u2068").length).toBe(kept.split("\u2069").length);
        // Of a mail it is cut before it is escaped.
        expect(cut === clip ? "" : kept.replaceAll(/&(?:amp|lt|gt);/g, "")).not.toContain("&");
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["in a mail", clip],
    ["in Slack", slackClip],
    ["in a button of Slack", (given: string, length: number) => plain(given, length).text],
  ] as const)("keeps joined emoji, flags and letters with marks whole: %s", (_, cut) => {
    for (const one of ["👨‍👩‍👧‍👦", "🇩🇰", "e\u0301\u0323", "👍🏽"])
      for (let length = 3; length < 3 + one.length; length++)
        expect(cut(`ab${one}${"c".repeat(40)}`, length), `${one} in ${length}`).toBe("ab…");
  });
});
