import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencySchema, dayNumber, minor, toDay } from "../platform/values.ts";
import { compileCriteria } from "./compile.ts";
import { type Subject, type Tree, lastTurn, nextTurn } from "./condition.ts";
import { counterSettingsSchema } from "./counter-settings.ts";
import { type Criterion, type Leaf, units } from "./criteria.ts";
import { type CriteriaContext, fieldNames, fieldOf } from "./fields.ts";
import { healthFacts } from "./health-facts.ts";
import { opsOf } from "./operators.ts";
import { ownerTypes } from "./owner.ts";
import { ownerFacts } from "./owner-facts.ts";
import { parseCriteria } from "./parse-criteria.ts";
import { readCriteria } from "./read-criteria.ts";
import { statusesOf } from "./status-book.ts";
import { on } from "./testing.ts";
import { writeCriteria } from "./write-criteria.ts";

const NOW = on("2027-01-20");
const EUR = currencySchema.parse("EUR");

const contexts: readonly CriteriaContext[] = ownerTypes.map((ownerType) => ({
  ownerType,
  settings: counterSettingsSchema.parse({
    periods: { [ownerType]: [7, 45] },
    amountClasses: [{ class: 2, currency: "EUR", fromMinor: 500 }],
  }),
  kinds: ["churn-risk"],
  categories: ["Customer"],
  statusIds: [],
  healthOff: undefined,
}));

const days = fc.integer({ min: -140, max: 90 }).map((ahead) => dayNumber(NOW + ahead));
const records = fc.record({
  sales: fc.array(
    fc.record({
      day: days,
      status: fc.constantFrom("open" as const, "sold" as const, "lost" as const),
      amountMinor: fc.option(fc.nat(1_000).map(minor), { nil: undefined }),
      currency: fc.constant(EUR),
    }),
    { maxLength: 6 },
  ),
  activities: fc.array(
    fc.record({
      day: days,
      type: fc.constantFrom("call" as const, "task" as const),
      direction: fc.constantFrom("in" as const, "out" as const),
      completed: fc.boolean(),
      isAutomatic: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  requests: fc.array(fc.record({ createdOn: days, closedOn: fc.option(days, { nil: undefined }) }), { maxLength: 5 }),
});

/** A comparison of any field with any of its operators and a value that it may have. */
const leafOf = (context: CriteriaContext): fc.Arbitrary<Leaf> =>
  fc.constantFrom(...fieldNames(context).filter((name) => name !== "status")).chain((name) => {
    const field = fieldOf(name, context);
    const dayText = days.map((one): string => toDay(one));
    return fc.constantFrom(...opsOf[field?.type ?? "text"]).chain((op): fc.Arbitrary<Leaf> => {
      const includeAutomatic = name.startsWith("activity.") ? fc.boolean() : fc.constant(false);
      const more = fc.record({ orNever: fc.boolean(), includeAutomatic }).map((flags) => ({
        ...(flags.orNever && op !== "isNull" && op !== "isNotNull" ? { orNever: true } : {}),
        ...(flags.includeAutomatic ? { includeAutomatic: true } : {}),
      }));
      const compared = (value: fc.Arbitrary<Pick<Leaf, "value" | "unit">>): fc.Arbitrary<Leaf> =>
        fc.tuple(value, more).map(([given, flags]) => ({ field: name, op, ...given, ...flags }));
      if (op === "isNull" || op === "isNotNull") return compared(fc.constant({}));
      if (op === "olderThan" || op === "withinLast" || op === "inNext")
        return compared(
          fc.constantFrom(...units).chain((unit) => {
            const most = { days: 90, weeks: 12, months: 4, years: 1 }[unit];
            return fc.integer({ min: 1, max: most }).map((value) => ({ value, unit }));
          }),
        );
      const one: fc.Arbitrary<string | number | boolean> =
        field?.type === "number"
          ? fc.integer({ min: 0, max: name.startsWith("health") ? 100 : 5 })
          : field?.type === "day"
            ? dayText
            : field?.type === "flag"
              ? fc.boolean()
              : fc.constantFrom(
                  ...(field?.choices ?? (name === "category" ? ["Customer"] : ["a b", "NOT", 'x"y', "5"])),
                );
      if (op === "between")
        return compared(
          fc.tuple(one, one).map((ends) => ({
            value: ends.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)) as number[],
          })),
        );
      if (op === "oneOf" || op === "noneOf") return compared(one.map((value) => ({ value: [String(value)] })));
      return compared(one.map((value) => ({ value })));
    });
  });

const criteriaOf = (context: CriteriaContext): fc.Arbitrary<Criterion> => {
  const leaf = leafOf(context);
  const inner: fc.Arbitrary<Criterion> = fc.oneof(
    leaf,
    leaf.map((one): Criterion => ({ not: one })),
  );
  const parts = fc.array(inner, { minLength: 1, maxLength: 4 });
  return fc.oneof(
    leaf,
    parts.map((all): Criterion => ({ all })),
    parts.map((any): Criterion => ({ any })),
  );
};

const given = fc
  .constantFrom(...contexts)
  .chain((context) => fc.record({ context: fc.constant(context), criteria: criteriaOf(context), records }));

describe("any criteria", () => {
  it("are taken, and are the same in words", () => {
    fc.assert(
      fc.property(given, ({ context, criteria }) => {
        expect(readCriteria(criteria, context)).toEqual({ ok: true, value: criteria });
        expect(parseCriteria(writeCriteria(criteria))).toEqual({ ok: true, value: criteria });
      }),
      { numRuns: 400 },
    );
  });

  it("turn by time alone on the days that are foretold, and have been what they are since the day that is told", () => {
    fc.assert(
      fc.property(given, ({ context, criteria, records: theirs }) => {
        const compiled = compileCriteria(criteria, context);
        const terms = {
          relationships: {},
          category: "Customer",
          closures: [{ from: "2026-12-24", to: "2027-01-05" }],
          outPersons: new Set<string>(),
        };
        const health = healthFacts(
          theirs.activities.toSorted((a, b) => a.day - b.day),
          terms,
        );
        const { ownerType } = context;
        const facts = ownerFacts({ ownerType, card: { category: "Customer" }, records: theirs, health });
        const subject = statusesOf({ criteria: new Map() }, facts);
        const status: Tree = { ...compiled, truth: (of, day) => compiled.truth(of, day) === true };
        const found = changedDays(status, subject, NOW - 60, NOW + 60);
        expect(foretoldDays(status, subject, NOW - 60, NOW + 60)).toEqual(found);
        const last = lastTurn(status, subject, NOW);
        const past = found.filter((day) => day <= NOW);
        expect(last > NOW - 60 ? last : undefined).toBe(past.at(-1));
      }),
      { numRuns: 400 },
    );
  });

  it("are refused, and never fail, when they are anything else", () => {
    const [context] = contexts;
    if (context === undefined) throw new Error("there is no context");
    const field = fc.oneof(fc.string(), fc.constantFrom(...fieldNames(context)));
    const op = fc.oneof(fc.string(), fc.constantFrom(...Object.values(opsOf).flat()));
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({ field, op, value: fc.jsonValue(), unit: fc.jsonValue() }, { requiredKeys: [] }),
      fc.record({ all: fc.array(fc.record({ field, op, value: fc.jsonValue() }), { maxLength: 3 }) }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const read = readCriteria(value, context);
        if (read.ok) compileCriteria(read.value, context);
        const errors = read.ok ? [] : read.errors;
        expect(errors.filter(({ message }) => !/Allowed: ./.test(message))).toEqual([]);
        expect(read.ok || errors.length > 0).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});

function changedDays(status: Tree, subject: Subject, from: number, until: number): number[] {
  const found: number[] = [];
  for (let day = from + 1; day <= until; day += 1)
    if (status.truth(subject, day) !== status.truth(subject, day - 1)) found.push(day);
  return found;
}

function foretoldDays(status: Tree, subject: Subject, from: number, until: number): number[] {
  const found: number[] = [];
  for (let day = nextTurn(status, subject, from); day <= until; day = nextTurn(status, subject, day)) found.push(day);
  return found;
}
