import { expect, it } from "vitest";
import { colourAt, contrastWithWhite, palette, parseColour } from "./colour.ts";

it("SP20 takes a colour that white text is readable on, in capitals", () => {
  expect(parseColour("#1d4ed8")).toEqual({ ok: true, value: "#1D4ED8" });
  expect(parseColour("#000000")).toEqual({ ok: true, value: "#000000" });
  expect(parseColour("#767676")).toMatchObject({ ok: true });
});

it("SP20 refuses a colour that white text is not readable on", () => {
  expect(parseColour("#777777")).toMatchObject({ ok: false, reason: "colour-unreadable" });
  expect(parseColour("#FFFF00")).toMatchObject({ ok: false, reason: "colour-unreadable" });
});

it("refuses a text that is not a colour", () => {
  for (const text of ["red", "#12345", "#1234567", "#GG0000", "", "#fff"])
    expect(parseColour(text)).toMatchObject({ ok: false, reason: "not-a-colour" });
});

it("measures as WCAG does", () => {
  expect(contrastWithWhite("#000000")).toBeCloseTo(21, 5);
  expect(contrastWithWhite("#FFFFFF")).toBeCloseTo(1, 5);
});

it("has a palette that passes its own check", () => {
  for (const colour of palette) expect(parseColour(colour)).toEqual({ ok: true, value: colour });
  expect(colourAt(palette.length)).toBe(palette[0]);
});
