import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { currencySchema, customerIdSchema, externalIdSchema, minorSchema } from "../platform/values.ts";

/**
 * A contact from another system, whom sales plans can add: one record per id in that system. `email` is in its
 * readable form; `phone` is as given; `customerId` is their company, when it is a customer; `amountMinor` is in
 * minor units of `currency`, either both are present or neither.
 */
export const importedContactSchema = z.object({
  externalId: externalIdSchema,
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  customerId: customerIdSchema.optional(),
  title: z.string().optional(),
  amountMinor: minorSchema.optional(),
  currency: currencySchema.optional(),
});
export type ImportedContact = Immutable<z.output<typeof importedContactSchema>>;
