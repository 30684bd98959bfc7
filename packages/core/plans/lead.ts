import * as z from "zod";
import { type Day, currencySchema, userIdSchema } from "../values.ts";
import { reasonIdSchema, statusIdSchema } from "./ids.ts";
import { ownFieldsSchema } from "./own-fields.ts";
import { amountInputSchema } from "./plan.ts";

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "has a control character in it");

/** Somebody who wants something: one way to tell him apart is needed. */
export const leadContactSchema = z
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
export type LeadContact = z.output<typeof leadContactSchema>;

export const duplicateChoices = ["return", "create", "update"] as const;

const utmSchema = z
  .record(line(40), line(200))
  .refine((utm) => Object.keys(utm).length <= 20, "has more than 20 entries");

/** A lead as a tunnel, an API caller or a person sends it (sales-plans.md 7). */
export const leadSchema = z.strictObject({
  person: leadContactSchema,
  deal: z
    .strictObject({
      title: line(200).optional(),
      amount: amountInputSchema.optional(),
      currency: currencySchema.optional(),
      statusId: statusIdSchema.optional(),
      reasonId: reasonIdSchema.optional(),
      clarification: z.string().trim().max(500).optional(),
    })
    .prefault({}),
  source: z
    .strictObject({ tunnelId: line(100).optional(), blockId: line(100).optional(), utm: utmSchema.optional() })
    .optional(),
  assign: z.strictObject({ managerId: userIdSchema.nullish() }).optional(),
  onDuplicate: z.enum(duplicateChoices).default("return"),
  occurredAt: z.iso.datetime({ offset: true }).optional(),
  eventId: line(200).optional(),
  fields: ownFieldsSchema.optional(),
});
export type Lead = z.output<typeof leadSchema>;

const KNOWN = new Set(Object.keys(leadSchema.shape));

/**
 * A lead of a sender that is not strict: what it says at the top that nobody asked for is kept in `fields`
 * (sales-plans.md 7). Anything that is no object is left to the schema to refuse.
 */
export function leniently(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body);
  const extra = entries.filter(([name]) => !KNOWN.has(name));
  if (extra.length === 0) return body;
  const known = Object.fromEntries(entries.filter(([name]) => KNOWN.has(name)));
  const { fields } = known;
  const kept = typeof fields === "object" && fields !== null && !Array.isArray(fields) ? fields : {};
  return { ...known, fields: { ...kept, ...Object.fromEntries(extra) } };
}

/** What tells a person apart, normalised: the same for the same person however it was written. */
export interface Identity {
  readonly kind: "external-id" | "email" | "phone";
  readonly value: string;
}

/** An address as it is compared: NFKC, lower case; tags and dots in it are its owner's own affair. */
export const normalEmail = (email: string): string => email.normalize("NFKC").trim().toLowerCase();

/** Identities of a person, strongest first (sales-plans.md 5.1). `phone` is already in E.164. */
export function identitiesOf(person: LeadContact, phone: string | undefined): Identity[] {
  const identities: Identity[] = [];
  if (person.externalId !== undefined) identities.push({ kind: "external-id", value: person.externalId });
  if (person.email !== undefined) identities.push({ kind: "email", value: normalEmail(person.email) });
  if (phone !== undefined) identities.push({ kind: "phone", value: phone });
  return identities;
}

/**
 * The key of a delivery whose sender gave none: the same lead from the same block on one day is one delivery
 * (sales-plans.md 7). Joined by a character that no part contains.
 */
export function derivedKey(planId: string, lead: Lead, identities: readonly Identity[], occurredOn: Day): string {
  const [who] = identities;
  const { tunnelId = "", blockId = "" } = lead.source ?? {};
  return ["derived", planId, who?.kind ?? "", who?.value ?? "", tunnelId, blockId, occurredOn].join("\u0000");
}
