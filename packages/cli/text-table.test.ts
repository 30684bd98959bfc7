import { expect, it } from "vitest";
import { textTable } from "./text-table.ts";

it("makes each column as wide as its widest cell, two blanks apart", () => {
  expect(
    textTable(
      ["WHO", "WHY"],
      [
        ["Noma", "silent"],
        ["Café Nord", "late"],
      ],
    ),
  ).toBe(["WHO        WHY", "Noma       silent", "Café Nord  late"].join("\n"));
});

it("does not pad the last column, and ends no line with blanks", () => {
  const table = textTable(
    ["A", "B"],
    [
      ["1", "a very long reason"],
      ["2", ""],
    ],
  );
  expect(table.split("\n")).toEqual(["A  B", "1  a very long reason", "2"]);
});

it("counts a character outside the basic plane as one", () => {
  expect(
    textTable(
      ["A", "B"],
      [
        ["🙂", "x"],
        ["ab", "y"],
      ],
    ).split("\n")[1],
  ).toBe("🙂   x");
});

it("shows the header alone when there are no rows", () => {
  expect(textTable(["A", "LONG"], [])).toBe("A  LONG");
});

it("accepts a row with too few cells", () => {
  expect(textTable(["A", "B"], [["1"]])).toBe("A  B\n1");
});
