import { expect, it } from "vitest";
import { day, toDayNumber } from "../platform/values.ts";
import type { Leaf } from "./criteria.ts";
import { agingOf } from "./shift.ts";

const FROM: number = toDayNumber(day("2023-12-25"));
const DAYS = 800;
const BACK = 3_000;

it("leads back from a day to the last one that leads there, for every age, in any order of asking", () => {
  const different: string[] = [];
  for (const op of ["olderThan", "withinLast", "inNext"] as const)
    for (const [value, unit] of [
      [0, "months"],
      [1, "months"],
      [2, "months"],
      [13, "months"],
      [1, "years"],
      [4, "years"],
      [3, "weeks"],
      [30, "days"],
    ] as const) {
      const leaf: Leaf = { field: "sale.last", op, value, unit };
      const shift = agingOf(leaf);
      if (shift === undefined) throw new Error(`${op} asks for an age`);
      const lasts = new Map<number, number>();
      for (let from = FROM - BACK; from < FROM + BACK; from += 1) lasts.set(shift.of(from), from);
      // No day leads to some days: what led to the one before them counts.
      for (let on = FROM; on < FROM + DAYS; on += 1) lasts.set(on, lasts.get(on) ?? lasts.get(on - 1) ?? Number.NaN);
      // Neighbours and days far apart are asked in turn, and each twice.
      for (let n = 0; n < 2 * DAYS; n += 1) {
        const on = FROM + ((n * 64 + Math.floor(n / 12)) % DAYS);
        if (shift.upTo(on) !== lasts.get(on)) different.push(`${op} ${value} ${unit} on ${on}`);
      }
    }
  expect(different).toEqual([]);
  expect(agingOf({ field: "sale.last", op: "before", value: "2026-01-01" })).toBeUndefined();
});
