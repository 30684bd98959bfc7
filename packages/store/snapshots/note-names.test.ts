import { builtInInsights } from "@regulars/core/insights/catalog";
import { noteLetters } from "@regulars/core/insights/note-letters";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longName, shortName } from "./note-names.ts";

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const ids = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 26, maxLength: 26 })
  .map((letters) => `F#customer-status#sts_${letters.join("")}`);

describe("the name of a note", () => {
  it("is short for an id as they are given, and says it", () => {
    fc.assert(
      fc.property(ids, (name) => {
        expect(Buffer.byteLength(shortName(name))).toBe(21);
        expect(longName(shortName(name))).toBe(name);
      }),
    );
    for (const letter of ["0", "z"]) {
      const name = `F#customer-status#sts_${letter.repeat(26)}`;
      expect(longName(shortName(name))).toBe(name);
    }
  });

  it("stays as it is for any other id or kind, and so do other attributes", () => {
    const others = [
      "F#customer-status#neglected",
      "F#customer-status#sts_1",
      `F#customer-status#sts_${"i".repeat(26)}`,
      `F#customer-status#["sts_${"0".repeat(26)}","person","p1"]`,
      `F#another-kind#sts_${"0".repeat(26)}`,
      "v",
      "r",
      "nextChangeOn",
    ];
    for (const name of others) {
      expect(shortName(name)).toBe(name);
      expect(longName(name)).toBe(name);
    }
  });

  it("has a letter of its own for kinds about statuses only", () => {
    const aboutStatuses = builtInInsights.kinds.filter(({ readsStatuses }) => readsStatuses).map(({ id }) => id);
    expect(aboutStatuses).toEqual(expect.arrayContaining(noteLetters.map(({ kind }) => kind)));
    expect(new Set(noteLetters.map(({ letter }) => letter)).size).toBe(noteLetters.length);
  });
});
