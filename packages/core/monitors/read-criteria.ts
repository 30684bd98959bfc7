import { MOST_ERRORS } from "../platform/field-error.ts";
import { isRecord } from "../platform/is-record.ts";
import { type Criterion, MOST_DEPTH, MOST_LEAVES } from "./criteria.ts";
import { checkLeaf, didYouMean } from "./check-leaf.ts";
import type { CriteriaContext } from "./fields.ts";
import { type CriteriaError, criteriaError } from "./criteria-error.ts";

/** Criteria that can be evaluated, or everything that is wrong with them. */
type ReadCriteria =
  { readonly ok: true; readonly value: Criterion } | { readonly ok: false; readonly errors: readonly CriteriaError[] };

interface Reading {
  readonly context: CriteriaContext;
  readonly errors: CriteriaError[];
  leaves: number;
}

/**
 * Reads criteria as somebody wrote them (docs/reference/monitors.md 2). Each error has the path of its place, below
 * `root`, the value there, and what is allowed. Fields get their usual names.
 */
export function readCriteria(given: unknown, context: CriteriaContext, root = ""): ReadCriteria {
  const reading: Reading = { context, errors: [], leaves: 0 };
  const value = readNode(given, { path: root, depth: 1 }, reading);
  if (reading.leaves > MOST_LEAVES)
    reading.errors.unshift(
      criteriaError({
        path: root,
        code: "too-many-comparisons",
        says: `has ${reading.leaves} comparisons`,
        allowed: `at most ${MOST_LEAVES}`,
      }),
    );
  if (value === undefined || reading.errors.length > 0)
    return { ok: false, errors: reading.errors.slice(0, MOST_ERRORS) };
  return { ok: true, value };
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

const NODES = '{"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}';
const GROUPS = ["all", "any", "not"] as const;

function readNode(given: unknown, place: Place, reading: Reading): Criterion | undefined {
  const { path, depth } = place;
  const fail = (code: string, says: string, allowed: string, value?: unknown) => {
    reading.errors.push(criteriaError({ path, code, says, allowed, value }));
    return undefined;
  };
  if (depth > MOST_DEPTH) return fail("too-deep", `is at level ${depth}`, `at most ${MOST_DEPTH} levels`);
  if (!isRecord(given)) return fail(given === undefined ? "missing" : "wrong-type", "is no condition", NODES, given);
  const keys = Object.keys(given);
  const groups = GROUPS.filter((name) => keys.includes(name));
  const [group] = groups;
  if (group !== undefined) {
    const other = keys.find((key) => key !== group);
    if (other !== undefined) return fail("bad-value", `has ${group} and also ${other}`, NODES);
    return readGroup(group, given[group], place, reading);
  }
  if (keys.length === 0) return fail("empty", "is empty", NODES);
  if (!keys.includes("field") && !keys.includes("op"))
    return fail("unknown-property", `is no condition${didYouMean(keys[0] ?? "", [...GROUPS, "field"])}`, NODES, given);
  reading.leaves += 1;
  if (reading.leaves > MOST_LEAVES || reading.errors.length >= MOST_ERRORS) return undefined;
  const checked = checkLeaf(given, path, reading.context);
  if ("leaf" in checked) return checked.leaf;
  reading.errors.push(...checked.errors);
  return undefined;
}

function readGroup(
  group: (typeof GROUPS)[number],
  given: unknown,
  { path, depth }: Place,
  reading: Reading,
): Criterion | undefined {
  const inside = `${path === "" ? "" : `${path}.`}${group}`;
  if (group === "not") {
    const part = readNode(given, { path: inside, depth: depth + 1 }, reading);
    return part === undefined ? undefined : { not: part };
  }
  if (!Array.isArray(given) || given.length === 0) {
    const isEmpty = Array.isArray(given);
    reading.errors.push(
      criteriaError({
        path: inside,
        code: isEmpty ? "empty" : "wrong-type",
        says: isEmpty ? "is empty" : "is no list",
        value: isEmpty ? undefined : given,
        allowed: "a list of at least one condition",
      }),
    );
    return undefined;
  }
  const parts = given.map((part, index) => readNode(part, { path: `${inside}[${index}]`, depth: depth + 1 }, reading));
  const read = parts.filter((part) => part !== undefined);
  return group === "all" ? { all: read } : { any: read };
}
