import { type Evidence, levels, states } from "@regulars/core/insights/finding";
import { otherSubjectTypes } from "@regulars/core/insights/subject";
import { choiceFrom } from "@regulars/core/platform/choice";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { customerIdSchema, daySchema, itemIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { wholeFrom } from "@regulars/core/platform/whole-number";
import * as z from "zod";
import { PROBLEM_TYPE, problemSchema } from "./problem.ts";

/** Schemas shared by several resources. Examples use the wholesaler of the documentation. */

export const dayField = daySchema.meta({ format: "date", example: "2026-11-22" });
export const customerIdField = customerIdSchema.meta({ example: "acme" });
export const userIdField = userIdSchema.meta({ example: "anna" });
export const itemIdField = itemIdSchema.meta({ example: "rye" });

/** An id that is only looked up: an invalid one is treated as unknown. */
export const lookup = (example: string) => z.string().min(1).max(2_000).overwrite(idOfSegment).meta({ example });

const numberOf = (text: unknown): unknown =>
  typeof text === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;

/** A whole number in a query; its error tells the value and what is allowed. */
export const wholeQuery = (least: number, most: number) => z.preprocess(numberOf, wholeFrom(least, most).optional());

const limit = wholeQuery(1, 200).default(50).meta({ example: 50 });

/** One of some words in a query; its error likewise. */
export const choiceQuery = <const T extends readonly [string, ...string[]]>(words: T) => choiceFrom(words).optional();

/** The query of a list. */
export const pageQuery = {
  limit: limit.optional().transform((value) => value ?? 50),
  cursor: z.string().max(4_000).optional().meta({ description: "`next` of the previous page" }),
};

export const asOfQuery = dayField.optional().meta({
  description: "A past day to answer for; default: the day of the last nightly run",
});

/** A page of a list. */
export const pageAnswerSchemaOf = <T extends z.ZodType>(schema: T) =>
  z.object({ data: z.array(schema), next: z.string().nullable().meta({ description: "Cursor of the next page" }) });

export const moneySchema = z
  .object({ minor: z.int().meta({ example: 119_000 }), currency: z.string().meta({ example: "EUR" }) })
  .meta({ id: "Money", description: "Whole minor units (cents) of an ISO 4217 currency" });

const isEvidence = (value: unknown): value is Evidence => typeof value === "object" && value !== null;

const evidenceSchema = z.custom<Evidence>(isEvidence).meta({
  id: "Evidence",
  description: "The rule and its version, each inequality with both sides, every operand, at most 20 source documents",
  type: "object",
  required: ["rule", "checks", "documents"],
  properties: {
    rule: { type: "string" },
    documents: { type: "array", items: { type: "string" } },
    checks: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "says", "value", "op", "threshold"],
        properties: {
          id: { type: "string" },
          says: { type: "string", description: "What was compared, in English" },
          values: {
            type: "object",
            description: "The numbers and days in `says`, by name",
            additionalProperties: { type: ["number", "string"] },
          },
          value: { type: ["number", "string"] },
          op: { type: "string", enum: ["<=", "<", ">=", ">"] },
          threshold: { type: ["number", "string"] },
        },
      },
    },
  },
});

/** The subject of a finding. */
export const subjectFields = {
  customerId: z.string().optional().meta({ description: "Absent if the subject belongs to no customer" }),
  itemId: z.string().optional(),
  subject: z
    .object({ type: z.enum(otherSubjectTypes), id: z.string() })
    .optional()
    .meta({ description: "The subject, unless it is the customer or the item" }),
};

export const findingSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    ...subjectFields,
    repId: z.string().nullable(),
    level: z.enum(levels),
    atStakeMinor: z.int(),
    currency: z.string(),
    since: z.string(),
    state: z.enum(states),
    ruleHeldUntil: z.string().optional().meta({
      description:
        "For a lost item that stays open after its rule stopped holding: the last day on which the rule held",
    }),
    dismissedUntil: z.string().optional().meta({ description: "The day on which a dismissed finding returns" }),
    evidence: evidenceSchema,
  })
  .meta({ id: "Finding", description: "A finding, with everything needed to recompute it by hand" });

const problemContent = { [PROBLEM_TYPE]: { schema: problemSchema } };

const PROBLEMS = {
  400: "The request is malformed: invalid JSON, parameter or cursor",
  401: "Missing or invalid credentials",
  403: "The caller lacks the right, or the feature is not in the tenant's edition",
  404: "It does not exist, or is not visible to the caller",
  409: "It conflicts with the current state, or the same request is in progress",
  410: "It is archived",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "Invalid fields, each with its path",
  429: "Too many requests: see RateLimit-* and Retry-After",
  503: "Temporarily unavailable: see Retry-After",
} as const;

/** Problem statuses of a route that writes, with or without a body. */
const WRITE_PROBLEMS = [409, 413, 415, 422] as const;

type ProblemStatus = keyof typeof PROBLEMS;

/**
 * Problem responses for a route's description; "write": those of a route that writes. Every authenticated route may also
 * answer 400, 401, 403, 429 and 503.
 */
export const problems = (...given: readonly (ProblemStatus | "write")[]) => {
  const statuses = given.flatMap((one) => (one === "write" ? WRITE_PROBLEMS : [one]));
  return openProblems(...new Set<ProblemStatus>([400, 401, 403, 429, 503, ...statuses]));
};

/** Problem responses of a route that needs no credentials: only these. */
export const openProblems = (...statuses: readonly ProblemStatus[]) =>
  Object.fromEntries(statuses.map((status) => [status, { description: PROBLEMS[status], content: problemContent }]));

/** A JSON response for a route's description. */
export const json = <T extends z.ZodType>(schema: T, description: string, example?: z.input<T>) => ({
  description,
  content: { "application/json": { schema, ...(example === undefined ? {} : { example }) } },
});

/** A JSON body for a route's description. */
export const body = <T extends z.ZodType>(schema: T, example: unknown) => ({
  required: true as const,
  content: { "application/json": { schema, example } },
});

/** The header that makes a write idempotent. */
export const idempotencyHeader = z.object({
  "idempotency-key": z
    .string()
    .optional()
    .meta({ description: "A repeated request gets the first one's answer; kept for seven days" }),
});
