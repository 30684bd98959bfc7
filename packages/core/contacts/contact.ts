import * as z from "zod";
import { leadPersonIdSchema } from "../platform/ids.ts";
import type { Immutable } from "../platform/immutable.ts";
import { instantSchema, userIdSchema } from "../platform/values.ts";

/** Somebody who became known as a lead. */
export const contactSchema = z.object({
  personId: leadPersonIdSchema,
  externalId: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  /** In E.164. */
  phone: z.string().optional(),
  /** The manager who owns the contact, whatever the plan: the strongest evidence. */
  ownerId: userIdSchema.optional(),
  createdAt: instantSchema,
});
export type LeadPerson = Immutable<z.output<typeof contactSchema>>;

/** What a lead tells of somebody who is known: it fills in what is not known of him yet, and changes nothing that is. */
export type LearnedOfPerson = Pick<LeadPerson, "externalId" | "name" | "email" | "phone">;
