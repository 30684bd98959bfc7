import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lines, oneLine } from "./plain-text.ts";

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
    ["a\r\nb\u2028c\0d", "a b c d"],
    ["\ud83d!", "\ufffd!"],
    ["abcdefg", "abcde…"],
  ])("is cleaned: %j", (given, expected) => {
    expect(oneLine(given, given === "abcdefg" ? 6 : 40)).toBe(expected);
  });

  it("is not hidden by blanks before it, however many", () => {
    for (const blank of [" ", "\v", "\0", "\u202e"]) {
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
