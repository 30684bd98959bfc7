import { emailIdentity, plainPhone } from "../platform/contact-point.ts";
import * as z from "zod";
import { type BulkChunk, operationFields, chunkSchemaOf } from "../bulk-engine/bulk-operation.ts";
import { textSchema } from "../platform/text.ts";
import { daySchema, userIdSchema } from "../platform/values.ts";
import type { Contact } from "../contacts/contact.ts";
import { type ContactId, dealIdSchema, contactIdSchema, planIdSchema, statusIdSchema } from "../platform/ids.ts";

/** Filter of the contacts that a bulk operation adds; all given conditions must hold. */
const audienceSchema = z.strictObject({
  personIds: z.array(contactIdSchema).min(1).max(10_000).optional(),
  ownerId: userIdSchema.optional(),
  /**
   * First known on these days of the tenant's zone, both included. Contacts that are only imported have no such day.
   */
  knownFrom: daySchema.optional(),
  knownTo: daySchema.optional(),
  hasEmail: z.boolean().optional(),
  hasPhone: z.boolean().optional(),
  /** A substring of the name, address, number or external id. */
  search: textSchema.pipe(z.string().max(100)).optional(),
});
export type Audience = z.output<typeof audienceSchema>;

/**
 * Whether a contact belongs to an audience; `knownOn` is the local day on which they became known, where there is one.
 */
export function isInAudience(audience: Audience, person: Contact, knownOn: string | undefined): boolean {
  const { personIds, ownerId, knownFrom, knownTo, hasEmail, hasPhone, search } = audience;
  return (
    (personIds === undefined || personIds.includes(person.personId)) &&
    (ownerId === undefined || person.ownerId === ownerId) &&
    (knownFrom === undefined || (knownOn !== undefined && knownOn >= knownFrom)) &&
    (knownTo === undefined || (knownOn !== undefined && knownOn <= knownTo)) &&
    (hasEmail === undefined || (person.email !== undefined) === hasEmail) &&
    (hasPhone === undefined || (person.phone !== undefined) === hasPhone) &&
    (search === undefined || isFound(person, search))
  );
}

function isFound({ name, email, phone, externalId }: Contact, search: string): boolean {
  const wanted = search.normalize("NFKC").toLowerCase();
  const digits = plainPhone(search).replaceAll(/[\s().+-]/g, "");
  const address = emailIdentity(search);
  return (
    [name, email, externalId].some((text) => text?.normalize("NFKC").toLowerCase().includes(wanted)) ||
    (address !== undefined && email !== undefined && emailIdentity(email) === address) ||
    (/^\d{3,}$/.test(digits) && phone?.includes(digits) === true)
  );
}

/** The request of a bulk operation that adds contacts. */
export const bulkAddSchema = z.strictObject({
  audience: audienceSchema,
  managerId: userIdSchema.optional(),
  statusId: statusIdSchema.optional(),
  title: textSchema.pipe(z.string().max(200)).optional(),
});
export type BulkAdd = z.output<typeof bulkAddSchema>;

/** A bulk operation on an audience that was frozen when it began. */
export const audienceOperationSchema = z.object({
  ...operationFields,
  planId: planIdSchema,
  asked: bulkAddSchema,
  added: z.int(),
  duplicates: z.int(),
  failed: z.int(),
});
export type AudienceOperation = Readonly<z.output<typeof audienceOperationSchema>>;

/** The operation's counter for each state of a contact's result. */
export const jobCounters = { added: "added", duplicate: "duplicates", failed: "failed" } as const;

const audienceResultSchema = z.object({
  state: z.enum(["added", "duplicate", "failed"]),
  dealId: dealIdSchema.optional(),
  reason: z.string().optional(),
});
export type AudienceResult = Readonly<z.output<typeof audienceResultSchema>>;

export const audienceChunkSchema = chunkSchemaOf(contactIdSchema, audienceResultSchema);
export type AudienceChunk = BulkChunk<ContactId, AudienceResult>;
