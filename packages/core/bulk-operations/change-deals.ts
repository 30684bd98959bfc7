import * as z from "zod";
import { type BulkChunk, operationFields, chunkSchemaOf } from "../bulk-engine/bulk-operation.ts";
import { commentSchema } from "../deals/deal.ts";
import { userIdSchema } from "../platform/values.ts";
import { dealFilterSchema } from "../boards/board-query.ts";
import { dealIdSchema, planIdSchema, reasonIdSchema, statusIdSchema } from "../platform/ids.ts";
import { MOST_CLARIFICATION } from "../sales-plans/refusal.ts";

const comment = commentSchema.optional();

/** The change that is applied to each deal. */
export const dealActionSchema = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("move"),
    statusId: statusIdSchema,
    reasonId: reasonIdSchema.optional(),
    clarification: z.string().trim().max(MOST_CLARIFICATION).optional(),
  }),
  z.strictObject({ action: z.literal("cancel"), comment }),
  /** Without a manager the plan's balance chooses one for each deal; no turns in the round-robin are used up. */
  z.strictObject({ action: z.literal("transfer"), managerId: userIdSchema.optional(), comment }),
]);
export type BulkAction = Readonly<z.output<typeof dealActionSchema>>;

/** The request of a bulk operation on deals: which deals, and which change. */
export const dealBulkSchema = z.strictObject({
  change: dealActionSchema,
  dealIds: z.array(dealIdSchema).min(1).max(10_000).optional(),
  filter: dealFilterSchema.optional(),
});
export type DealBulk = z.output<typeof dealBulkSchema>;

/** A bulk operation on deals that were frozen when it began. */
export const dealOperationSchema = z.object({
  ...operationFields,
  planId: planIdSchema,
  change: dealActionSchema,
  changed: z.int(),
  same: z.int(),
  failed: z.int(),
});
export type DealOperation = Readonly<z.output<typeof dealOperationSchema>>;

/** The operation's counter for each state of a deal's result. */
export const dealJobCounters = { changed: "changed", same: "same", failed: "failed" } as const;

/** A deal, and its new manager where that was decided when the bulk operation began. */
const dealMemberSchema = z.object({ dealId: dealIdSchema, managerId: userIdSchema.optional() });
export type DealMember = Readonly<z.output<typeof dealMemberSchema>>;

const resultSchema = z.object({ state: z.enum(["changed", "same", "failed"]), reason: z.string().optional() });
export type DealOperationResult = Readonly<z.output<typeof resultSchema>>;

export const dealOperationChunkSchema = chunkSchemaOf(dealMemberSchema, resultSchema);
export type DealOperationChunk = BulkChunk<DealMember, DealOperationResult>;
