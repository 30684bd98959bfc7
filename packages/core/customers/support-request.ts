import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { customerIdSchema, daySchema, instantSchema, personIdSchema, requestIdSchema } from "../platform/values.ts";

/**
 * A support case of a customer: open until it is closed. Its days are in the tenant's zone, fixed at import
 * (docs/reference/insights.md G1).
 */
export const supportRequestSchema = z.object({
  requestId: requestIdSchema,
  customerId: customerIdSchema,
  personId: personIdSchema.optional(),
  createdAt: instantSchema,
  createdOn: daySchema,
  closedAt: instantSchema.optional(),
  closedOn: daySchema.optional(),
});
export type SupportRequest = Immutable<z.output<typeof supportRequestSchema>>;
