import { type Criterion, type Leaf, isLeaf, partsOf, placedParts } from "./criteria.ts";

/** Criteria with one more condition: it joins a group of the same kind, else both stand in a new one. */
export function joinedCriteria(criteria: Criterion | undefined, part: Criterion, how: "all" | "any"): Criterion {
  if (criteria === undefined) return part;
  const parts = [...(how in criteria ? partsOf(criteria) : [criteria]), part];
  return how === "all" ? { all: parts } : { any: parts };
}

/**
 * Criteria with another leaf at a path of `leavesOf`, or without it where `change` gives none. A group of which one part
 * is left becomes that part; `undefined` when nothing is left.
 */
export function withLeaf(
  criteria: Criterion,
  path: string,
  change: (leaf: Leaf) => Leaf | undefined,
  at = "",
): Criterion | undefined {
  if (isLeaf(criteria)) return at === path ? change(criteria) : criteria;
  const placed = placedParts(criteria, at);
  const parts = placed
    .map((part) => withLeaf(part.criterion, path, change, part.path))
    .filter((part) => part !== undefined);
  const [first] = parts;
  if (first === undefined) return undefined;
  if ("not" in criteria) return { not: first };
  if (parts.length === 1 && placed.length > 1) return first;
  return "all" in criteria ? { all: parts } : { any: parts };
}
