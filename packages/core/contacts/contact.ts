import * as z from "zod";
import { contactIdSchema } from "../platform/ids.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type CustomerId, instantSchema, personIdSchema, userIdSchema } from "../platform/values.ts";

/** Somebody who became known through a lead or a deal; they may also be a person at a customer. */
export const contactSchema = z.object({
  personId: contactIdSchema,
  externalId: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  /** In E.164. */
  phone: z.string().optional(),
  /** The manager who owns the contact, in every plan: the strongest evidence. */
  ownerId: userIdSchema.optional(),
  /** The person at a customer who this contact is, once an import or a lead has shown it. */
  customerPersonId: personIdSchema.optional(),
  createdAt: instantSchema,
});
export type Contact = Immutable<z.output<typeof contactSchema>>;

/** A contact with the customer at which they work now. */
export interface ContactAtCustomer {
  readonly contact: Contact;
  readonly customerId?: CustomerId | undefined;
}

/** What a lead adds to a known contact: it fills in missing details and changes none that are present. */
export type LearnedDetails = Pick<Contact, "externalId" | "name" | "email" | "phone">;

/** A contact as they are stored first, when a person at a customer becomes known through a lead or a deal. */
export type FirstDetails = Omit<Contact, "createdAt">;

/** A contact's details, with those that are missing filled in from what is given. */
export const filledIn = (known: FirstDetails, { externalId, name, email, phone }: LearnedDetails): FirstDetails => ({
  ...known,
  externalId: known.externalId ?? externalId,
  name: known.name ?? name,
  email: known.email ?? email,
  phone: known.phone ?? phone,
});
