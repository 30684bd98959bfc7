import { cutText } from "../platform/cut-text.ts";
import type { ItemError } from "../platform/field-error.ts";

/** A mistake in criteria: where, what was given, and what is allowed there. */
export interface CriteriaError extends ItemError {
  readonly value?: unknown;
  readonly allowed: string;
}

interface Mistake {
  readonly path: string;
  readonly code: string;
  /** What is wrong, without the value: "is not a day". */
  readonly says: string;
  readonly value?: unknown;
  readonly allowed: string;
}

/** The message says the value and what is allowed, so that it is enough by itself. */
export const criteriaError = ({ path, code, says, value, allowed }: Mistake): CriteriaError => ({
  path,
  code,
  message: `${value === undefined ? "" : `${shown(value)} `}${says}${says.endsWith("?") ? "" : "."} Allowed: ${allowed}`,
  ...(value === undefined ? {} : { value }),
  allowed,
});

const MOST_SHOWN = 80;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return cutText(text, MOST_SHOWN);
};
