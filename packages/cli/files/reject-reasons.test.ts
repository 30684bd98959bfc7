import { expect, it } from "vitest";
import { RejectReasons } from "./reject-reasons.ts";

it("E6: groups reasons that differ in their values, the most frequent first", () => {
  const reasons = new RejectReasons();
  reasons.add(2, "quantity is missing");
  for (let line = 3; line < 203; line += 1) reasons.add(line, 'orderedAt "1/5/2026 9:30 AM" is not a date');
  reasons.add(300, 'quantity "two" is not a number');
  reasons.add(301, 'quantity "three" is not a number');
  expect(reasons.lines()).toEqual([
    '200 × orderedAt "1/5/2026 9:30 AM" is not a date (first in line 3)',
    '2 × quantity "two" is not a number (such as in line 300)',
    "1 × quantity is missing (line 2)",
  ]);
});

it("E6: counts the reasons that are too many to show", () => {
  const reasons = new RejectReasons();
  for (let i = 0; i < 30; i += 1) reasons.add(i, `column ${"abcdefghijklmnopqrstuvwxyzABCD".charAt(i)} is bad`);
  expect(reasons.lines()).toHaveLength(9);
  expect(reasons.lines().at(-1)).toBe("22 × other reasons");
});
