import { monitorIdSchema } from "@regulars/core/platform/ids";
import { day } from "@regulars/core/platform/values";
import type { StatusValues } from "@regulars/core/snapshots/status-values";
import { describe, expect, it } from "vitest";
import { attributesOf, statusesOf, unpackedStatuses } from "./stored-statuses.ts";

const valuesOf = (count: number): StatusValues => ({
  held: Array.from({ length: count }, (_, i) => ({
    statusId: monitorIdSchema.parse(`status${i}`),
    ownerType: "company",
    since: day("2026-11-01"),
    told: {
      name: "Neglected",
      description: "<name> has not been visited for a while: call <cont>",
      variables: {},
      level: "medium",
      order: [1, i],
    },
  })),
  settledOn: day("2026-11-22"),
  settled: Array.from({ length: count }, (_, i) => monitorIdSchema.parse(`status${i}`)),
  book: "b",
  basis: "c",
});
const stored = (values: StatusValues) =>
  Object.fromEntries(Object.entries({ ...attributesOf(values), r: 3 }).filter(([, value]) => value !== undefined));

describe("the stored statuses of a customer", () => {
  it("are read as they were written, packed or not", () => {
    for (const count of [0, 1, 50]) {
      const values = valuesOf(count);
      expect(statusesOf(stored(values))).toEqual({ values, revision: 3 });
      expect(unpackedStatuses(stored(values))).toEqual({ ...values, r: 3 });
    }
    expect(statusesOf({ ...valuesOf(50), r: 3 })).toEqual({ values: valuesOf(50), revision: 3 });
  });

  it("take a tenth of their texts when there are many", () => {
    const bytes = stored(valuesOf(50))["packed"];
    expect(bytes instanceof Uint8Array ? bytes.length : Infinity).toBeLessThan(
      JSON.stringify(valuesOf(50)).length / 10,
    );
  });
});
