import type * as z from "zod";
import { type ItemError, pathText } from "./field-error.ts";
import { MISSING, wordIssues } from "./issue-words.ts";
import { shownValue } from "./shown-value.ts";
import { unknownErrors } from "./unknown-property.ts";

wordIssues();

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The errors that a schema found in `input`, one per place. */
export function schemaErrors(issues: readonly Issue[], input: unknown): ItemError[] {
  return issues.flatMap((issue) => errorsOf(issue, [], input));
}

/**
 * Those of one item of many, each with the value that was given: whoever reads them has not the item at hand. `cells`
 * are what was checked, when that is not the item itself.
 */
export function itemErrors(issues: readonly Issue[], item: unknown, cells: unknown = item): ItemError[] {
  return issues.flatMap((issue) =>
    errorsOf(issue, [], cells, (path) => {
      const given = valueAt(item, path) ?? valueAt(cells, path);
      return given === undefined || path.length === 0 ? undefined : shownValue(given);
    }),
  );
}

type ShownAt = (path: Path) => string | undefined;

function errorsOf(issue: Issue, under: Path, input: unknown, shownAt?: ShownAt): ItemError[] {
  const path = [...under, ...issue.path];
  if (issue.code === "unrecognized_keys") return unknownErrors(issue, path);
  if (issue.code === "invalid_union") {
    const meant = issue.errors.find((branch) => !branch.some(isAboutAll));
    if (meant !== undefined) return meant.flatMap((inner) => errorsOf(inner, path, input, shownAt));
  }
  const isMissing = valueAt(input, path) === undefined;
  return [
    {
      path: pathText(path),
      code: isMissing ? "missing" : (CODES[issue.code] ?? "bad-value"),
      message: isMissing ? MISSING : withValue(issue.message, shownAt?.(path)),
    },
  ];
}

/** A message with the value that was given; some name it already. */
export const withValue = (message: string, shown: string | undefined): string =>
  shown === undefined || message.startsWith(shown) || message.includes("(given ")
    ? message
    : `${message} (given ${shown})`;

/** A union branch that the whole value does not match is not the one that was meant. */
const isAboutAll = (issue: Issue): boolean => issue.path.length === 0 && issue.code === "invalid_type";

const CODES: Readonly<Record<string, string>> = { invalid_type: "wrong-type", invalid_union: "wrong-type" };

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
