import { nearestName } from "../platform/nearest-name.ts";
import { type Leaf, ops, units } from "./criteria.ts";
import { checkValue } from "./check-value.ts";
import { type CriteriaError, criteriaError } from "./criteria-error.ts";
import { type CriteriaContext, type Field, fieldNames, fieldOf } from "./fields.ts";
import { isRelative, mostOf, opsOf } from "./operators.ts";

type Given = Readonly<Record<string, unknown>>;

/** A leaf with the usual name of its field, or everything that is wrong with it. */
type CheckedLeaf = { readonly leaf: Leaf } | { readonly errors: readonly CriteriaError[] };

const LEAF_KEYS = ["field", "op", "value", "unit", "orNever", "includeAutomatic"];

export function checkLeaf(given: Given, path: string, context: CriteriaContext): CheckedLeaf {
  const at = (key: string) => (path === "" ? key : `${path}.${key}`);
  const field = readField(given, at("field"), context);
  const op = ops.find((candidate) => candidate === given["op"]);
  const errors = [
    ...unknownKeys(given, at),
    ...("message" in field ? [field] : opErrors(given, field, at)),
    ...("message" in field || op === undefined ? [] : flagErrors(given, field, at)),
  ];
  if ("message" in field || op === undefined || errors.length > 0) return { errors };
  const unit = units.find((candidate) => candidate === given["unit"]);
  const value = checkValue({ op, value: given["value"], unit, field, path: at("value"), context });
  if ("errors" in value) return value;
  return {
    leaf: {
      field: field.name,
      op,
      ...(value.value === undefined ? {} : { value: value.value }),
      ...(unit === undefined ? {} : { unit }),
      ...(given["orNever"] === true ? { orNever: true } : {}),
      ...(given["includeAutomatic"] === true ? { includeAutomatic: true } : {}),
    },
  };
}

type At = (key: string) => string;

const unknownKeys = (given: Given, at: At): CriteriaError[] =>
  Object.keys(given)
    .filter((key) => !LEAF_KEYS.includes(key))
    .map((key) =>
      criteriaError({
        path: at(key),
        code: "unknown-property",
        says: `is no property of a comparison${didYouMean(key, LEAF_KEYS)}`,
        allowed: LEAF_KEYS.join(", "),
      }),
    );

function readField(given: Given, path: string, context: CriteriaContext): Field | CriteriaError {
  const isStatus = given["op"] === "hasStatus" || given["op"] === "hasNotStatus";
  const name = given["field"] ?? (isStatus ? "status" : undefined);
  if (typeof name !== "string")
    return criteriaError({
      path,
      code: name === undefined ? "missing" : "wrong-type",
      says: name === undefined ? "is missing" : "is no field",
      value: name,
      allowed: "the name of a field, like sale.sold.total",
    });
  const found = fieldOf(name, context);
  if (found?.source === "health" && context.healthOff !== undefined)
    return criteriaError({
      path,
      code: "health-off",
      says: `cannot be compared: ${context.healthOff}`,
      value: name,
      allowed: "fields other than health while it is off",
    });
  if (found !== undefined) return found;
  const nearest = nearestName(name, fieldNames(context)) ?? "";
  return criteriaError({
    path,
    code: "unknown-field",
    says: `is no field of a ${context.ownerType}: did you mean ${nearest}?`,
    value: name,
    allowed: `fields like ${nearest}`,
  });
}

function opErrors({ op, unit }: Given, field: Field, at: At): CriteriaError[] {
  const allowed = opsOf[field.type];
  const known = allowed.find((candidate) => candidate === op);
  if (known === undefined)
    return [
      criteriaError({
        path: at("op"),
        code: op === undefined ? "missing" : "unknown-operator",
        says: op === undefined ? "is missing" : `is no operator of ${field.name}`,
        value: op,
        allowed: allowed.join(", "),
      }),
    ];
  if (!isRelative(known))
    return unit === undefined
      ? []
      : [
          criteriaError({
            path: at("unit"),
            code: "bad-value",
            says: `does not go with ${known}`,
            value: unit,
            allowed: "no unit",
          }),
        ];
  if (units.some((candidate) => candidate === unit)) return [];
  return [
    criteriaError({
      path: at("unit"),
      code: unit === undefined ? "missing" : "bad-value",
      says: unit === undefined ? `is missing: ${known} needs one` : "is no unit",
      value: unit,
      allowed: units.map((name) => `${name} (up to ${mostOf[name]})`).join(", "),
    }),
  ];
}

/** `orNever` and `includeAutomatic` where they can have a meaning. */
function flagErrors(given: Given, field: Field, at: At): CriteriaError[] {
  const op = given["op"];
  const countsActivities = field.source === "counter" && field.counter.filter.records === "activity";
  const mayBeNull = field.type !== "status" && op !== "isNull" && op !== "isNotNull";
  return [
    ...flagError(given["orNever"], mayBeNull, at("orNever"), "comparisons with a value"),
    ...flagError(given["includeAutomatic"], countsActivities, at("includeAutomatic"), "counters of activities"),
  ];
}

function flagError(value: unknown, isAllowed: boolean, path: string, where: string): CriteriaError[] {
  if (value === undefined || value === false || (value === true && isAllowed)) return [];
  const isFlag = typeof value === "boolean";
  return [
    criteriaError({
      path,
      code: isFlag ? "bad-value" : "wrong-type",
      says: isFlag ? "has no meaning here" : "is not true or false",
      value,
      allowed: `true or false, true only for ${where}`,
    }),
  ];
}

/** ": did you mean X?", or nothing without candidates. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? "" : `: did you mean ${nearest}?`;
}
