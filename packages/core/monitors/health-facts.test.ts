import { describe, expect, it } from "vitest";
import { seeded } from "../platform/random.ts";
import { compileCriteria } from "./compile.ts";
import { lastTurn, nextTurn } from "./condition.ts";
import type { Leaf } from "./criteria.ts";
import { type HealthTerms, type ToldActivity, healthFacts } from "./health-facts.ts";
import { statusesOf } from "./status-book.ts";
import { TEST_FIELDS, type ActivityInput, after, anActivity, anOwner, on } from "./testing.ts";

const TERMS: HealthTerms = { relationships: {}, category: undefined, closures: [], outPersons: new Set() };
const FIELDS = ["health", "health.grade", "health.trend"] as const;

const valuesOn = (asOf: string, told: readonly ActivityInput[], terms: Partial<HealthTerms> = {}) => {
  const facts = healthFacts(told.map(anActivity), { ...TERMS, ...terms });
  return FIELDS.map((field) => facts.valueOf(field, on(asOf)));
};

const meetings = (...days: readonly string[]): ActivityInput[] =>
  days.map((text) => ({ on: text, type: "meeting", direction: "none" }));
const MET = meetings("2026-09-17", "2026-10-01", "2026-10-15", "2026-10-29", "2026-11-12", "2026-11-26");

describe("health of an owner", () => {
  it("is the score of the day with its grade and trend", () => {
    expect(valuesOn("2026-11-26", MET)).toEqual([100, "good", "neutral"]);
    expect(valuesOn("2026-12-10", MET)).toEqual([84, "good", "neutral"]);
    expect(valuesOn("2027-01-10", MET)).toEqual([34, "poor", "down"]);
  });

  it("is none without contact, before the first one, and 181 days after the last one", () => {
    const none = [undefined, undefined, undefined];
    expect(valuesOn("2026-11-26", [])).toEqual(none);
    expect(valuesOn("2026-09-16", MET)).toEqual(none);
    expect(valuesOn("2027-05-25", MET)[0]).toBe(0);
    expect(valuesOn("2027-05-26", MET)).toEqual(none);
  });

  it("does not count what is planned, and what a program did", () => {
    const others: ActivityInput[] = [
      { on: "2026-11-26", type: "meeting", completed: false },
      { on: "2026-11-26", type: "meeting", isAutomatic: true },
    ];
    expect(valuesOn("2026-12-10", [...MET, ...others])).toEqual(valuesOn("2026-12-10", MET));
    expect(valuesOn("2026-12-10", others)).toEqual([undefined, undefined, undefined]);
  });

  it("follows the settings of the customer's category, and is none where these turn it off", () => {
    const relationships = { "goodMin@hotel": 90, "health@bar": false };
    const grades = [undefined, "hotel", "bar"].map(
      (category) => valuesOn("2026-12-10", MET, { relationships, category })[1],
    );
    expect(grades).toEqual(["good", "fair", undefined]);
  });

  it("turns on the days on which its value of that day is another, in random histories", () => {
    const random = seeded(20261128);
    const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
    const leaves: readonly Leaf[] = [
      { field: "health", op: ">=", value: 40 },
      { field: "health", op: "isNotNull" },
      { field: "health.grade", op: "is", value: "good" },
      { field: "health.trend", op: "isNot", value: "down" },
    ];
    const first = on("2026-01-01");
    for (let round = 0; round < 12; round += 1) {
      const told = Array.from({ length: 1 + Math.floor(random() * 12) }, () => Math.floor(random() * 250))
        .toSorted((a, b) => a - b)
        .map((days): ToldActivity => {
          const type = pick<ToldActivity["type"]>(["email", "email", "call", "meeting"]);
          return {
            day: after(first, days),
            type,
            direction: pick<"in" | "out">(["in", "out"]),
            completed: random() < 0.9,
          };
        });
      const subject = statusesOf({ criteria: new Map() }, anOwner({ health: healthFacts(told, TERMS) }));
      for (const leaf of leaves) {
        const compiled = compileCriteria({ all: [leaf] }, TEST_FIELDS);
        // Each day as it is known that day: what comes later is not there yet.
        const truths = Array.from({ length: 500 }, (_, days) => {
          const known = told.filter(({ day }) => day <= first + days);
          const then = statusesOf({ criteria: new Map() }, anOwner({ health: healthFacts(known, TERMS) }));
          return compiled.truth(then, first + days);
        });
        const expected = truths.flatMap((truth, days) =>
          days > 0 && truth !== truths[days - 1] ? [first + days] : [],
        );
        const turns: number[] = [];
        for (let at = nextTurn(compiled, subject, first); at < first + 500; at = nextTurn(compiled, subject, at))
          turns.push(at);
        expect([leaf.field, turns]).toEqual([leaf.field, expected]);
        expect(lastTurn(compiled, subject, first + 499)).toBe(expected.at(-1) ?? -Infinity);
      }
    }
  });
});
