import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { customerIdSchema, personIdSchema } from "../platform/values.ts";

/** A person who works at a customer. */
export const personSchema = z.object({
  personId: personIdSchema,
  customerId: customerIdSchema,
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
});
export type Person = Immutable<z.output<typeof personSchema>>;
