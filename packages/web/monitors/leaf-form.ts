import { type Criterion, isLeaf, ops, units } from "@regulars/core/monitors/criteria";
import { countedIn } from "@regulars/core/monitors/edit-criteria";
import { type CriteriaContext, fieldOf } from "@regulars/core/monitors/fields";
import { readCriteria } from "@regulars/core/monitors/read-criteria";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { refuseField } from "../page/form-reason.ts";
import { type StatusForm, mistakesIn } from "./status-form.ts";

/** How a comparison is added to criteria. */
export const JOINS = ["all", "any"] as const;

const SET = ["leafField", "leafOp", "leafValue", "leafUnit"] as const;

/** The condition to add. */
export interface AddedCondition {
  readonly part: Criterion;
  readonly how: (typeof JOINS)[number];
}

/** The comparison that the form's fields have beside the criteria, checked; `undefined` when they have none. */
export function addedIn(form: StatusForm, context: CriteriaContext): Result<AddedCondition | undefined> {
  const { leafHow: how = "all", leafField = "", leafOp = "", leafUnit = "" } = form;
  if (how !== "all" && how !== "any") return refuseField("leafHow", `a comparison is added with and, or with or`);
  if (SET.every((name) => (form[name] ?? "") === "")) return ok(undefined);
  if (leafField === "") return refuseField("leafField", "the comparison to add has no field: choose one");
  const op = ops.find((one) => one === leafOp);
  if (op === undefined)
    return refuseField(
      "leafOp",
      leafOp === ""
        ? "the comparison to add does not say how it compares: choose it"
        : `the comparison to add has "${leafOp}", which is not offered: choose one of the list`,
    );
  const unit = units.find((one) => one === leafUnit);
  if (unit === undefined && leafUnit !== "")
    return refuseField("leafUnit", `the unit "${leafUnit}" is not offered: choose one of the list`);
  const leaf = {
    field: leafField,
    op,
    ...valueIn(form["leafValue"] ?? "", op, fieldOf(leafField, context)?.type),
    ...(unit === undefined ? {} : { unit }),
    ...(form["leafOrNever"] === "on" ? { orNever: true } : {}),
    ...(form["leafAutomatic"] === "on" ? { includeAutomatic: true } : {}),
  };
  const read = readCriteria(leaf, context, "comparison");
  if (read.ok) return ok({ part: form["leafNot"] === "on" ? turned(read.value) : read.value, how });
  return refuse("unusable-criteria", mistakesIn(read.errors));
}

/** The opposite of a comparison. Who is let in with "or never" is let in with the opposite too. */
function turned(read: Criterion): Criterion {
  if (!isLeaf(read) || read.orNever !== true) return { not: read };
  const { orNever: _orNever, ...leaf } = read;
  return countedIn({ not: leaf }, "not") ?? { not: leaf };
}

const LISTS: readonly string[] = ["between", "oneOf", "noneOf"];

/** The value that was written: a number, a text, true or false, or a list of them with commas. */
function valueIn(text: string, op: string, type: string | undefined): { readonly value?: unknown } {
  if (text === "") return {};
  const isNumber = type === "number" || ["olderThan", "withinLast", "inNext"].includes(op);
  const one = (part: string): unknown => {
    if (isNumber && /^[-+]?\d+(?:[.,]\d+)?$/.test(part)) return Number(part.replace(",", "."));
    return type === "flag" && /^(?:true|false)$/.test(part) ? part === "true" : part;
  };
  if (!LISTS.includes(op)) return { value: one(text) };
  const parts = text.split(isNumber ? /\s*;\s*|,\s+|\s+and\s+/ : /\s*[,;]\s*/);
  return { value: parts.filter((part) => part !== "").map((part) => one(part)) };
}
