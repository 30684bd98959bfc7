import * as z from "zod";
import { emailIdentity } from "../platform/contact-point.ts";
import { line } from "../platform/text.ts";

/** The person of a lead; at least one identity is required. */
export const contactDetailsSchema = z
  .strictObject({
    externalId: line(200).optional(),
    name: line(200).optional(),
    email: line(254)
      .refine((text) => /@[^@]+\.[^@]+$/.test(emailIdentity(text) ?? ""), "is not an e-mail address")
      .optional(),
    phone: line(40).optional(),
  })
  .refine(
    ({ externalId, email, phone }) => externalId !== undefined || email !== undefined || phone !== undefined,
    "needs an externalId, an e-mail address or a phone number",
  );

export type ContactDetails = z.output<typeof contactDetailsSchema>;

/** What a contact is recognised by, normalised: equal for equal contacts in any notation. */
export interface Identity {
  readonly kind: "external-id" | "email" | "phone";
  readonly value: string;
}

/** Identities of a contact, strongest first (docs/reference/sales-plans.md 5.1). `phone` must be in E.164. */
export function identitiesOf(person: ContactDetails, phone: string | undefined): Identity[] {
  const identities: Identity[] = [];
  if (person.externalId !== undefined)
    identities.push({ kind: "external-id", value: person.externalId.normalize("NFC") });
  const email = person.email === undefined ? undefined : emailIdentity(person.email);
  if (email !== undefined) identities.push({ kind: "email", value: email });
  if (phone !== undefined) identities.push({ kind: "phone", value: phone });
  return identities;
}
