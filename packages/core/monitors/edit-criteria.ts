import { type Criterion, type Leaf, isLeaf, partsOf, placedParts } from "./criteria.ts";

/** Criteria with one more condition: it joins a group of the same kind, else both stand in a new one. */
export function joinedCriteria(criteria: Criterion | undefined, part: Criterion, how: "all" | "any"): Criterion {
  if (criteria === undefined) return part;
  const parts = [...(how in criteria ? partsOf(criteria) : [criteria]), part];
  return how === "all" ? { all: parts } : { any: parts };
}

/**
 * Criteria that also take in who has no value for the leaf at a path. Where the leaf is turned by `not`, it has to be
 * false for them: then it asks for a value too, and "or never" would keep them out.
 */
export function countedIn(criteria: Criterion, path: string): Criterion | undefined {
  const isTurned = path.split(".").filter((step) => step === "not").length % 2 === 1;
  return withLeaf(criteria, path, (leaf) =>
    isTurned
      ? { all: [leaf, { field: leaf.field, op: "isNotNull", ...automaticOf(leaf) }] }
      : { ...leaf, orNever: true },
  );
}

const automaticOf = ({ includeAutomatic }: Leaf): Pick<Leaf, "includeAutomatic"> =>
  includeAutomatic === undefined ? {} : { includeAutomatic };

/**
 * Criteria with something else in place of the leaf at a path of `leavesOf`, or without it where `change` gives none. A group of which one part
 * is left becomes that part; `undefined` when nothing is left.
 */
export function withLeaf(
  criteria: Criterion,
  path: string,
  change: (leaf: Leaf) => Criterion | undefined,
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
