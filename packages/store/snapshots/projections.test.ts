import { describe, expect, it } from "vitest";
import { projections } from "./projections.ts";

/** Letters of snapshot parts that are no projection: dismissals, findings, the profile. */
const RECORD_LETTERS = ["A", "F", "P", "S"];

describe("the projections", () => {
  it("have unique letters, one character each", () => {
    const letters = [...RECORD_LETTERS, ...projections.flatMap(({ letters: { marker, chunk } }) => [marker, chunk])];
    expect(new Set(letters).size).toBe(letters.length);
    expect(letters.every((letter) => /^[A-Z]$/.test(letter))).toBe(true);
  });

  it.each(projections)("have a mark that is read before the chunk: $name", ({ letters: { marker, chunk } }) => {
    expect(marker < chunk).toBe(true);
  });
});
