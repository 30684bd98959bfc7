import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { currencySchema, customerIdSchema, minorSchema, projectIdSchema } from "../platform/values.ts";

const amountSchema = z.object({ minor: minorSchema, currency: currencySchema });

/**
 * A customer's project over some time; its status is free text from the ERP. Revenue and cost so far are as the ERP
 * sends them, in minor units of their currency.
 */
export const projectSchema = z.object({
  projectId: projectIdSchema,
  customerId: customerIdSchema,
  name: z.string().optional(),
  status: z.string().optional(),
  revenue: amountSchema.optional(),
  cost: amountSchema.optional(),
});
export type Project = Immutable<z.output<typeof projectSchema>>;
