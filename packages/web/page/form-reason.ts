import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, refuse } from "@regulars/core/platform/result";
import { schemaErrors } from "@regulars/core/platform/schema-errors";
import { daySchema } from "@regulars/core/platform/values";
import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";
import * as z from "zod";

/** A field's text; none when it was left empty. */
const textOrNone = z.string().transform((text) => (text.trim() === "" ? undefined : text));

/** A day, or the empty value of a form field. */
export const dayOrNone = textOrNone.pipe(daySchema.optional()).optional();

/** An id, or the empty value of a form field. */
export const idOrNone = <T extends z.ZodType<unknown, string>>(schema: T) => textOrNone.pipe(schema.optional());

/** Most characters of a refused value that a message repeats. */
const MOST_LETTERS = 60;

/** A refused value, cut to what a message repeats. */
export const cutValue = (value: string): string => cutText(value, MOST_LETTERS);

/** Of a choice: the form shows what there is to choose from, by other names than its values. */
export const NOT_OFFERED = "is not one of the choices of the form";

/** The value that a refusal repeats at its end. */
const VALUE_AGAIN = / \(given .*\)$/s;

/** A sentence of a fault without the value, where that is said before. */
export const withoutValue = (what: string): string => what.replace(VALUE_AGAIN, "");

/** What a schema says of a choice, with the words that programs send; numbers are the same to everybody. */
const WIRE_CHOICE = /^(?:is not one of \D|can only be )/;

/** What is wrong with a value, for whoever wrote it: without the value again, and without the words that programs send. */
export const plainFault = (what: string, isChoice = false): string =>
  isChoice && WIRE_CHOICE.test(what) ? NOT_OFFERED : withoutValue(what);

/** Names of fields by the ids of their texts. */
export type FieldLabels = Readonly<Record<string, PageTextId>>;

/** A field of a form: its name, and what it is called on the page. */
export interface FormField {
  readonly name: string;
  readonly label: string;
}

/** A refusal that is about one field of a form. */
export const refuseField = (field: string, message: string, reason = "unusable-form") => ({
  ...refuse(reason, message),
  errors: [{ path: field, code: "bad-value", message }],
});

/** A refusal of a flow as one of the field that it is about. */
export const inField = <T>(result: Result<T>, field: string | undefined): Result<T> =>
  result.ok || field === undefined ? result : refuseField(field, result.message, result.reason);

/** The fields by their names, as they are called on the page. */
export const labelled =
  (labels: FieldLabels, { text }: PageWords) =>
  (path: readonly PropertyKey[]): FormField | undefined => {
    const name = String(path[0]);
    const label = Object.hasOwn(labels, name) ? labels[name] : undefined;
    return label === undefined ? undefined : { name, label: text(label) };
  };

/**
 * Why a form cannot be used, in the reader's language: each wrong field once, by what it is called on the page, with the
 * value and what is allowed. `otherwise` is for places that no field of the form fills.
 */
export function refuseFields(
  { issues }: z.ZodError,
  given: Readonly<Record<string, unknown>>,
  fieldAt: (path: readonly PropertyKey[]) => FormField | undefined,
  otherwise: PageTextId,
  words: PageWords,
) {
  const errors = issues.flatMap((issue) => {
    const field = fieldAt(issue.path);
    if (field === undefined) return [];
    return [{ path: field.name, code: "bad-value", message: issueReason(issue, given, field, words) }];
  });
  return refuseAll(errors, words.text(otherwise));
}

/** A refusal with a mistake a line, the first of each field; `otherwise` without any. */
export function refuseAll(all: readonly ItemError[], otherwise: string, reason = "unusable-form") {
  const errors = all.filter(({ path }, i) => all.findIndex((one) => one.path === path) === i);
  return {
    ...refuse(reason, errors.length === 0 ? otherwise : errors.map(({ message }) => message).join("\n")),
    errors,
  };
}

/** Every wrong field by its name; without words for one that the form does not have. */
export const fieldErrors = (
  { issues }: Pick<z.ZodError, "issues">,
  given: Readonly<Record<string, unknown>>,
  labels: FieldLabels,
  words: PageWords,
): readonly ItemError[] =>
  issues.map((issue) => {
    const field = labelled(labels, words)(issue.path);
    return {
      path: String(issue.path[0]),
      code: "bad-value",
      message: field === undefined ? "" : issueReason(issue, given, field, words),
    };
  });

function issueReason(
  issue: z.core.$ZodIssue,
  given: Readonly<Record<string, unknown>>,
  { name, label }: FormField,
  words: PageWords,
): string {
  const { say } = words;
  const value = String(given[name] ?? "");
  if (issue.code === "too_big" && issue.origin === "string")
    return say("form.tooLong", { name: label, numb: value.length, most: Number(issue.maximum) });
  if (value === "") return say("form.missing", { name: label });
  // What is inside a field's text is no field of its own: it is not missing, but wrong.
  const said = issue.path.length > 1 ? issue.message : schemaErrors([issue], given)[0]?.message;
  const fault =
    plainFault(said ?? "", issue.code === "invalid_value" || issue.code === "invalid_union") || "cannot be used";
  return say("form.wrong", { name: label, valu: cutValue(value), text: words.refused(fault) });
}

/** The refusal of a choice that a form does not offer; none when it does. */
export const unknownChoice = (
  label: string,
  value: string,
  offered: readonly { readonly value: string; readonly name: string }[],
  { say }: PageWords,
): string | undefined =>
  value === "" || offered.some((one) => one.value === value)
    ? undefined
    : say("form.notOffered", {
        name: label,
        valu: cutValue(value),
        list: offered.map(({ name }) => name).join(", "),
      });
