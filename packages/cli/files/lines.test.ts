import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Line, MAX_LINE, splitLines } from "./lines.ts";

async function* inPieces(pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

async function linesOf(...pieces: readonly string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const some of splitLines(inPieces(pieces))) lines.push(...some);
  return lines;
}

it("numbers the lines from 1, empty ones too", async () => {
  expect(await linesOf("a\n\nb\n")).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: "" },
    { number: 3, text: "b" },
  ]);
});

it("takes a last line without an end, and finds none after an end", async () => {
  expect(await linesOf("a\nb")).toHaveLength(2);
  expect(await linesOf("a\nb\n")).toHaveLength(2);
  expect(await linesOf("")).toEqual([]);
  expect(await linesOf()).toEqual([]);
});

it("takes Windows line ends off, also when they are cut in two", async () => {
  expect(await linesOf("a\r", "\nb\r\n", "c\r")).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: "b" },
    { number: 3, text: "c" },
  ]);
});

it("gives a line of the greatest length with its text, and a longer one without", async () => {
  const longest = "x".repeat(MAX_LINE);
  const [fits, tooLong, next] = await linesOf(`${longest}\n`, `${longest}x\nnext\n`);
  expect(fits?.text).toBe(longest);
  expect([tooLong, next]).toEqual([
    { number: 2, text: undefined },
    { number: 3, text: "next" },
  ]);
});

it("gives a line without its text when it is too long over many pieces, or at the end of the file", async () => {
  const piece = "x".repeat(MAX_LINE / 4);
  expect(await linesOf("a\n", piece, piece, piece, piece, piece, "\nb\n", piece, piece, piece, piece, piece)).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: undefined },
    { number: 3, text: "b" },
    { number: 4, text: undefined },
  ]);
});

it("gives the same lines however the text is cut into pieces", async () => {
  const text = fc
    .array(fc.constantFrom("a", "é", '"', ",", "\r\n", "\n", "\n\n", "🙂"), { maxLength: 60 })
    .map((parts) => parts.join(""));
  const cuts = fc.array(fc.nat(80), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(text, cuts, async (whole, places) => {
      const at = [0, ...places.map((place) => Math.min(place, whole.length)).toSorted((a, b) => a - b), whole.length];
      const pieces = at.slice(1).map((end, i) => whole.slice(at[i], end));
      expect(pieces.join("")).toBe(whole);
      expect(await linesOf(...pieces)).toEqual(await linesOf(whole));
      const expected = whole.split("\n").map((line) => line.replace(/\r$/, ""));
      if (whole.endsWith("\n") || whole === "") expected.pop();
      expect((await linesOf(...pieces)).map((line) => line.text)).toEqual(expected);
    }),
  );
});
