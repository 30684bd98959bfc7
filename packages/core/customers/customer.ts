import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { currencySchema, customerIdSchema, userIdSchema } from "../platform/values.ts";

/** A company that buys. Only its id is required; fields that the ERP did not send are absent. */
export const customerSchema = z.object({
  customerId: customerIdSchema,
  name: z.string().optional(),
  category: z.string().optional(),
  repId: userIdSchema.optional(),
  assignedUserId: userIdSchema.optional(),
  teamId: z.string().optional(),
  territoryId: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  currency: currencySchema.optional(),
  /** "YYYY-MM-DD", or "MM-DD" for every year. */
  closedFrom: z.string().optional(),
  closedTo: z.string().optional(),
  /** May not buy on account. */
  creditHold: z.boolean().optional(),
});
export type Customer = Immutable<z.output<typeof customerSchema>>;
