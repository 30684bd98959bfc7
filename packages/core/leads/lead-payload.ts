import * as z from "zod";
import { isRecord } from "../platform/is-record.ts";
import { line } from "../platform/text.ts";
import { type Identity, contactDetailsSchema } from "../contacts/identity.ts";
import { amountInputSchema } from "../platform/amount-input.ts";
import { type Day, currencySchema, userIdSchema } from "../platform/values.ts";
import { reasonIdSchema, statusIdSchema } from "../platform/ids.ts";
import { customFieldsSchema } from "../sales-plans/custom-fields.ts";

export const duplicateChoices = ["return", "create", "update"] as const;

const utmSchema = z
  .record(line(40), line(200))
  .refine((utm) => Object.keys(utm).length <= 20, "has more than 20 entries");

/** A lead as an integration, an API caller or a user sends it (docs/reference/sales-plans.md 7). */
export const leadPayloadSchema = z.strictObject({
  person: contactDetailsSchema,
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
  fields: customFieldsSchema.optional(),
});

export type LeadPayload = z.output<typeof leadPayloadSchema>;

const KNOWN = new Set(Object.keys(leadPayloadSchema.shape));

/**
 * A lead of a sender that is not strict: unknown top-level fields are moved to `fields` (docs/reference/sales-plans.md
 * 7). Anything that is not an object is left for the schema to refuse.
 */
export function acceptUnknownFields(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const entries = Object.entries(body);
  const extra = entries.filter(([name]) => !KNOWN.has(name));
  if (extra.length === 0) return body;
  const known = Object.fromEntries(entries.filter(([name]) => KNOWN.has(name)));
  const { fields } = known;
  const kept = isRecord(fields) ? fields : {};
  return { ...known, fields: { ...kept, ...Object.fromEntries(extra) } };
}

/**
 * The idempotency key of a delivery that was sent without one: the same lead from the same block on one day is one
 * delivery (docs/reference/sales-plans.md 7). The separator cannot occur in the parts.
 */
export function derivedKey(
  planId: string,
  lead: LeadPayload,
  identities: readonly Identity[],
  occurredOn: Day,
): string {
  const [who] = identities;
  const { tunnelId = "", blockId = "" } = lead.source ?? {};
  return ["derived", planId, who?.kind ?? "", who?.value ?? "", tunnelId, blockId, occurredOn].join("\u0000");
}
