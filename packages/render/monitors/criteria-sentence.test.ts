import { expect, it } from "vitest";
import { usualCounterSettings } from "@regulars/core/monitors/counter-settings";
import type { Criterion, Leaf } from "@regulars/core/monitors/criteria";
import { type FieldContext, fieldNames, fieldOf } from "@regulars/core/monitors/fields";
import { opsOf } from "@regulars/core/monitors/operators";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { criteriaSentence } from "./criteria-sentence.ts";

const fields: FieldContext = { ownerType: "company", settings: usualCounterSettings, kinds: ["some-kind"] };

const sentence = (criterion: Criterion) =>
  criteriaSentence(criterion, { fields, nameOf: (id) => ({ neglected: "Neglected", "some-kind": "Some kind" })[id] });

it("says the seed's example in a sentence", () => {
  expect(
    sentence({
      all: [
        { field: "category", op: "is", value: "Customer" },
        { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
        { field: "sale.sold.total", op: ">", value: 50 },
      ],
    }),
  ).toBe(
    "The category is Customer and the last of sales sold is more than 2 months ago and the number of sales sold is more than 50.",
  );
});

it.each<[Criterion, string]>([
  [
    { any: [{ field: "activity.totalIn1", op: "=", value: 0 }, { not: { field: "health", op: ">=", value: 60 } }] },
    "The number of activities in the last 30 days is 0 or (it is not so that (the health score is at least 60)).",
  ],
  [
    { field: "sale.last", op: "olderThan", value: 1, unit: "years", orNever: true },
    "The last of sales is more than 1 year ago or there is none.",
  ],
  [
    { field: "activity.call.out.lastCompleted", op: "between", value: ["2026-01-01", "2026-06-30"] },
    "The last done of calls made by us is between Jan 1, 2026 and Jun 30, 2026.",
  ],
  [{ field: "status", op: "hasNotStatus", value: "neglected" }, "It does not have the status Neglected."],
  [
    { field: "finding.some-kind", op: "oneOf", value: ["high", "medium"] },
    "The level of the insight Some kind is one of high, medium.",
  ],
  [{ field: "creditHold", op: "is", value: true }, "The credit hold is set."],
  [{ field: "name", op: "begins", value: "$& {0}" }, "The name begins with $& {0}."],
])("says %j", (criterion, expected) => {
  expect(sentence(criterion)).toBe(expected);
});

it("has words for every field with every operator", () => {
  for (const ownerType of ownerTypes)
    for (const name of fieldNames({ ...fields, ownerType })) {
      const type = fieldOf(name, { ...fields, ownerType })?.type ?? "text";
      for (const op of opsOf[type]) {
        const leaf: Leaf = { field: name, op, value: op === "between" ? [1, 2] : 1 };
        const said = criteriaSentence(leaf, { fields: { ...fields, ownerType } });
        expect(said).not.toMatch(/undefined|\{0\}/);
        // A field without words is said by its name.
        expect(said.toLowerCase().startsWith(`${name} `.toLowerCase())).toBe(false);
      }
    }
});
