import { addUnits, firstOlderOn, firstWithinOn } from "./calendar.ts";
import type { Leaf, Unit } from "./criteria.ts";
import { folded } from "./check-value.ts";
import { day, toDayNumber } from "../platform/values.ts";
import type { FieldType } from "./fields.ts";
import type { FieldValue } from "./owner-facts.ts";

/** Whether a value that is there compares as the leaf says, on a day. */
export type Comparison = (value: NonNullable<FieldValue>, on: number) => boolean;

/** The comparison of a checked leaf; `isNull` and `isNotNull` compare nothing. */
export function comparisonOf(leaf: Leaf, type: FieldType): Comparison {
  if (type === "number") return numberComparison(leaf);
  if (type === "day") return dayComparison(leaf);
  return textComparison(leaf, type === "text" ? (value) => folded(String(value)) : String);
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
  if (op === "olderThan" || op === "withinLast" || op === "inNext") return ageComparison(op, ageOf(leaf));
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

/** How old, or how far ahead, a leaf asks for. */
export interface Age {
  readonly count: number;
  readonly unit: Unit;
}

export const ageOf = ({ value, unit = "days" }: Leaf): Age => ({ count: Number(value), unit });

function ageComparison(op: "olderThan" | "withinLast" | "inNext", { count, unit }: Age): Comparison {
  if (op === "olderThan") return (given, on) => firstOlderOn(Number(given), count, unit) <= on;
  if (op === "withinLast") return (given, on) => Number(given) <= on && on < addUnits(Number(given), count, unit);
  return (given, on) => Number(given) > on && firstWithinOn(Number(given), count, unit) <= on;
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
