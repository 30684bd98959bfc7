import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Criterion, Leaf } from "./criteria.ts";
import { leavesOf } from "./criteria.ts";
import { joinedCriteria, withLeaf } from "./edit-criteria.ts";

const leaf = (field: string): Leaf => ({ field, op: "isNotNull" });
const [A, B, C] = [leaf("name"), leaf("phone"), leaf("email")];

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
    const tree = fc.letrec<{ node: Criterion }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(A, B, C),
        fc.record({ not: tie("node") }),
        fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, fc.nat(), (criteria, pick) => {
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
