import { describe, expect, it } from "vitest";
import { toDay } from "../platform/values.ts";
import { compileCriteria } from "./compile.ts";
import { nextTurn } from "./condition.ts";
import type { Criterion, Leaf } from "./criteria.ts";
import { statusesOf } from "./status-book.ts";
import { type OwnerFixture, TEST_FIELDS, after, anOwner, on } from "./testing.ts";

const D = "2026-11-22";

const FIELDS = { ...TEST_FIELDS, kinds: ["churn-risk", "lost-items"] };

const ask = (criterion: Criterion, owner: OwnerFixture, asOf = D, context = FIELDS) => {
  const subject = statusesOf({ criteria: new Map() }, anOwner(owner));
  return compileCriteria(criterion, context).truth(subject, on(asOf));
};

const turnsOn = (criterion: Criterion, owner: OwnerFixture, from: string) => {
  const subject = statusesOf({ criteria: new Map() }, anOwner(owner));
  return toDay(nextTurn(compileCriteria(criterion, FIELDS), subject, on(from)));
};

const olderThan2Months: Leaf = { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" };

it("SA06: a prospect does not meet category = Customer, in any case of letters", () => {
  const isCustomer: Criterion = { field: "category", op: "is", value: "Customer" };
  const results = ["Customer", "CUSTOMER", " customer ", "Prospect"].map((category) =>
    ask(isCustomer, { card: { category } }),
  );
  expect(results).toEqual([true, true, true, false]);
  expect(ask(isCustomer, {})).toBeUndefined();
});

it("SA06: compiled criteria tell the texts of many owners apart, whatever they were asked before", () => {
  const { truth } = compileCriteria({ field: "name", op: "oneOf", value: ["owner 7", "OWNER 107"] }, FIELDS);
  const names = Array.from({ length: 200 }, (_, n) => `Owner ${n % 150}`);
  const met = names.filter((name) => truth(statusesOf({ criteria: new Map() }, anOwner({ card: { name } })), on(D)));
  expect(met).toEqual(["Owner 7", "Owner 107", "Owner 7"]);
});

it("SA07: a last sale of 2026-09-22 is older than 2 months on 11-23, not on 11-22", () => {
  const owner = { sales: ["2026-09-22"] };
  expect(ask(olderThan2Months, owner, "2026-11-22")).toBe(false);
  expect(ask(olderThan2Months, owner, "2026-11-23")).toBe(true);
  expect(turnsOn(olderThan2Months, owner, "2026-09-22")).toBe("2026-11-23");
});

it("SA07: last sales of 12-29, 12-30 and 12-31 all turn on 2027-03-01", () => {
  for (const last of ["2026-12-29", "2026-12-30", "2026-12-31"]) {
    expect(turnsOn(olderThan2Months, { sales: [last] }, last)).toBe("2027-03-01");
    expect(ask(olderThan2Months, { sales: [last] }, "2027-02-28")).toBe(false);
    expect(ask(olderThan2Months, { sales: [last] }, "2027-03-01")).toBe(true);
  }
});

it("SA08: 50 sales are not more than 50, 51 are", () => {
  const more: Criterion = { field: "sale.sold.total", op: ">", value: 50 };
  const sales = (count: number) => ({ sales: Array.from({ length: count }, () => "2026-01-05") });
  expect([ask(more, sales(50)), ask(more, sales(51))]).toEqual([false, true]);
});

it("SA16: no activity in 30 days is a count of 0 in period 1, also without any activity at all", () => {
  const none: Criterion = { field: "activity.totalIn1", op: "=", value: 0 };
  expect(ask(none, { activities: ["2026-10-24"] })).toBe(false);
  expect(ask(none, { activities: ["2026-10-23"] })).toBe(true);
  expect(ask(none, {})).toBe(true);
  expect(ask(none, { activities: [{ on: "2026-11-20", type: "email", isAutomatic: true }] })).toBe(true);
});

it("SA17: an unresolved request older than 30 days is told by the oldest open one, not the latest", () => {
  const unresolved: Criterion = { field: "request.firstOpen", op: "olderThan", value: 30, unit: "days" };
  expect(ask(unresolved, { requests: [["2026-10-22"], ["2026-11-21"]] })).toBe(true);
  expect(ask(unresolved, { requests: [["2026-10-23"], ["2026-11-21"]] })).toBe(false);
  expect(ask(unresolved, { requests: [["2026-01-01", "2026-11-22"]] })).toBeUndefined();
  expect(ask(unresolved, { requests: [["2026-01-01", "2026-11-23"]] })).toBe(true);
});

it("SA10: other statuses, findings and health are compared like fields", () => {
  const owner: OwnerFixture = {
    levels: new Map([["churn-risk", "high"]]),
    // Their call three weeks ago: 0.5 · 0.24 + 0.3 · 0.71 + 0.2 · 1.
    activities: [{ on: "2026-11-01", direction: "in" }],
  };
  expect(ask({ field: "finding.churn-risk", op: "is", value: "high" }, owner)).toBe(true);
  expect(ask({ field: "finding.lost-items", op: "is", value: "high" }, owner)).toBeUndefined();
  expect(ask({ field: "finding.lost-items", op: "isNull" }, owner)).toBe(true);
  expect(ask({ field: "health", op: "=", value: 53 }, owner)).toBe(true);
  expect(ask({ field: "health", op: "<", value: 60 }, owner)).toBe(true);
  expect(ask({ field: "health.grade", op: "noneOf", value: ["good", "poor"] }, owner)).toBe(true);
});

it.each<[string, Leaf, boolean]>([
  ["= of numbers", { field: "sale.total", op: "=", value: 2 }, true],
  ["!= of numbers", { field: "sale.total", op: "!=", value: 2 }, false],
  ["<= on the edge", { field: "sale.total", op: "<=", value: 2 }, true],
  [">= on the edge", { field: "sale.total", op: ">=", value: 3 }, false],
  ["between, both ends included", { field: "sale.total", op: "between", value: [1, 2] }, true],
  ["between, outside", { field: "sale.total", op: "between", value: [3, 9] }, false],
  ["before, strictly", { field: "sale.last", op: "before", value: "2026-11-20" }, false],
  ["after, strictly", { field: "sale.last", op: "after", value: "2026-11-19" }, true],
  ["on", { field: "sale.last", op: "on", value: "2026-11-20" }, true],
  ["between days", { field: "sale.last", op: "between", value: ["2026-11-20", "2026-12-01"] }, true],
  ["withinLast 2 days: exactly two dates", { field: "sale.last", op: "withinLast", value: 2, unit: "days" }, false],
  ["withinLast 3 days", { field: "sale.last", op: "withinLast", value: 3, unit: "days" }, true],
  ["olderThan 2 days: exactly 2 old is not", { field: "sale.last", op: "olderThan", value: 2, unit: "days" }, false],
  ["olderThan 1 day", { field: "sale.last", op: "olderThan", value: 1, unit: "days" }, true],
  ["withinLast 1 week", { field: "sale.last", op: "withinLast", value: 1, unit: "weeks" }, true],
  ["olderThan 1 year", { field: "sale.last", op: "olderThan", value: 1, unit: "years" }, false],
  ["inNext 2 days", { field: "activity.nextOpen", op: "inNext", value: 2, unit: "days" }, false],
  ["inNext 3 days", { field: "activity.nextOpen", op: "inNext", value: 3, unit: "days" }, true],
  ["contains", { field: "name", op: "contains", value: "CAFÉ" }, true],
  ["contains, decomposed", { field: "name", op: "contains", value: "cafe\u0301" }, true],
  ["begins", { field: "name", op: "begins", value: "acme" }, true],
  ["ends", { field: "name", op: "ends", value: "& sons" }, false],
  ["oneOf", { field: "teamId", op: "oneOf", value: ["north", "SOUTH"] }, true],
  ["noneOf", { field: "teamId", op: "noneOf", value: ["north", "south"] }, false],
  ["a flag", { field: "creditHold", op: "is", value: true }, true],
])("compares with %s", (_, leaf, expected) => {
  const owner: OwnerFixture = {
    card: { name: "Acme Café", teamId: "south", creditHold: true },
    sales: ["2026-05-01", "2026-11-20"],
    activities: [{ on: "2026-11-25", completed: false }],
  };
  expect(ask(leaf, owner)).toBe(expected);
});

describe("BX08: three-valued logic", () => {
  const leaves = {
    T: { field: "sale.total", op: "=", value: 0 },
    F: { field: "sale.total", op: ">", value: 0 },
    U: { field: "sale.last", op: "olderThan", value: 60, unit: "days" },
  } as const;
  const value = { T: true, F: false, U: undefined } as const;
  const names = ["T", "F", "U"] as const;

  it("BX08: all, any and not follow the truth table of Kleene", () => {
    const table = names.flatMap((a) =>
      names.map((b) => [a, b, ask({ all: [leaves[a], leaves[b]] }, {}), ask({ any: [leaves[a], leaves[b]] }, {})]),
    );
    expect(table).toEqual([
      ["T", "T", true, true],
      ["T", "F", false, true],
      ["T", "U", undefined, true],
      ["F", "T", false, true],
      ["F", "F", false, false],
      ["F", "U", false, undefined],
      ["U", "T", undefined, true],
      ["U", "F", false, undefined],
      ["U", "U", undefined, undefined],
    ]);
    expect(names.map((a) => ask({ not: leaves[a] }, {}))).toEqual([false, true, undefined]);
    for (const a of names) expect(ask({ not: { not: leaves[a] } }, {})).toBe(value[a]);
  });

  it("BX08: a company that never bought is not older than 60 days, nor not within the last 60; or never says otherwise", () => {
    const within: Leaf = { field: "sale.last", op: "withinLast", value: 60, unit: "days" };
    expect(ask(leaves.U, {})).toBeUndefined();
    expect(ask({ ...leaves.U, orNever: true }, {})).toBe(true);
    expect(ask({ any: [leaves.U, { field: "sale.last", op: "isNull" }] }, {})).toBe(true);
    expect(ask({ not: within }, {})).toBeUndefined();
    expect(ask({ ...leaves.U, orNever: true }, { sales: [D] })).toBe(false);
  });

  it("BX08: every operator leaves a field without a value unknown, except isNull and isNotNull", () => {
    const ops: readonly Leaf[] = [
      { field: "health", op: "!=", value: 5 },
      { field: "sale.last", op: "before", value: D },
      { field: "sale.last", op: "withinLast", value: 1, unit: "years" },
      { field: "activity.nextOpen", op: "inNext", value: 1, unit: "weeks" },
      { field: "category", op: "isNot", value: "x" },
      { field: "category", op: "noneOf", value: ["x"] },
      { field: "status", op: "hasNotStatus", value: "unheard" },
    ];
    for (const leaf of ops) expect(ask(leaf, {})).toBeUndefined();
    expect(ask({ field: "category", op: "isNull" }, {})).toBe(true);
    expect(ask({ field: "category", op: "isNotNull" }, {})).toBe(false);
  });
});

it("the next turn of every kind of comparison is the first day on which its truth is another", () => {
  const owner: OwnerFixture = {
    sales: ["2026-01-31", "2026-03-31", "2026-06-15", "2026-08-31", "2027-01-10"],
    activities: ["2026-05-05", { on: "2026-12-31", completed: false }, { on: "2027-02-28", completed: false }],
    requests: [["2026-08-01", "2026-12-24"], ["2026-10-01"]],
  };
  const leaves: readonly Leaf[] = [
    olderThan2Months,
    { field: "sale.last", op: "withinLast", value: 3, unit: "months" },
    { field: "sale.totalIn1", op: ">", value: 0 },
    { field: "sale.totalIn3", op: "=", value: 1 },
    { field: "sale.total", op: ">=", value: 5 },
    { field: "sale.last", op: "after", value: "2026-12-31" },
    { field: "activity.nextOpen", op: "inNext", value: 1, unit: "months" },
    { field: "activity.nextOpen", op: "isNull" },
    { field: "activity.openIn2", op: "between", value: [1, 2] },
    { field: "activity.firstOpen", op: "olderThan", value: 1, unit: "weeks" },
    { field: "request.firstOpen", op: "olderThan", value: 90, unit: "days" },
    { field: "request.open", op: "=", value: 1 },
    { field: "request.closed.total", op: "=", value: 1 },
    { field: "sale.last", op: "olderThan", value: 1, unit: "years" },
    { field: "health", op: ">=", value: 20 },
    { field: "health", op: "isNull" },
    { field: "health.grade", op: "is", value: "poor" },
    { field: "health.trend", op: "is", value: "down" },
  ];
  const subject = statusesOf({ criteria: new Map() }, anOwner(owner));
  const first = on("2026-01-01");
  for (const leaf of leaves) {
    const compiled = compileCriteria({ all: [leaf] }, TEST_FIELDS);
    const truths = Array.from({ length: 900 }, (_, days) => compiled.truth(subject, after(first, days)));
    const turns: number[] = [];
    for (let at = nextTurn(compiled, subject, first); at < first + 900; at = nextTurn(compiled, subject, at))
      turns.push(at);
    const expected = truths.flatMap((truth, days) => (days > 0 && truth !== truths[days - 1] ? [first + days] : []));
    expect([leaf.field, leaf.op, turns]).toEqual([leaf.field, leaf.op, expected]);
    expect(expected.length).toBeGreaterThan(0);
  }
});

it("SA14: a period that is gone makes a comparison unusable, also where another one has so many days", () => {
  const third: Leaf = { field: "sale.totalIn3", op: "=", value: 1 };
  for (const company of [[30], [3, 60]]) {
    const settings = { ...TEST_FIELDS.settings, periods: { ...TEST_FIELDS.settings.periods, company } };
    expect(() => compileCriteria(third, { ...TEST_FIELDS, settings })).toThrow(
      "sale.totalIn3 is no field of a company",
    );
  }
  expect(compileCriteria(third, TEST_FIELDS).leaves).toHaveLength(1);
});
