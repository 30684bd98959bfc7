import { describe, expect, it } from "vitest";
import { type DecimalMark, NumberFormatFinder, readNumber, withNumbers } from "./number-format.ts";

function decided(cells: readonly string[], given: Parameters<NumberFormatFinder["decide"]>[0] = {}) {
  const finder = new NumberFormatFinder();
  for (const [i, cell] of cells.entries()) finder.see(cell, i + 2, "total");
  const mark = finder.decide(given);
  return mark.ok ? mark.value : mark.message;
}

describe("the number format of a file", () => {
  it("C3: is one for all its cells: a decimal comma anywhere makes the point a mark of thousands", () => {
    expect(decided(["1.000", "12,50"])).toBe("comma");
    expect(readNumber("1.000", "comma")).toBe("1000");
    expect(decided(["12,50", "1.000", "7"])).toBe("comma");
    expect(decided(["1.000", "12.50"])).toBe("point");
    expect(readNumber("1.000", "point")).toBe("1.000");
  });

  it.each<[string, DecimalMark]>([
    ["1.234,5", "comma"],
    ["1.234.567", "comma"],
    ["1234,567", "comma"],
    ["0,125", "comma"],
    ["12,5", "comma"],
    ["-3,5", "comma"],
    ["1 234,50 €", "comma"],
    ["1,234.5", "point"],
    ["$1,234,567", "point"],
    ["0.125", "point"],
    ["12.5", "point"],
    ["(5.00)", "point"],
    ["1234.567", "point"],
    ["", "point"],
    ["1000", "point"],
  ])("C3: is told by %j: decimal %s", (cell, mark) => {
    expect(decided(["1000", cell, "Café 3/5"])).toBe(mark);
  });

  it("C3: is refused with the cell where its numbers can be read in two ways", () => {
    expect(decided(["12", "1.000"])).toBe(
      'total "1.000" in line 3 may be 1.000 or 1000, and no other number of the file tells which: say --decimal comma or --decimal point',
    );
    expect(decided(["1,000"])).toBe(
      'total "1,000" in line 2 may be 1000 or 1.000, and no other number of the file tells which: say --decimal comma or --decimal point',
    );
    expect(decided(["1.5", "2,5"])).toBe(
      'total "1.5" in line 2 has a decimal point and total "2,5" in line 3 a decimal comma: say --decimal comma or --decimal point',
    );
  });

  it("C3: is what was said, or usual for such a file, where its numbers fit both", () => {
    expect(decided(["1.000"], { asked: "comma" })).toBe("comma");
    expect(decided(["1.000"], { asked: "point" })).toBe("point");
    expect(decided(["1.000"], { usual: "point" })).toBe("point");
    expect(decided(["1,000"], { usual: "point" })).toContain("may be 1000 or 1.000");
  });
});

describe("a number of a file", () => {
  it.each<[string, DecimalMark, string]>([
    ["1.234,56 €", "comma", "1234.56"],
    ["1'234,5", "comma", "1234.5"],
    ["-1.234.567", "comma", "-1234567"],
    ["1,5-", "comma", "-1.5"],
    ["$1,234.56", "point", "1234.56"],
    ["(1,234.50)", "point", "-1234.50"],
    ["-$5", "point", "-5"],
    ["+7.50", "point", "7.50"],
    [".5", "point", "0.5"],
    ["", "comma", ""],
  ])("%j with a decimal %s is %j", (cell, mark, text) => {
    expect(readNumber(cell, mark)).toBe(text);
  });

  it.each<[string, DecimalMark]>([
    ["3.5", "comma"],
    ["12.50", "comma"],
    ["1,234.50", "comma"],
    ["1,5", "point"],
    ["1.234,56", "point"],
  ])("C3: %j is no number of a file with a decimal %s", (cell, mark) => {
    expect(readNumber(cell, mark)).toBeUndefined();
  });

  it.each(["1,23,456", "abc", "(5", "(-5)", "1.2.3", "12-11-2026", "3/5"])(
    "%j is no number and stays as it is",
    (cell) => {
      expect([readNumber(cell, "comma"), readNumber(cell, "point")]).toEqual([cell, cell]);
    },
  );

  it("C3: is read in the columns of numbers only: a name keeps its comma", () => {
    const record = { itemId: "3,5", quantity: "3,5", unitPrice: "1.000", unitCost: "" };
    expect(withNumbers(record, ["quantity", "unitPrice", "unitCost"], "comma")).toEqual({
      ok: true,
      value: { itemId: "3,5", quantity: "3.5", unitPrice: "1000", unitCost: "" },
    });
    expect(withNumbers(record, ["quantity"], "point")).toMatchObject({
      ok: false,
      message: 'quantity "3,5" is not a number of this file, whose decimals follow a point',
    });
  });
});
