import * as z from "zod";
import { line } from "../platform/text.ts";

/** Somebody who wants something: one way to tell them apart is needed. */
export const contactDetailsSchema = z
  .strictObject({
    externalId: line(200).optional(),
    name: line(200).optional(),
    email: line(254)
      .regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, "is not an e-mail address")
      .optional(),
    phone: line(40).optional(),
  })
  .refine(
    ({ externalId, email, phone }) => externalId !== undefined || email !== undefined || phone !== undefined,
    "needs an externalId, an e-mail address or a phone number",
  );

export type ContactDetails = z.output<typeof contactDetailsSchema>;

/** What tells a person apart, normalised: the same for the same person however it was written. */
export interface Identity {
  readonly kind: "external-id" | "email" | "phone";
  readonly value: string;
}

/** An address as it is compared: NFKC, lower case; tags and dots in it are its owner's own affair. */
export const normalEmail = (email: string): string => email.normalize("NFKC").trim().toLowerCase();

/** Identities of a person, strongest first (docs/reference/sales-plans.md 5.1). `phone` is already in E.164. */
export function identitiesOf(person: ContactDetails, phone: string | undefined): Identity[] {
  const identities: Identity[] = [];
  if (person.externalId !== undefined) identities.push({ kind: "external-id", value: person.externalId });
  if (person.email !== undefined) identities.push({ kind: "email", value: normalEmail(person.email) });
  if (phone !== undefined) identities.push({ kind: "phone", value: phone });
  return identities;
}
