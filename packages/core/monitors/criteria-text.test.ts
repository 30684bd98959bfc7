import { expect, it } from "vitest";
import type { Criterion } from "./criteria.ts";
import { parseCriteria } from "./parse-criteria.ts";
import { writeCriteria } from "./write-criteria.ts";

const a: Criterion = { field: "sale.sold.total", op: ">", value: 50 };
const b: Criterion = { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" };
const c: Criterion = { field: "category", op: "=", value: "Customer" };

const trees: readonly (readonly [string, Criterion])[] = [
  ["category = Customer AND sale.sold.last olderThan 2 months AND sale.sold.total > 50", { all: [c, b, a] }],
  ["sale.sold.last olderThan 2 months OR NEVER OR sale.sold.total > 50", { any: [{ ...b, orNever: true }, a] }],
  [
    "(category = Customer AND sale.sold.total > 50) OR sale.sold.last olderThan 2 months",
    { any: [{ all: [c, a] }, b] },
  ],
  [
    "(category = Customer AND sale.sold.total > 50) AND sale.sold.last olderThan 2 months",
    { all: [{ all: [c, a] }, b] },
  ],
  ["NOT (category = Customer OR NOT sale.sold.total > 50)", { not: { any: [c, { not: a }] } }],
  ["NOT NOT category = Customer", { not: { not: c } }],
  ["ALL category = Customer", { all: [c] }],
  ["ANY (ALL (NOT category = Customer AND sale.sold.total > 50))", { any: [{ all: [{ all: [{ not: c }, a] }] }] }],
  ["health between (-1.5, 60)", { field: "health", op: "between", value: [-1.5, 60] }],
  [
    "sale.last between (2026-01-01, 2026-12-31)",
    { field: "sale.last", op: "between", value: ["2026-01-01", "2026-12-31"] },
  ],
  [
    'name oneOf ("Acme & Sons", "5", "true", "NOT", "a \\"b\\" (c)", Ærø_1)'.replace("Ærø_1", '"Ærø"'),
    { field: "name", op: "oneOf", value: ["Acme & Sons", "5", "true", "NOT", 'a "b" (c)', "Ærø"] },
  ],
  ["creditHold is true", { field: "creditHold", op: "is", value: true }],
  ["activity.last isNull", { field: "activity.last", op: "isNull" }],
  ["status hasNotStatus neglected", { field: "status", op: "hasNotStatus", value: "neglected" }],
  [
    "activity.totalIn1 = 0 OR NEVER INCLUDING AUTOMATIC",
    { field: "activity.totalIn1", op: "=", value: 0, orNever: true, includeAutomatic: true },
  ],
];

it.each(trees)("writes and reads %s without loss", (text, criterion) => {
  expect(writeCriteria(criterion)).toBe(text);
  expect(parseCriteria(text)).toEqual({ ok: true, value: criterion });
});

it("reads AND before OR, in any case of letters and over several lines", () => {
  expect(
    parseCriteria("category = Customer and\n  sale.sold.total>50 or not sale.sold.last olderThan 2 MONTHS"),
  ).toEqual({
    ok: true,
    value: { any: [{ all: [c, a] }, { not: b }] },
  });
});

it.each([
  ["sale.sold.last OLDERTHAN 2 months", b],
  ["sale.sold.last olderThan 1 Month", { ...b, value: 1 }],
  ["sale.sold.last withinlast 1 day", { ...b, op: "withinLast", value: 1, unit: "days" }],
  ["health BETWEEN 40 and 60", { field: "health", op: "between", value: [40, 60] }],
  [
    "health between 40 AND 60 AND (sale.sold.total > 50)",
    { all: [{ field: "health", op: "between", value: [40, 60] }, a] },
  ],
])("reads %s as people write it", (text, criterion) => {
  expect(parseCriteria(text)).toEqual({ ok: true, value: criterion });
});

it.each([
  ["", "the criteria end where a field is expected"],
  ["category", "the criteria end where an operator is expected"],
  ["category =", "the criteria end where a value is expected"],
  ["category = AND", "the criteria have AND at character 12 where a value is expected"],
  ["category like x", "the criteria have like at character 10: after category comes one of"],
  ['category "is" a', "after category comes one of"],
  ["health between 40 and", "the criteria end where a value is expected"],
  ["category = a b", "the criteria go on with b at character 14: AND or OR is missing"],
  ["(category = a", "the criteria end where ) is missing"],
  ["category = a)", "the criteria go on with ) at character 13"],
  ['category = "a', "the criteria cannot be read from character 11 on"],
  ['category = "\\x"', "that is not quoted like JSON"],
  [`${"(".repeat(100_000)}a`, "the criteria are nested more than 50 times"],
  [`${"NOT ".repeat(100_000)}a`, "the criteria are nested more than 50 times"],
])("refuses %j and says where", (text, message) => {
  const parsed = parseCriteria(text);
  expect(parsed.ok ? "" : parsed.message).toContain(message);
});
