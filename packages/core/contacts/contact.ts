import * as z from "zod";
import { contactIdSchema } from "../platform/ids.ts";
import type { Immutable } from "../platform/immutable.ts";
import { instantSchema, userIdSchema } from "../platform/values.ts";

/** Somebody who became known through a lead. */
export const contactSchema = z.object({
  personId: contactIdSchema,
  externalId: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  /** In E.164. */
  phone: z.string().optional(),
  /** The manager who owns the contact, in every plan: the strongest evidence. */
  ownerId: userIdSchema.optional(),
  createdAt: instantSchema,
});
export type Contact = Immutable<z.output<typeof contactSchema>>;

/** What a lead adds to a known contact: it fills in missing details and changes none that are present. */
export type LearnedDetails = Pick<Contact, "externalId" | "name" | "email" | "phone">;
