import type { Condition, Tree } from "./condition.ts";
import { type CompiledLeaf, compileLeaf } from "./compile-leaf.ts";
import { type Criterion, isLeaf, placedParts } from "./criteria.ts";
import type { FieldContext } from "./fields.ts";
import { type Truth, not } from "./truth.ts";

/** Criteria as one function, with their leaves from left to right. */
export interface CompiledCriteria extends Tree {
  readonly leaves: readonly CompiledLeaf[];
}

/** Throws when a leaf names a field that the tenant has no more. */
export function compileCriteria(criterion: Criterion, context: FieldContext): CompiledCriteria {
  const leaves: CompiledLeaf[] = [];
  const { truth } = compileNode(criterion, "", context, leaves);
  return { leaves, truth };
}

type Node = Pick<Condition, "truth">;

function compileNode(criterion: Criterion, path: string, context: FieldContext, leaves: CompiledLeaf[]): Node {
  if (isLeaf(criterion)) {
    const leaf = compileLeaf({ leaf: criterion, path }, context);
    leaves.push(leaf);
    return leaf;
  }
  const parts = placedParts(criterion, path).map((part) => compileNode(part.criterion, part.path, context, leaves));
  const [first] = parts;
  if ("not" in criterion && first !== undefined) return { truth: (subject, on) => not(first.truth(subject, on)) };
  return group(parts, "any" in criterion);
}

/** `any` is decided by the first that is true, `all` by the first that is false; else one unknown leaves it unknown. */
const group = (parts: readonly Node[], decides: boolean): Node => ({
  truth: (subject, on) => {
    let truth: Truth = !decides;
    for (const part of parts) {
      const one = part.truth(subject, on);
      if (one === decides) return decides;
      if (one === undefined) truth = undefined;
    }
    return truth;
  },
});
