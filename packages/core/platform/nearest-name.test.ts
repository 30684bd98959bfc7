import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

it("finds the name that needs the fewest edits, whatever its case", () => {
  expect(nearestName("costumer", ["Prospect", "Customer", "Supplier"])).toBe("Customer");
  expect(nearestName("sale.solt.last", ["sale.sold.last", "sale.lost.last"])).toBe("sale.sold.last");
  expect(nearestName("ab", ["abx", "aby"])).toBe("abx");
  expect(nearestName("x", [])).toBeUndefined();
});

it("compares no more than the first hundred characters", () => {
  expect(nearestName("a".repeat(1_000_000), ["b", "a".repeat(100)])).toBe("a".repeat(100));
});
