import { saleStatuses } from "@regulars/core/customers/sale";
import { currencySchema, dayNumber, minor, projectIdSchema } from "@regulars/core/platform/values";
import type { SaleView } from "@regulars/core/snapshots/sale-view";
import { describe, expect, it } from "vitest";
import { decodeSales, encodeSales } from "./sales-chunk.ts";

const DAY = 20_454;
const EUR = currencySchema.parse("EUR");
const USD = currencySchema.parse("USD");

/** Sales of every status, with and without amount and project, on days in turn. */
const salesOf = (count: number): SaleView[] =>
  Array.from({ length: count }, (_, i) => ({
    day: dayNumber(DAY + Math.floor((i * 365) / count)),
    status: saleStatuses[i % 3] ?? "open",
    ...(i % 2 === 0 ? { amountMinor: minor(i * 1_000 - 5_000), currency: i % 4 === 0 ? EUR : USD } : {}),
    ...(i % 5 === 0 ? { projectId: projectIdSchema.parse(`project-${i % 7}`) } : {}),
  }));

describe("a sales chunk", () => {
  it("decodes every kind of sale, in day order", () => {
    expect(decodeSales(encodeSales(salesOf(120), EUR), EUR)).toEqual(salesOf(120));
    expect(decodeSales(encodeSales([], EUR), EUR)).toEqual([]);
  });

  it("has the same bytes whatever the order of the sales, also of one day", () => {
    const oneDay = salesOf(60).map((sale) => ({ ...sale, day: dayNumber(DAY) }));
    for (const given of [salesOf(100), oneDay])
      expect(encodeSales(given.toReversed(), EUR)).toEqual(encodeSales(given, EUR));
  });

  it("takes at most eight bytes a sale", () => {
    expect(encodeSales(salesOf(2_000), EUR).length / 2_000).toBeLessThan(8);
  });

  it("refuses changed bytes", () => {
    const bytes = encodeSales(salesOf(3), EUR);
    bytes[4] = (bytes[4] ?? 0) ^ 1;
    expect(() => decodeSales(bytes, EUR)).toThrow("the chunk's checksum does not match");
  });
});
