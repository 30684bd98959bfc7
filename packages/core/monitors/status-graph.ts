import { type Criterion, type PlacedLeaf, leavesOf } from "./criteria.ts";
import { type CriteriaError, criteriaError } from "./criteria-error.ts";

/** The leaves of criteria that name a status. */
const statusLeaves = (criteria: Criterion, root = ""): readonly PlacedLeaf[] =>
  leavesOf(criteria, root).filter(({ leaf }) => leaf.op === "hasStatus" || leaf.op === "hasNotStatus");

/** The statuses that criteria name, each once. */
export const statusesIn = (criteria: Criterion): readonly string[] => [
  ...new Set(statusLeaves(criteria).map(({ leaf }) => String(leaf.value))),
];

type Definitions = ReadonlyMap<string, Criterion>;

/**
 * The leaves of a status's new criteria that lead back to the status itself, each with the way. `others` are the
 * criteria of the other statuses of its owner type.
 */
export function circleErrors(
  statusId: string,
  criteria: Criterion,
  others: Definitions,
  root = "",
): readonly CriteriaError[] {
  return statusLeaves(criteria, root).flatMap(({ path, leaf }) => {
    const way = wayTo(statusId, String(leaf.value), others, new Set());
    if (way === undefined) return [];
    return criteriaError({
      path: path === "" ? "value" : `${path}.value`,
      code: "circle",
      says: wayText(statusId, way),
      value: leaf.value,
      allowed: "statuses that do not depend on this one",
    });
  });
}

/** The statuses from `from` to `target`, both included. */
function wayTo(
  target: string,
  from: string,
  definitions: Definitions,
  seen: Set<string>,
): readonly string[] | undefined {
  if (from === target) return [from];
  const criteria = definitions.get(from);
  if (criteria === undefined || seen.has(from)) return undefined;
  seen.add(from);
  for (const next of statusesIn(criteria)) {
    const way = wayTo(target, next, definitions, seen);
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}

/** The statuses that lead back to themselves, each with the way: two that are saved at the same time can. */
export function circlesIn(definitions: Definitions): ReadonlyMap<string, string> {
  const circles = new Map<string, string>();
  for (const [statusId, criteria] of definitions)
    for (const named of statusesIn(criteria)) {
      const way = wayTo(statusId, named, definitions, new Set());
      if (way !== undefined) circles.set(statusId, wayText(statusId, way));
    }
  return circles;
}

const wayText = (statusId: string, way: readonly string[]): string =>
  `leads back to the status itself: ${[statusId, ...way].join(" > ")}`;

/** The ids so that each comes after those that its criteria name; else in the order of the ids. */
export function inOrder(definitions: Definitions): readonly string[] {
  const ordered = new Set<string>();
  const visiting = new Set<string>();
  const visit = (statusId: string): void => {
    const criteria = definitions.get(statusId);
    if (criteria === undefined || ordered.has(statusId) || visiting.has(statusId)) return;
    visiting.add(statusId);
    for (const named of statusesIn(criteria)) visit(named);
    ordered.add(statusId);
  };
  for (const statusId of [...definitions.keys()].toSorted()) visit(statusId);
  return [...ordered];
}
