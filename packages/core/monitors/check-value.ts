import { nearestName } from "../platform/nearest-name.ts";
import { MAX_TEXT } from "../platform/text.ts";
import { parseDay } from "../platform/values.ts";
import type { LeafValue, Op, Unit } from "./criteria.ts";
import { type CriteriaError, criteriaError } from "./criteria-error.ts";
import type { CriteriaContext, Field } from "./fields.ts";
import { isRelative, mostOf } from "./operators.ts";

interface GivenValue {
  readonly op: Op;
  readonly value: unknown;
  readonly unit?: Unit | undefined;
  readonly field: Field;
  readonly path: string;
  readonly context: CriteriaContext;
}

/** A usable value, `undefined` where the operator has none, or what is wrong with it. */
type CheckedValue = { readonly value: LeafValue | undefined } | { readonly errors: readonly CriteriaError[] };

const MOST_IN_LIST = 100;

export function checkValue(given: GivenValue): CheckedValue {
  const { op, value } = given;
  if (op === "isNull" || op === "isNotNull")
    return value === undefined ? { value } : mistake(given, "does not go with this operator", "no value");
  if (op === "between") return checkBetween(given);
  if (op === "oneOf" || op === "noneOf") return checkList(given);
  return checkSingle(given);
}

function checkBetween(given: GivenValue): CheckedValue {
  const { value, field } = given;
  const pair = field.type === "number" ? "two numbers, the smaller one first" : "two days, the earlier one first";
  if (!Array.isArray(value) || value.length !== 2) return mistake(given, "are not two values", pair);
  const ends = value.map((end, index) => checkSingle({ ...given, value: end, path: `${given.path}[${index}]` }));
  const errors = ends.flatMap((end) => ("errors" in end ? end.errors : []));
  if (errors.length > 0) return { errors };
  const [from, to] = value;
  return from > to ? mistake(given, "has its ends swapped", pair) : { value };
}

function checkList(given: GivenValue): CheckedValue {
  const { value } = given;
  const allowed = `a list of 1 to ${MOST_IN_LIST} values`;
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_IN_LIST)
    return mistake(given, value === undefined ? "is missing" : "is no such list", allowed);
  const errors = value.flatMap((entry, index) => {
    const checked = checkSingle({ ...given, value: entry, path: `${given.path}[${index}]` });
    return "errors" in checked ? checked.errors : [];
  });
  return errors.length > 0 ? { errors } : { value };
}

function checkSingle(given: GivenValue): CheckedValue {
  const { op, field } = given;
  if (given.value === undefined) return mistake(given, "is missing", ALLOWED[field.type]);
  if (isRelative(op)) return checkAge(given);
  return CHECKS[field.type](given);
}

/** Numbers that can be stored: fields count, or are amounts in minor units. */
const [LEAST_NUMBER, MOST_NUMBER] = [1e-100, Number.MAX_SAFE_INTEGER];

const ALLOWED: Readonly<Record<Field["type"], string>> = {
  number: `a number from ${-MOST_NUMBER} to ${MOST_NUMBER}`,
  day: "a day, YYYY-MM-DD",
  text: `a text of 1 to ${MAX_TEXT} characters`,
  choice: "one of the field's values",
  flag: "true or false",
  status: "the id of a status",
};

const CHECKS: Readonly<Record<Field["type"], (given: GivenValue) => CheckedValue>> = {
  number: checkNumber,
  day: (given) =>
    typeof given.value === "string" && parseDay(given.value).ok
      ? { value: given.value }
      : mistake(given, "is not a day", ALLOWED.day),
  text: checkText,
  choice: (given) => checkName(given, given.field.choices ?? [], `is no value of ${given.field.name}`),
  flag: (given) =>
    typeof given.value === "boolean" ? { value: given.value } : mistake(given, "is not a flag", ALLOWED.flag),
  status: (given) => checkName(given, given.context.statusIds, "is no status"),
};

function checkNumber(given: GivenValue): CheckedValue {
  const { value } = given;
  if (typeof value !== "number" || !Number.isFinite(value)) return mistake(given, "is not a number", ALLOWED.number);
  const size = Math.abs(value);
  return size > MOST_NUMBER || (size > 0 && size < LEAST_NUMBER)
    ? mistake(given, "is too large or too small a number", ALLOWED.number)
    : { value };
}

/** How old, or how far ahead, in the given unit. */
function checkAge(given: GivenValue): CheckedValue {
  const { value, unit = "days" } = given;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= mostOf[unit]
    ? { value }
    : mistake(given, `is not a number of ${unit}`, `a whole number from 1 to ${mostOf[unit]}`);
}

function checkText(given: GivenValue): CheckedValue {
  const { value, field, op, context } = given;
  if (typeof value !== "string" || value.trim() === "" || value.length > MAX_TEXT)
    return mistake(given, "is not such a text", ALLOWED.text);
  if (!value.isWellFormed()) return mistake(given, "contains a lone surrogate", ALLOWED.text);
  const names = context.categories;
  const isWhole = op !== "contains" && op !== "begins" && op !== "ends";
  if (field.name !== "category" || !isWhole || names.length === 0) return { value };
  return names.some((name) => isSameText(name, value)) ? { value } : notAmong(given, names, "is no category");
}

function checkName(given: GivenValue, names: readonly string[], says: string): CheckedValue {
  const { value } = given;
  return typeof value === "string" && names.includes(value) ? { value } : notAmong(given, names, says);
}

function notAmong(given: GivenValue, names: readonly string[], says: string): CheckedValue {
  const nearest = typeof given.value === "string" ? nearestName(given.value, names) : undefined;
  const hint = nearest === undefined ? "" : `: did you mean ${nearest}?`;
  const allowed = names.length === 0 ? "none, as there are none" : listText(names);
  return mistake(given, `${says}${hint}`, allowed, "unknown-name");
}

const MOST_NAMED = 10;

const listText = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? names.join(", ")
    : `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more`;

/** Texts as criteria compare them: without regard to case, in one Unicode form. */
export const folded = (text: string): string => text.normalize("NFC").trim().toLowerCase();

const isSameText = (a: string, b: string): boolean => folded(a) === folded(b);

const mistake = ({ path, value }: GivenValue, says: string, allowed: string, code = "bad-value"): CheckedValue => ({
  errors: [criteriaError({ path, code: value === undefined ? "missing" : code, says, value, allowed })],
});
