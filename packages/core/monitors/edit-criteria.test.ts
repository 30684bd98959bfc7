import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Criterion, Leaf } from "./criteria.ts";
import { leavesOf } from "./criteria.ts";
import { compileCriteria } from "./compile.ts";
import { countedIn, joinedCriteria, withLeaf } from "./edit-criteria.ts";
import { ownerFacts } from "./owner-facts.ts";
import { whole } from "./preview.ts";
import { statusesOf } from "./status-book.ts";
import { TEST_FIELDS } from "./testing.ts";

const leaf = (field: string): Leaf => ({ field, op: "isNotNull" });
const [A, B, C] = [leaf("name"), leaf("phone"), leaf("email")];

const treeOf = (...leaves: readonly Leaf[]): fc.Arbitrary<Criterion> =>
  fc.letrec<{ node: Criterion }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...leaves),
      fc.record({ not: tie("node") }),
      fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    ),
  })).node;

describe("adding a condition", () => {
  it("joins a group of the same kind, and makes a new group of anything else", () => {
    expect(joinedCriteria(undefined, A, "all")).toEqual(A);
    expect(joinedCriteria(A, B, "all")).toEqual({ all: [A, B] });
    expect(joinedCriteria({ all: [A, B] }, C, "all")).toEqual({ all: [A, B, C] });
    expect(joinedCriteria({ all: [A, B] }, { not: C }, "any")).toEqual({ any: [{ all: [A, B] }, { not: C }] });
  });
});

describe("changing a leaf", () => {
  it("takes the leaf out, and with it a group or a not that has nothing else", () => {
    expect(withLeaf(A, "", () => undefined)).toBeUndefined();
    expect(withLeaf({ all: [A, B, C] }, "all[1]", () => undefined)).toEqual({ all: [A, C] });
    expect(withLeaf({ all: [A, B] }, "all[0]", () => undefined)).toEqual(B);
    expect(withLeaf({ any: [A, { not: B }] }, "any[1].not", () => undefined)).toEqual(A);
    expect(withLeaf({ not: { all: [A] } }, "not.all[0]", () => undefined)).toBeUndefined();
  });

  it("changes the leaf at that path and no other, in any tree", () => {
    fc.assert(
      fc.property(treeOf(A, B, C), fc.nat(), (criteria, pick) => {
        const leaves = leavesOf(criteria);
        const chosen = leaves[pick % leaves.length]?.path ?? "";
        const changed = withLeaf(criteria, chosen, (one) => ({ ...one, orNever: true }));
        expect(changed === undefined ? [] : leavesOf(changed)).toEqual(
          leaves.map(({ path, leaf: one }) => ({ path, leaf: path === chosen ? { ...one, orNever: true } : one })),
        );
        const less = withLeaf(criteria, chosen, () => undefined);
        expect(less === undefined ? [] : leavesOf(less).map(({ leaf: one }) => one)).toEqual(
          leaves.filter(({ path }) => path !== chosen).map(({ leaf: one }) => one),
        );
      }),
    );
  });
});

describe("counting in who has no value for a leaf", () => {
  const is = (field: string): Leaf => ({ field, op: "is", value: "x" });

  it("says or never, and below a not that there is a value", () => {
    const last: Leaf = { field: "activity.last", op: "withinLast", value: 60, unit: "days", includeAutomatic: true };
    expect(countedIn({ any: [A, last] }, "any[1]")).toEqual({ any: [A, { ...last, orNever: true }] });
    const there = { field: "activity.last", op: "isNotNull", includeAutomatic: true };
    expect(countedIn({ any: [A, { not: last }] }, "any[1].not")).toEqual({ any: [A, { not: { all: [last, there] } }] });
  });

  it("is as if the leaf spoke for them, and nothing else changes, in any tree", () => {
    const value = fc.constantFrom("x", "y", undefined);
    const cards = fc.record({ name: value, phone: value, email: value });
    fc.assert(
      fc.property(treeOf(is("name"), is("phone"), is("email")), fc.nat(), cards, (criteria, pick, card) => {
        const records = { activities: [], sales: [], requests: [] };
        const subject = statusesOf({ criteria: new Map() }, ownerFacts({ ownerType: "company", card, records }));
        const leaves = compileCriteria(criteria, TEST_FIELDS).leaves;
        const index = pick % leaves.length;
        const path = leaves[index]?.path ?? "";
        const truths = leaves.map((one) => one.truth(subject, 0));
        const isTurned = path.split("not").length % 2 === 0;
        const spoken = truths[index] === undefined ? truths.with(index, !isTurned) : truths;
        const edited = countedIn(criteria, path) ?? criteria;
        expect(compileCriteria(edited, TEST_FIELDS).truth(subject, 0)).toBe(whole(criteria, spoken));
      }),
    );
  });
});
