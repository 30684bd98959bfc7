import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import {
  currencySchema,
  customerIdSchema,
  daySchema,
  minorSchema,
  projectIdSchema,
  saleIdSchema,
} from "../platform/values.ts";

export const saleStatuses = ["open", "sold", "lost"] as const;

/**
 * A sale in progress: open until it is won or lost. It is not an order of the ERP. `amountMinor` is in minor units of
 * `currency`; either both are present or neither.
 */
export const saleSchema = z.object({
  saleId: saleIdSchema,
  customerId: customerIdSchema,
  projectId: projectIdSchema.optional(),
  status: z.enum(saleStatuses),
  saleOn: daySchema,
  amountMinor: minorSchema.optional(),
  currency: currencySchema.optional(),
});
export type Sale = Immutable<z.output<typeof saleSchema>>;
