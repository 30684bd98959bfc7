import { describe, expect, it } from "vitest";
import { customerIdSchema, itemIdSchema } from "../platform/values.ts";
import {
  type Check,
  type Level,
  type State,
  checksHold,
  compareFindings,
  findingId,
  isInDigest,
  isPushed,
} from "./finding.ts";

const customer = (id: string) => customerIdSchema.parse(id);
const item = (id: string) => itemIdSchema.parse(id);

const check = (value: number | string, op: Check["op"], threshold: number | string): Check => ({
  id: "X1",
  says: "",
  value,
  op,
  threshold,
});

describe("checksHold", () => {
  it.each([
    [5, ">", 5, false],
    [6, ">", 5, true],
    [5, ">=", 5, true],
    [4, ">=", 5, false],
    [5, "<", 5, false],
    [4, "<", 5, true],
    [5, "<=", 5, true],
    [6, "<=", 5, false],
    ["2026-09-01", "<=", "2026-09-01", true],
    ["2026-09-02", "<=", "2026-09-01", false],
    ["2026-09-01", "<", "2026-09-01", false],
  ] as const)("%j %s %j is %j", (value, op, threshold, holds) => {
    expect(checksHold({ checks: [check(value, op, threshold)] })).toBe(holds);
  });

  it("needs every one of them", () => {
    expect(checksHold({ checks: [check(2, ">", 1), check(1, ">", 2)] })).toBe(false);
  });
});

describe("what is told", () => {
  const told: readonly (readonly [Level, State, boolean, boolean])[] = [
    ["high", "open", true, true],
    ["medium", "open", false, true],
    ["watch", "open", false, false],
    ["high", "lapsed", false, false],
    ["high", "disputed", false, false],
  ];

  it.each(told)("%s and %s: pushed %j, in the digest %j", (level, state, pushed, inDigest) => {
    expect(isPushed({ level, state })).toBe(pushed);
    expect(isInDigest({ level, state })).toBe(inDigest);
  });
});

describe("compareFindings", () => {
  const finding = (rank: readonly number[], customerId: string, itemId?: string) => ({
    rank,
    customerId: customer(customerId),
    ...(itemId === undefined ? {} : { itemId: item(itemId) }),
  });

  it("goes by rank, then by customer and item, by code unit", () => {
    const sorted = [
      finding([0, -500, 0.2], "zeta"),
      finding([0, -500, 0.3], "acme"),
      finding([0, -100, 0.1], "Beta"),
      finding([0, -100, 0.1], "acme", "A"),
      finding([0, -100, 0.1], "acme", "a"),
      finding([1, -900, 0.1], "acme"),
    ];
    expect(sorted.toReversed().toSorted(compareFindings)).toEqual(sorted);
  });
});

describe("findingId", () => {
  it("names kind, customer and item", () => {
    expect(findingId("some-kind", customer("acme"))).toBe("some-kind:acme");
    expect(findingId("some-kind", customer("acme"), item("A-1"))).toBe("some-kind:acme:A-1");
  });
});
