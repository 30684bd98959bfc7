import { schemaErrors } from "@regulars/core/platform/schema-errors";
import { daySchema } from "@regulars/core/platform/values";
import * as z from "zod";

/** A field's text; none when it was left empty. */
const textOrNone = z.string().transform((text) => (text.trim() === "" ? undefined : text));

/** A day, or the empty value of a form field. */
export const dayOrNone = textOrNone.pipe(daySchema.optional()).optional();

/** An id, or the empty value of a form field. */
export const idOrNone = <T extends z.ZodType<unknown, string>>(schema: T) => textOrNone.pipe(schema.optional());

/** Most letters of a refused value that are told back. */
const MOST_LETTERS = 60;

/**
 * Why a form cannot be used: its first wrong field by the label that it has on the page, the value, and what is allowed.
 * `otherwise` is for a field that the form does not have.
 */
export function fieldReason(
  { issues }: z.ZodError,
  given: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
  otherwise: string,
): string {
  const [issue] = issues;
  const name = String(issue?.path[0]);
  const label = labels[name];
  if (issue === undefined || label === undefined) return otherwise;
  const value = String(given[name] ?? "");
  if (issue.code === "too_big") return `${label} has ${value.length} characters; at most ${issue.maximum} can be kept`;
  const [said] = schemaErrors([issue], given);
  const shown = value.length <= MOST_LETTERS ? value : `${value.slice(0, MOST_LETTERS)}…`;
  return value === ""
    ? `${label} is missing: fill it in, then send the form again`
    : `${label} “${shown}” ${said?.message ?? "cannot be used"}`;
}

/** The refusal of a choice that a form does not offer; none when it does. */
export const unknownChoice = (
  label: string,
  value: string,
  offered: readonly { readonly value: string; readonly name: string }[],
): string | undefined =>
  value === "" || offered.some((one) => one.value === value)
    ? undefined
    : `${label} “${value.slice(0, MOST_LETTERS)}” is not offered: choose ${offered.map(({ name }) => name).join(", ")}`;
