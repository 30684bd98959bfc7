import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoredFinding } from "./stored-finding.ts";
import { currencySchema, customerIdSchema, day, itemIdSchema, minor, userIdSchema } from "../platform/values.ts";
import { aHistory } from "../testing.ts";
import { canonical, checkOf, diffFindings, findingOutcomeOf, isSameJson } from "./diff.ts";
import { type Json, findingId, isJson } from "./finding.ts";
import type { EvaluatedFinding } from "./evaluate.ts";
import { type Subject, aboutCustomer } from "./subject.ts";

const TODAY = day("2026-11-22");
const ACME = customerIdSchema.parse("acme");
const aboutItem = (id: string): Subject => ({ type: "item", id: itemIdSchema.parse(id), customerId: ACME });

const stored = (parts: Partial<StoredFinding> = {}): StoredFinding => ({
  kind: "churn-risk",
  subject: aboutCustomer(ACME),
  repId: userIdSchema.parse("u-1"),
  level: "medium",
  state: "open",
  episode: "e1",
  facts: { silentDays: 22, orders: { first: "A", last: "B" } },
  foundOn: day("2026-11-01"),
  ...parts,
});

const evaluated = (parts: Partial<StoredFinding> = {}): EvaluatedFinding => {
  const { foundOn: _, ...finding } = stored(parts);
  return {
    ...finding,
    id: findingId(finding),
    atStakeMinor: minor(100),
    currency: currencySchema.parse("EUR"),
    since: day("2026-10-01"),
    rank: [1],
    evidence: { rule: "r/1", checks: [], documents: [] },
  };
};

describe("a nightly run that finds what is stored", () => {
  it("changes nothing", () => {
    expect(diffFindings([stored()], [evaluated()], TODAY)).toEqual({
      put: [],
      remove: [],
      added: [],
      ongoing: [evaluated()],
      reached: [],
    });
  });

  it("changes nothing although the store has the facts' names in another order", () => {
    const facts = { orders: { last: "B", first: "A" }, silentDays: 22 };
    expect(diffFindings([stored({ facts })], [evaluated()], TODAY).put).toEqual([]);
  });
});

describe("facts of which only a check is known", () => {
  const noted = ({ facts, ...rest }: StoredFinding) => ({ ...rest, factsCheck: checkOf(facts) });

  it("are compared as if they were there", () => {
    for (const former of [stored(), stored({ level: "high" }), stored({ facts: { silentDays: 23 } })]) {
      const whole = diffFindings([former], [evaluated()], TODAY);
      expect(diffFindings([noted(former)], [evaluated()], TODAY)).toEqual(whole);
    }
  });

  it("end without an outcome of their own", () => {
    const { kind, subject, repId, level, episode, foundOn } = stored();
    const ended = { kind, subject, repId, level, episode, foundOn, resolvedOn: TODAY, outcome: "resolved" };
    expect(findingOutcomeOf(noted(stored()), [], aHistory({ orders: [], asOf: TODAY }), TODAY)).toEqual(ended);
  });
});

describe("a change", () => {
  const changes: readonly Partial<StoredFinding>[] = [
    { level: "high" },
    { state: "lapsed" },
    { repId: undefined },
    { episode: "e2" },
    { facts: { silentDays: 22, orders: { first: "A", last: "C" } } },
  ];

  it.each(changes)("of %o is saved, first found when it was", (change) => {
    const { put, added, ongoing } = diffFindings([stored()], [evaluated(change)], TODAY);
    expect(put).toEqual([stored({ ...change, reachedOn: change.level === "high" ? TODAY : undefined })]);
    expect([added, ongoing.length]).toEqual([[], 1]);
  });

  it("of what is not stored is not one", () => {
    const tomorrow = { ...evaluated(), atStakeMinor: minor(999), rank: [7] };
    expect(diffFindings([stored()], [tomorrow], TODAY).put).toEqual([]);
  });
});

describe("findings that come and go", () => {
  it("are fresh, found today", () => {
    const { put, added, ongoing } = diffFindings([], [evaluated()], TODAY);
    expect([put, added, ongoing]).toEqual([[stored({ foundOn: TODAY })], [evaluated()], []]);
  });

  it("are removed when they are no longer found", () => {
    expect(diffFindings([stored()], [], TODAY)).toMatchObject({ put: [], remove: [stored()], added: [] });
  });

  it("are distinguished by kind and item", () => {
    const before = [stored(), stored({ kind: "lost-items", subject: aboutItem("rye") })];
    const now = [evaluated({ kind: "lost-items", subject: aboutItem("oats") }), evaluated()];
    const { remove, added, ongoing } = diffFindings(before, now, TODAY);
    expect([remove.map(({ subject }) => subject.id), added.map(({ subject }) => subject.id), ongoing.length]).toEqual([
      ["rye"],
      ["oats"],
      1,
    ]);
  });
});

describe("an alert", () => {
  const isReached = (before: Partial<StoredFinding> | undefined, now: Partial<StoredFinding>) =>
    diffFindings(before === undefined ? [] : [stored(before)], [evaluated(now)], TODAY).reached.length === 1;

  it("is due when a finding is high and open for the first time, whether new or risen", () => {
    expect(isReached(undefined, { level: "high" })).toBe(true);
    expect(isReached({ level: "medium" }, { level: "high" })).toBe(true);
    expect(isReached({ level: "high", state: "disputed" }, { level: "high" })).toBe(true);
  });

  it("is not due while it stays high", () => {
    expect(isReached({ level: "high" }, { level: "high" })).toBe(false);
    expect(isReached({ level: "high" }, { level: "high", facts: { silentDays: 23 } })).toBe(false);
  });

  it("BX03 is not due again in its episode when the level was left and is reached once more", () => {
    const told = { level: "medium", reachedOn: day("2026-11-10") } as const;
    expect(isReached(told, { level: "high" })).toBe(false);
    const [kept] = diffFindings([stored(told)], [evaluated({ level: "high" })], TODAY).put;
    expect(kept).toMatchObject({ level: "high", reachedOn: "2026-11-10" });
    expect(isReached(told, { level: "high", episode: "e2" })).toBe(true);
  });

  it("is due again for a new episode", () => {
    expect(isReached({ level: "high" }, { level: "high", episode: "e2" })).toBe(true);
  });

  it("is never due below high, or when the finding is not open", () => {
    expect(isReached(undefined, { level: "medium" })).toBe(false);
    expect(isReached(undefined, { level: "high", state: "lapsed" })).toBe(false);
    expect(isReached(undefined, { level: "high", state: "disputed" })).toBe(false);
  });
});

describe("canonical JSON", () => {
  it("has names in order at every depth and leaves lists as they are", () => {
    expect(canonical({ b: [{ d: 1, c: 2 }, 3], a: { z: null, y: true } })).toBe(
      '{"a":{"y":true,"z":null},"b":[{"c":2,"d":1},3]}',
    );
  });

  it("is JSON with the names of each object in order, whatever the texts and however many the names", () => {
    const ordered = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(ordered)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toSorted(([a], [b]) => (a < b ? -1 : 1))
                .map(([name, one]) => [name, ordered(one)]),
            )
          : value;
    const names = fc.string({ unit: "binary" }).map((text) => `n${text}`);
    const texts = fc.string({ unit: "binary" });
    const flat = fc.oneof(
      texts,
      fc.constantFrom("\ud800", '"', "\\", "\u001f", "\u007f", "\u2028"),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const some = fc.dictionary(names, fc.oneof(flat, fc.array(flat), fc.dictionary(names, flat)), { maxKeys: 60 });
    fc.assert(
      fc.property(some, (value) => {
        expect(canonical(value)).toBe(JSON.stringify(ordered(value)));
      }),
    );
  });

  it("leaves absent values out", () => {
    expect(canonical({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it("is the same for the values that are told to be the same", () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value): Json => JSON.parse(JSON.stringify(value)));
    const list = fc.constantFrom<Json>(
      { a: 1 },
      { a: 1, b: null },
      { a: 1, b: undefined },
      [],
      {},
      [1],
      [1, null],
      null,
    );
    fc.assert(
      fc.property(fc.oneof(json, list), fc.oneof(json, list), (a, b) => {
        expect(isSameJson(a, b)).toBe(canonical(a) === canonical(b));
        expect(isSameJson({ x: a, y: [b] }, { y: [b], x: structuredClone(a) })).toBe(true);
        expect(isJson(a)).toBe(a === null || typeof a !== "object" || !Object.values(a).includes(undefined));
      }),
      { numRuns: 500 },
    );
  });
});
