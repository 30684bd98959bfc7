import type { OrderLine } from "@regulars/core/orders/order";
import { itemIdSchema, minor } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { lineText, parseLine } from "./order-line.ts";

const goods = (given: Partial<OrderLine> = {}): OrderLine => ({
  itemId: itemIdSchema.parse("85123A"),
  kind: "goods",
  quantity: 6,
  netMinor: minor(1_530),
  ...given,
});

it("has item, quantity and value, and leaves out what is unknown", () => {
  expect(lineText(goods())).toBe("85123A|6|1530");
  expect(lineText(goods({ costMinor: minor(990) }))).toBe("85123A|6|1530|990");
  expect(lineText(goods({ netMinor: undefined, costMinor: minor(990) }))).toBe("85123A|6||990");
  expect(lineText(goods({ itemId: itemIdSchema.parse("BANK CHARGES"), kind: "charge", quantity: -1 }))).toBe(
    "BANK CHARGES|-1|1530||charge",
  );
});

it("reads back what it wrote, zeros and fractions too", () => {
  const lines = [
    goods(),
    goods({ quantity: -0.125, netMinor: minor(-7) }),
    goods({ quantity: 0, netMinor: minor(0), costMinor: minor(0) }),
    goods({ kind: "charge" }),
  ];
  expect(lines.map((line) => parseLine(lineText(line)))).toEqual(lines);
});

it("refuses a text that is not a stored line", () => {
  expect(() => parseLine("85123A")).toThrow('"85123A" is not a stored order line');
  expect(() => parseLine("85123A|six")).toThrow("is not a stored order line");
});
