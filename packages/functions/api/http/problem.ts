import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import { schemaErrors } from "@regulars/core/platform/schema-errors";
import * as z from "zod";

interface ProblemInput {
  readonly status: number;
  /** Kebab-case, for programs. */
  readonly code: string;
  /** For people: what failed, with ids, and what to do. */
  readonly detail: string;
  readonly errors?: readonly ItemError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error answer; thrown, it ends the request. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly errors: readonly ItemError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, detail, errors = [], headers = {} }: ProblemInput) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  410: "Gone",
  413: "Too large",
  415: "Unsupported media type",
  422: "Not usable",
  429: "Too many requests",
  500: "Internal error",
  503: "Try again later",
};

/** The form of every error answer (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: "A kebab-case word for programs, as a relative reference" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    requestId: z.string(),
  })
  .meta({ id: "Problem", description: "An error (RFC 9457)" });

export const PROBLEM_TYPE = "application/problem+json";

/** A problem as a document. */
export const problemBody = (
  { status, code, message: detail, errors }: Problem,
  requestId: string,
): z.output<typeof problemSchema> => ({
  type: code,
  title: TITLES[status] ?? "Error",
  status,
  detail,
  errors: [...errors],
  requestId,
});

/** The response of a problem. */
export function problemResponse(problem: Problem, requestId: string): Response {
  const { status, headers } = problem;
  return new Response(JSON.stringify(problemBody(problem, requestId)), {
    status,
    headers: { ...headers, "content-type": PROBLEM_TYPE },
  });
}

/** Statuses of refusal reasons; "unknown-…" is 404, and field errors are 422. */
const REFUSALS: Readonly<Record<string, number>> = {
  "feature-not-in-edition": 403,
  "health-off": 403,
  "price-editing-off": 404,
  "not-allowed": 403,
  "no-nightly-run": 404,
  "not-suppressed": 404,
  "changed-meanwhile": 409,
  "later-nightly-run": 409,
  "too-many-live-keys": 409,
  "too-many-webhooks": 409,
  "already-linked": 409,
  "backtest-open": 409,
  "backtest-not-done": 409,
  "plan-archived": 410,
  "currency-in-use": 409,
  "stale-version": 409,
  "deal-closed": 409,
  "deal-removed": 409,
  "not-closed": 409,
  "assignment-pending": 409,
  "person-has-open-deal": 409,
  "status-has-deals": 409,
  "status-in-use": 409,
  "asks-for-deleted": 409,
  "monitor-exists": 409,
  "follow-up-ended": 409,
  "status-not-held": 409,
  "selection-is-static": 409,
  "selection-is-dynamic": 409,
  "too-many-selections": 409,
  "too-many-monitors": 409,
  "already-asked": 409,
  "asked-too-often": 409,
  "wrong-state": 409,
};

interface Refusal {
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
}

/** A flow's refusal as a problem. */
export function refused({ reason, message, errors = [] }: Refusal): Problem {
  const status = REFUSALS[reason] ?? (reason.startsWith("unknown-") ? 404 : 422);
  const headers = reason === "assignment-pending" ? { "retry-after": "1" } : {};
  return new Problem({ status, code: reason, detail: message, errors, headers });
}

/** The value of a result, or its refusal as a problem. */
export function valueOf<T>(result: { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Refusal)): T {
  if (result.ok) return result.value;
  throw refused(result);
}

const LONGEST_MESSAGE = 300;
const MOST_ERRORS = 50;

/** The errors that a schema found in a request. Their messages may contain the input, of any length. */
export const fieldErrors = (error: z.core.$ZodError, given: unknown): readonly ItemError[] =>
  schemaErrors(error.issues, given)
    .slice(0, MOST_ERRORS)
    .map((one) => ({ ...one, message: cutText(one.message.toWellFormed(), LONGEST_MESSAGE - 1) }));
