import * as z from "zod";
import { textSchema } from "../platform/text.ts";
import { userIdSchema } from "../platform/values.ts";
import { dealFilterSchema } from "../boards/board-query.ts";
import { dealIdSchema, jobIdSchema, planIdSchema, reasonIdSchema, statusIdSchema } from "../platform/ids.ts";
import { MOST_CLARIFICATION } from "../sales-plans/refusal.ts";

/** Deals of one page of what a mass action was asked for. */
export const DEAL_JOB_PAGE = 100;

const comment = textSchema.pipe(z.string().max(500)).optional();

/** What is to become of many deals. */
export const dealActionSchema = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("move"),
    statusId: statusIdSchema,
    reasonId: reasonIdSchema.optional(),
    clarification: z.string().trim().max(MOST_CLARIFICATION).optional(),
  }),
  z.strictObject({ action: z.literal("cancel"), comment }),
  /** Without a manager the plan's balance rule gives each deal one; nobody's turn is used. */
  z.strictObject({ action: z.literal("transfer"), managerId: userIdSchema.optional(), comment }),
]);
export type BulkAction = Readonly<z.output<typeof dealActionSchema>>;

/** A mass action on deals: which, and what. */
export const dealBulkSchema = z.strictObject({
  change: dealActionSchema,
  dealIds: z.array(dealIdSchema).min(1).max(10_000).optional(),
  filter: dealFilterSchema.optional(),
});
export type DealBulk = z.output<typeof dealBulkSchema>;

/** A mass action on deals that were written down when it began: `next` of `total` are done. */
export const dealJobSchema = z.object({
  jobId: jobIdSchema,
  planId: planIdSchema,
  state: z.enum(["running", "done"]),
  change: dealActionSchema,
  total: z.int(),
  next: z.int(),
  changed: z.int(),
  same: z.int(),
  failed: z.int(),
  actorId: z.string(),
  requestId: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
});
export type DealJob = Readonly<z.output<typeof dealJobSchema>>;

const resultSchema = z.object({ state: z.enum(["changed", "same", "failed"]), reason: z.string().optional() });
export type DealJobResult = Readonly<z.output<typeof resultSchema>>;

/** A hundred of a job's deals, to whom each goes where it was decided beforehand, and what became of the first so far. */
export const dealJobPageSchema = z.object({
  page: z.int(),
  deals: z.array(z.object({ dealId: dealIdSchema, managerId: userIdSchema.optional() })),
  results: z.array(resultSchema),
});
export type DealJobPage = Readonly<z.output<typeof dealJobPageSchema>>;
