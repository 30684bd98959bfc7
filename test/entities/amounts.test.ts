import { describe, expect, it } from "vitest";
import * as records from "./samples/records.ts";
import { entities } from "./stored-entities.ts";

/** Amounts in the tenant's base currency, whose unit the tenant keeps: it stays while anything is stored. */
const inBase = new Set(["lines[].netMinor", "lines[].costMinor"]);

/** Paths of a sample's amounts that have no currency beside or above them. */
function bareAmounts(value: unknown, path = "", hasCurrency = false): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((inner) => bareAmounts(inner, `${path}[]`, hasCurrency));
  if (typeof value !== "object" || value === null) return [];
  const isKnown = hasCurrency || "currency" in value;
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    if (!/minor$/i.test(name)) return bareAmounts(inner, at, isKnown);
    return isKnown || inBase.has(at) ? [] : [at];
  });
}

const samples: readonly (readonly [name: string, sample: unknown])[] = [
  ...entities.map(({ name, sample }) => [name, sample] as const),
  ...Object.entries(records),
];

describe("a stored amount", () => {
  it.each(samples)("C1: has its currency with it in %s", (_name, sample) => {
    expect(bareAmounts(sample)).toEqual([]);
  });

  it("C1: without a currency is found by this test", () => {
    expect(bareAmounts({ closing: { amountMinor: 5 }, deals: [{ sumMinor: 1 }] })).toEqual([
      "closing.amountMinor",
      "deals[].sumMinor",
    ]);
  });
});
