import type * as z from "zod";
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
