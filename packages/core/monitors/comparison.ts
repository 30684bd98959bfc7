import type { Leaf } from "./criteria.ts";
import { folded } from "./check-value.ts";
import { day, toDayNumber } from "../platform/values.ts";
import type { FieldType } from "./fields.ts";
import type { FieldValue } from "./owner-facts.ts";
import { agingOf } from "./shift.ts";

/** Whether a value that is there compares as the leaf says, on a day. */
export type Comparison = (value: NonNullable<FieldValue>, on: number) => boolean;

/** The comparison of a checked leaf; `isNull` and `isNotNull` compare nothing. */
export function comparisonOf(leaf: Leaf, type: FieldType): Comparison {
  if (type === "number") return numberComparison(leaf);
  if (type === "day") return dayComparison(leaf);
  return type === "text" ? kept(textComparison(leaf, (value) => folded(String(value)))) : textComparison(leaf, String);
}

/** Most texts whose answer is kept: a tenant has few categories, teams and territories. */
const KEPT_TEXTS = 64;

/** A comparison that keeps its answers: many owners have the same text. */
function kept(compare: Comparison): Comparison {
  const answers = new Map<FieldValue, boolean>();
  return (given, on) => {
    const known = answers.get(given);
    if (known !== undefined) return known;
    const answer = compare(given, on);
    if (answers.size < KEPT_TEXTS) answers.set(given, answer);
    return answer;
  };
}

function numberComparison({ op, value }: Leaf): Comparison {
  const [from = 0, to = 0] = (Array.isArray(value) ? value : [value]).map(Number);
  switch (op) {
    case "=":
      return (given) => given === from;
    case "!=":
      return (given) => given !== from;
    case "<":
      return (given) => Number(given) < from;
    case "<=":
      return (given) => Number(given) <= from;
    case ">":
      return (given) => Number(given) > from;
    case ">=":
      return (given) => Number(given) >= from;
    default:
      return (given) => Number(given) >= from && Number(given) <= to;
  }
}

function dayComparison(leaf: Leaf): Comparison {
  const { op, value } = leaf;
  const aging = agingOf(leaf);
  if (aging !== undefined) return ageComparison(op, aging.upTo);
  const [from = 0, to = 0] = (Array.isArray(value) ? value : [value]).map((text) => toDayNumber(day(String(text))));
  switch (op) {
    case "before":
      return (given) => Number(given) < from;
    case "after":
      return (given) => Number(given) > from;
    case "on":
      return (given) => given === from;
    default:
      return (given) => Number(given) >= from && Number(given) <= to;
  }
}

function ageComparison(op: Leaf["op"], upTo: (on: number) => number): Comparison {
  if (op === "olderThan") return (given, on) => Number(given) <= upTo(on);
  if (op === "withinLast") return (given, on) => Number(given) <= on && Number(given) > upTo(on);
  return (given, on) => Number(given) > on && Number(given) <= upTo(on);
}

function textComparison({ op, value }: Leaf, read: (value: NonNullable<FieldValue>) => string): Comparison {
  const wanted = (Array.isArray(value) ? value : [value ?? ""]).map(read);
  const [first = ""] = wanted;
  switch (op) {
    case "contains":
      return (given) => read(given).includes(first);
    case "begins":
      return (given) => read(given).startsWith(first);
    case "ends":
      return (given) => read(given).endsWith(first);
    case "isNot":
    case "!=":
    case "noneOf":
      return (given) => !wanted.includes(read(given));
    default:
      return (given) => wanted.includes(read(given));
  }
}
