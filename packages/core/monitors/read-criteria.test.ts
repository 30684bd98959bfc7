import { expect, it } from "vitest";
import { usualCounterSettings } from "./counter-settings.ts";
import type { CriteriaContext } from "./fields.ts";
import { type Criterion, criterionSchema } from "./criteria.ts";
import { readCriteria } from "./read-criteria.ts";

const context: CriteriaContext = {
  ownerType: "company",
  settings: usualCounterSettings,
  kinds: ["churn-risk", "lost-items"],
  categories: ["Customer", "Prospect"],
  statusIds: ["neglected", "sleeping"],
  healthOff: undefined,
};

const mistakes = (given: unknown, changed: Partial<CriteriaContext> = {}, root = ""): string[] => {
  const read = readCriteria(given, { ...context, ...changed }, root);
  return read.ok ? [] : read.errors.map(({ path, message }) => `${path}: ${message}`);
};

const leaf = { field: "sale.sold.total", op: ">", value: 50 } as const;
const nested = (levels: number): unknown => (levels === 1 ? leaf : { not: nested(levels - 1) });

const SEED: Criterion = {
  all: [
    { field: "category", op: "is", value: "Customer" },
    { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
    { field: "sale.sold.total", op: ">", value: 50 },
  ],
};

it("reads criteria as they were written, and the stored form holds them", () => {
  expect(readCriteria(SEED, context)).toEqual({ ok: true, value: SEED });
  expect(criterionSchema.parse(SEED)).toEqual(SEED);
});

it("scenario 1: keeps a relative date relative", () => {
  const relative = { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" };
  const read = readCriteria(JSON.parse(JSON.stringify(relative)), context);
  expect(read).toEqual({ ok: true, value: relative });
});

it("takes the same field repeatedly, 5 levels and 50 comparisons", () => {
  expect(mistakes({ all: [leaf, { ...leaf, op: "<", value: 90 }] })).toEqual([]);
  expect(mistakes(nested(5))).toEqual([]);
  expect(mistakes({ any: Array.from({ length: 50 }, () => leaf) })).toEqual([]);
});

it.each([
  [
    "an empty tree",
    {},
    [': is empty. Allowed: {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}'],
  ],
  ["an empty list", { all: [] }, ["all: is empty. Allowed: a list of at least one condition"]],
  [
    "an empty list inside",
    { all: [leaf, { any: [] }] },
    ["all[1].any: is empty. Allowed: a list of at least one condition"],
  ],
  ["depth 6", nested(6), ["not.not.not.not.not: is at level 6. Allowed: at most 5 levels"]],
  ["51 leaves", { all: Array.from({ length: 51 }, () => leaf) }, [": has 51 comparisons. Allowed: at most 50"]],
  [
    "between with swapped numbers",
    { field: "sale.sold.total", op: "between", value: [9, 1] },
    ["value: [9,1] has its ends swapped. Allowed: two numbers, the smaller one first"],
  ],
  [
    "between with swapped days",
    { field: "sale.sold.last", op: "between", value: ["2026-02-01", "2026-01-01"] },
    ['value: ["2026-02-01","2026-01-01"] has its ends swapped. Allowed: two days, the earlier one first'],
  ],
  [
    "a number that cannot be stored",
    {
      any: [
        { ...leaf, value: 1e308 },
        { ...leaf, op: "between", value: [1e-200, 2 ** 53] },
      ],
    },
    [
      "any[0].value: 1e+308 is too large or too small a number. Allowed: a number from -9007199254740991 to 9007199254740991",
      "any[1].value[0]: 1e-200 is too large or too small a number. Allowed: a number from -9007199254740991 to 9007199254740991",
      "any[1].value[1]: 9007199254740992 is too large or too small a number. Allowed: a number from -9007199254740991 to 9007199254740991",
    ],
  ],
  [
    "a text that cannot be stored",
    {
      any: [
        { field: "name", op: "begins", value: "a\ud800" },
        { field: "name", op: "oneOf", value: ["b", "\udc00"] },
      ],
    },
    [
      'any[0].value: "a\\ud800" contains a lone surrogate. Allowed: a text of 1 to 1000 characters',
      'any[1].value[1]: "\\udc00" contains a lone surrogate. Allowed: a text of 1 to 1000 characters',
    ],
  ],
  [
    "month 13",
    { not: { field: "sale.sold.last", op: "before", value: "2026-13-01" } },
    ['not.value: "2026-13-01" is not a day. Allowed: a day, YYYY-MM-DD'],
  ],
  [
    "a missing unit",
    { field: "sale.sold.last", op: "olderThan", value: 2 },
    [
      "unit: is missing: olderThan needs one. Allowed: days (up to 36500), weeks (up to 5200), months (up to 1200), years (up to 100)",
    ],
  ],
  [
    "a number for a date",
    { field: "sale.sold.last", op: "after", value: 20261122 },
    ["value: 20261122 is not a day. Allowed: a day, YYYY-MM-DD"],
  ],
  [
    "an unknown field",
    { all: [{ field: "sales.solt.last", op: "isNull" }] },
    [
      'all[0].field: "sales.solt.last" is no field of a company: did you mean sale.sold.last? Allowed: fields like sale.sold.last',
    ],
  ],
  [
    "an unknown status",
    { any: [{ field: "status", op: "hasStatus", value: "neglcted" }] },
    ['any[0].value: "neglcted" is no status: did you mean neglected? Allowed: neglected, sleeping'],
  ],
  [
    "an unknown category",
    { field: "category", op: "is", value: "Costumer" },
    ['value: "Costumer" is no category: did you mean Customer? Allowed: Customer, Prospect'],
  ],
  [
    "an unknown category in a list",
    { field: "category", op: "oneOf", value: ["Customer", "prospects"] },
    ['value[1]: "prospects" is no category: did you mean Prospect? Allowed: Customer, Prospect'],
  ],
  [
    "a period 0",
    { field: "sale.sold.totalIn0", op: "=", value: 0 },
    [
      'field: "sale.sold.totalIn0" is no field of a company: did you mean sale.sold.totalIn1? Allowed: fields like sale.sold.totalIn1',
    ],
  ],
  [
    "a fourth period",
    { field: "sale.sold.totalIn4", op: "=", value: 0 },
    [
      'field: "sale.sold.totalIn4" is no field of a company: did you mean sale.sold.totalIn1? Allowed: fields like sale.sold.totalIn1',
    ],
  ],
  [
    "an operator of another type",
    { field: "sale.sold.last", op: ">", value: 3 },
    [
      'op: ">" is no operator of sale.sold.last. Allowed: before, after, on, between, olderThan, withinLast, inNext, isNull, isNotNull',
    ],
  ],
  [
    "a level that does not exist",
    { field: "finding.churn-risk", op: "is", value: "hihg" },
    ['value: "hihg" is no value of finding.churn-risk: did you mean high? Allowed: high, medium, watch'],
  ],
  [
    "a value for isNull, and orNever with it",
    { field: "sale.sold.last", op: "isNull", orNever: true },
    ["orNever: true has no meaning here. Allowed: true or false, true only for comparisons with a value"],
  ],
  [
    "two groups in one node",
    { all: [leaf], any: [leaf] },
    [': has all and also any. Allowed: {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}'],
  ],
  [
    "an unknown property",
    { ...leaf, ornever: true },
    [
      "ornever: is no property of a comparison: did you mean orNever? Allowed: field, op, value, unit, orNever, includeAutomatic",
    ],
  ],
  [
    "too far back",
    { field: "sale.last", op: "olderThan", value: 101, unit: "years" },
    ["value: 101 is not a number of years. Allowed: a whole number from 1 to 100"],
  ],
])("refuses %s with path, value and what is allowed", (_, given, expected) => {
  expect(mistakes(given)).toEqual(expected);
});

it("calls a name that there is not an unknown name, and any other value that cannot be used a bad one", () => {
  const codeOf = (field: string, op: string, value: unknown): unknown => {
    const read = readCriteria({ field, op, value, ...(op === "olderThan" ? { unit: "weeks" } : {}) }, context);
    return read.ok ? "ok" : read.errors.map(({ code }) => code).join();
  };
  for (const [field, op, value] of [
    ["category", "is", "Custmer"],
    ["category", "oneOf", ["Custmer"]],
    ["status", "hasStatus", "slept"],
    ["health.grade", "is", "bad"],
    ["finding.churn-risk", "noneOf", ["lowest"]],
  ] as const)
    expect([field, op, value, codeOf(field, op, value)]).toEqual([field, op, value, "unknown-name"]);
  for (const [field, op, value] of [
    ["category", "oneOf", "Customer"],
    ["category", "oneOf", []],
    ["name", "noneOf", Array.from({ length: 101 }, () => "a")],
    ["name", "is", ""],
    ["creditHold", "is", "yes"],
    ["sale.total", "=", "5"],
    ["sale.total", "between", 5],
    ["sale.total", "between", [5, 4]],
    ["sale.last", "on", 5],
    ["sale.last", "olderThan", 1.5],
    ["name", "isNull", "a"],
  ] as const)
    expect([field, op, value, codeOf(field, op, value)]).toEqual([field, op, value, "bad-value"]);
});

it("says every mistake at once, below the place of the criteria", () => {
  const given = {
    all: [{ field: "nmae", op: "is", value: "x" }, { field: "sale.last", op: "olderThan", value: 1 }, 7],
  };
  expect(mistakes(given, {}, "criteria").map((text) => text.split(":")[0])).toEqual([
    "criteria.all[0].field",
    "criteria.all[1].unit",
    "criteria.all[2]",
  ]);
});

it("SA13: refuses sales of persons, and activities and requests of projects, instead of counting 0", () => {
  expect(mistakes({ field: "sale.sold.total", op: "=", value: 0 }, { ownerType: "person" })[0]).toContain(
    '"sale.sold.total" is no field of a person',
  );
  for (const field of ["activity.total", "request.open.total"])
    expect(mistakes({ field, op: "=", value: 0 }, { ownerType: "project" })[0]).toContain(
      `"${field}" is no field of a project`,
    );
});

it("SA15: keeps a period that is named by its days as its number", () => {
  const read = (field: string) => {
    const result = readCriteria({ field, op: "=", value: 0 }, context);
    return result.ok && "field" in result.value ? result.value.field : undefined;
  };
  expect(["totalIn1", "totalIn(2)", "totalIn60", "openIn90"].map((value) => read(`sale.sold.${value}`))).toEqual([
    "sale.sold.totalIn1",
    "sale.sold.totalIn2",
    "sale.sold.totalIn2",
    "sale.sold.openIn3",
  ]);
});

it("knows no category before there is a customer with one", () => {
  expect(mistakes({ field: "category", op: "is", value: "Customer" }, { categories: [] })).toEqual([]);
});

it.each([null, 5, "x", [], { all: "x" }, { not: null }, { field: 5, op: "=" }, { __proto__: null, field: "name" }])(
  "refuses %j without failing",
  (given) => {
    expect(mistakes(given).length).toBeGreaterThan(0);
  },
);

it("stops at a hostile size", () => {
  let deep: unknown = leaf;
  for (let level = 0; level < 20_000; level += 1) deep = { not: deep };
  expect(mistakes(deep)).toEqual(["not.not.not.not.not: is at level 6. Allowed: at most 5 levels"]);
  const wide = { all: Array.from({ length: 20_000 }, () => ({ field: "a".repeat(90), op: "=" })) };
  expect(mistakes(wide)[0]).toBe(": has 20000 comparisons. Allowed: at most 50");
});

it("a comparison of the health is refused with the reason while health is off, whichever of its fields it names", () => {
  const off = { healthOff: "relationship health is off: the setting relationships.health turns it on" };
  for (const field of ["health", "health.grade", "health.trend"]) {
    const given = { all: [leaf, { field, op: "isNotNull" }] };
    expect(mistakes(given)).toEqual([]);
    expect(mistakes(given, off)).toEqual([
      `all[1].field: "${field}" cannot be compared: ${off.healthOff}. Allowed: fields other than health while it is off`,
    ]);
  }
});

it("leaves class 0 out, which has all sales, and refuses it beside another class and for other records", () => {
  const read = (field: string) => {
    const result = readCriteria({ field, op: "isNotNull" }, context);
    return result.ok && "field" in result.value ? result.value.field : undefined;
  };
  expect(["sale.class0.total", "sale.sold.class0.lastCompleted", "sale.class0.totalIn30"].map(read)).toEqual([
    "sale.total",
    "sale.sold.lastCompleted",
    "sale.totalIn1",
  ]);
  expect(["sale.class0.class0.total", "sale.class0.class1.total", "activity.class0.total"].map(read)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
