import * as z from "zod";
import { type ItemError, pathText } from "./field-error.ts";
import { nearestName } from "./nearest-name.ts";

const UNKNOWN = "is no property of this";

/**
 * Says of a property that a schema does not know which ones there are, and which of them is probably meant:
 * `is no property of this: did you mean percent? There are percent, mode`.
 */
export function unknownProperty(given: string, known: readonly string[]): string {
  const nearest = nearestName(given, known);
  return nearest === undefined ? UNKNOWN : `${UNKNOWN}: did you mean ${nearest}? There are ${known.join(", ")}`;
}

type Path = readonly PropertyKey[];

/** An error for each unknown property of a place; only the first one says which there are. */
export const unknownErrors = (issue: z.core.$ZodIssueUnrecognizedKeys, path: Path = issue.path): ItemError[] =>
  issue.keys.map((key, at) => ({
    path: pathText([...path, key]),
    code: "unknown-property",
    message: at === 0 ? issue.message : UNKNOWN,
  }));

/** The place of an issue's fault, of unknown properties that of the first, and what is wrong there. */
export const faultOf = (issue: z.core.$ZodIssue): { readonly path: string; readonly message: string } => ({
  path: [...issue.path, ...(issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])].join("."),
  message: issue.message,
});

/** The names that a schema of an object, or of a record of certain names, knows. */
function namesOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}

/** What the field may be by which a union tells its branches apart; none for other schemas. */
function typesOf(schema: unknown): readonly unknown[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  return schema.options.flatMap((option): readonly unknown[] => {
    const field: unknown = option instanceof z.ZodObject ? option.shape[schema.def.discriminator] : undefined;
    return field instanceof z.ZodLiteral ? [...field.values] : field instanceof z.ZodEnum ? field.options : [];
  });
}

// For every schema at once, so that none can forget it. A schema's own words come first.
z.config({
  customError: (issue) => {
    if (issue.code === "unrecognized_keys") return unknownProperty(issue.keys[0] ?? "", namesOf(issue.inst));
    const choices = choicesOf(issue);
    return choices.length === 0 ? undefined : `is not one of ${choices.map(String).join(", ")}`;
  },
});

/** What may stand where a choice was made that is none; none where something else is wrong. */
function choicesOf(issue: z.core.$ZodRawIssue): readonly unknown[] {
  if (issue.code === "invalid_value") return issue.values;
  return issue.code === "invalid_union" ? typesOf(issue.inst) : [];
}
