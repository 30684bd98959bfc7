import { expect, it } from "vitest";
import { customerIdSchema } from "../platform/values.ts";
import { compileCriteria } from "./compile.ts";
import type { Criterion } from "./criteria.ts";
import { entersOn, explain } from "./explain.ts";
import { CriteriaPreview } from "./preview.ts";
import { statusesOf } from "./status-book.ts";
import { type OwnerFixture, TEST_FIELDS, anOwner, on } from "./testing.ts";

const D = "2026-11-22";

const subjectOf = (owner: OwnerFixture) => statusesOf({ criteria: new Map() }, anOwner(owner));

const previewOf = (criterion: Criterion, owners: Readonly<Record<string, OwnerFixture>>, saved?: Criterion) => {
  const preview = new CriteriaPreview({
    criterion,
    compiled: compileCriteria(criterion, TEST_FIELDS),
    saved: saved === undefined ? undefined : compileCriteria(saved, TEST_FIELDS),
  });
  for (const [customerId, owner] of Object.entries(owners))
    preview.add({ type: "company", customerId: customerIdSchema.parse(customerId) }, subjectOf(owner), on(D));
  return preview.result();
};

const seed: Criterion = {
  all: [
    { field: "category", op: "is", value: "Customer" },
    { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
    { field: "sale.sold.total", op: ">", value: 2 },
  ],
};

const sales = (last: string, count = 3) => Array.from({ length: count }, () => last);

const owners: Readonly<Record<string, OwnerFixture>> = {
  former: { card: { category: "Customer" }, sales: sales("2026-01-05") },
  active: { card: { category: "Customer" }, sales: sales("2026-11-05") },
  small: { card: { category: "Customer" }, sales: sales("2026-01-05", 2) },
  prospect: { card: { category: "Prospect" }, sales: sales("2026-01-05") },
  unnamed: { sales: sales("2026-01-05") },
  never: { card: { category: "Customer" } },
};

it("a preview counts who matches, whom each comparison excludes, and whose result cannot be known", () => {
  expect(previewOf(seed, owners)).toEqual({
    owners: 6,
    matches: 1,
    examples: [{ type: "company", customerId: "former" }],
    unknown: 1,
    enter: 1,
    leave: 0,
    entering: [{ type: "company", customerId: "former" }],
    leaving: [],
    leaves: [
      { path: "all[0]", field: "category", excludes: 2, unknown: 1 },
      { path: "all[1]", field: "sale.sold.last", excludes: 1, unknown: 0 },
      { path: "all[2]", field: "sale.sold.total", excludes: 1, unknown: 0 },
    ],
  });
});

it("scenario 4: a preview says how many have no sale yet, and or never counts them in", () => {
  const silent: Criterion = { not: { field: "sale.last", op: "withinLast", value: 60, unit: "days" } };
  const { matches, unknown, leaves } = previewOf(silent, owners);
  expect([matches, unknown, leaves[0]?.unknown]).toEqual([4, 1, 1]);
  const older: Criterion = { field: "sale.last", op: "olderThan", value: 60, unit: "days", orNever: true };
  expect([previewOf(older, owners).matches, previewOf(older, owners).unknown]).toEqual([5, 0]);
});

it("a preview says who enters and leaves against the saved criteria", () => {
  const saved: Criterion = { field: "category", op: "is", value: "Customer" };
  const narrowed: Criterion = { field: "sale.total", op: ">=", value: 3 };
  const { matches, enter, leave, entering, leaving } = previewOf(narrowed, owners, saved);
  expect([matches, enter, leave]).toEqual([4, 2, 2]);
  expect(entering.map(({ customerId }) => customerId)).toEqual(["prospect", "unnamed"]);
  expect(leaving.map(({ customerId }) => customerId)).toEqual(["never", "small"]);
});

it("a preview names the first ten by id, whatever order they come in", () => {
  const many = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`c${100 + ((index * 37) % 99)}`, {}]));
  const { examples } = previewOf({ field: "sale.total", op: "=", value: 0 }, many);
  expect(examples.map((owner) => owner.customerId)).toEqual(
    Array.from({ length: 10 }, (_, index) => `c${100 + index}`),
  );
});

it("an explanation gives each comparison its value, threshold and truth, and the day it will enter", () => {
  const compiled = compileCriteria(seed, TEST_FIELDS);
  const subject = subjectOf({ card: { category: "Customer" }, sales: sales("2026-11-13") });
  expect(explain(compiled, subject, on(D))).toEqual({
    isOn: false,
    willEnterOn: "2027-01-14",
    leaves: [
      { path: "all[0]", field: "category", op: "is", threshold: "Customer", value: "Customer", truth: true },
      {
        path: "all[1]",
        field: "sale.sold.last",
        op: "olderThan",
        threshold: 2,
        unit: "months",
        value: "2026-11-13",
        truth: false,
      },
      { path: "all[2]", field: "sale.sold.total", op: ">", threshold: 2, value: 3, truth: true },
    ],
  });
  expect(entersOn(compiled, subject, { on: on(D), until: on("2027-01-14") })).toBe(on("2027-01-14"));
  expect(entersOn(compiled, subject, { on: on(D), until: on("2027-01-13") })).toBeUndefined();
  expect(entersOn(compiled, subject, { on: on("2027-01-14"), until: on("2027-12-31") })).toBeUndefined();
});

it("an explanation says what a comparison counts in", () => {
  const last = { field: "activity.last", op: "olderThan", value: 30, unit: "days" } as const;
  const given = { any: [{ ...last, orNever: true }, { ...last, includeAutomatic: true }, last] };
  const { leaves } = explain(compileCriteria(given, TEST_FIELDS), subjectOf({}), on(D));
  expect(leaves.map(({ orNever, includeAutomatic, truth }) => [orNever, includeAutomatic, truth])).toEqual([
    [true, undefined, true],
    [undefined, true, undefined],
    [undefined, undefined, undefined],
  ]);
});

it("an explanation of one that is on says when it will leave by time alone", () => {
  const compiled = compileCriteria({ field: "sale.totalIn1", op: ">", value: 0 }, TEST_FIELDS);
  const { isOn, willEnterOn, willLeaveOn } = explain(compiled, subjectOf({ sales: ["2026-11-01"] }), on(D));
  expect([isOn, willEnterOn, willLeaveOn]).toEqual([true, undefined, "2026-12-01"]);
  const empty = explain(compileCriteria(seed, TEST_FIELDS), subjectOf({}), on(D));
  expect([empty.isOn, empty.willEnterOn, empty.leaves.map(({ truth }) => truth)]).toEqual([
    false,
    undefined,
    [undefined, undefined, false],
  ]);
});
