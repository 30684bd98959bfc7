import { type Criterion, type Leaf, isLeaf, partsOf } from "./criteria.ts";

/** Words of the text form that no bare text may be. */
export const keywords = ["AND", "OR", "NOT", "ALL", "ANY", "NEVER", "INCLUDING", "AUTOMATIC"] as const;

const BARE = /^(?:[A-Za-z_][\w.-]*|\d{4}-\d{2}-\d{2})$/;
const LITERALS = ["true", "false"];

/**
 * Criteria in words (docs/reference/monitors.md 2): `category = Customer AND sale.sold.total > 50`. `parseCriteria` reads
 * the same tree from it.
 */
export const writeCriteria = (criterion: Criterion): string => {
  if (isLeaf(criterion)) return leafText(criterion);
  if ("not" in criterion) return `NOT ${partText(criterion.not)}`;
  const parts = partsOf(criterion).map(partText);
  const isAny = "any" in criterion;
  const [only, ...others] = parts;
  if (others.length === 0) return `${isAny ? "ANY" : "ALL"} ${only ?? ""}`;
  return parts.join(isAny ? " OR " : " AND ");
};

/** A group in a group stands in brackets, so that the tree stays as it is. */
const partText = (part: Criterion): string =>
  isLeaf(part) || ("not" in part && !isLeaf(part)) ? writeCriteria(part) : `(${writeCriteria(part)})`;

function leafText({ field, op, value, unit, orNever, includeAutomatic }: Leaf): string {
  return [
    field,
    op,
    ...(value === undefined ? [] : [valueText(value)]),
    ...(unit === undefined ? [] : [unit]),
    ...(orNever === true ? ["OR NEVER"] : []),
    ...(includeAutomatic === true ? ["INCLUDING AUTOMATIC"] : []),
  ].join(" ");
}

const valueText = (value: NonNullable<Leaf["value"]>): string =>
  Array.isArray(value) ? `(${value.map(singleText).join(", ")})` : singleText(value);

function singleText(value: string | number | boolean): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isReserved = LITERALS.includes(value) || keywords.some((word) => word === value.toUpperCase());
  return BARE.test(value) && !isReserved ? value : JSON.stringify(value);
}
