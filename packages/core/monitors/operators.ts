import type { Op, Unit } from "./criteria.ts";
import type { FieldType } from "./fields.ts";

/** The operators that count back or ahead from the day, with a unit. */
const relativeOps = ["olderThan", "withinLast", "inNext"] as const;
type RelativeOp = (typeof relativeOps)[number];

export const isRelative = (op: Op): op is RelativeOp => relativeOps.some((relative) => relative === op);

const choiceOps: readonly Op[] = ["is", "isNot", "=", "!=", "oneOf", "noneOf", "isNull", "isNotNull"];

/** The operators of each type of field. */
export const opsOf: Readonly<Record<FieldType, readonly Op[]>> = {
  number: ["=", "!=", "<", "<=", ">", ">=", "between", "isNull", "isNotNull"],
  day: ["before", "after", "on", "between", ...relativeOps, "isNull", "isNotNull"],
  text: ["is", "isNot", "=", "!=", "contains", "begins", "ends", "oneOf", "noneOf", "isNull", "isNotNull"],
  choice: choiceOps,
  flag: ["is", "isNot", "=", "!=", "isNull", "isNotNull"],
  status: ["hasStatus", "hasNotStatus"],
};

/** The largest value of each unit: a hundred years. */
export const mostOf: Readonly<Record<Unit, number>> = { days: 36_500, weeks: 5_200, months: 1_200, years: 100 };
