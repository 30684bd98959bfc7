import * as z from "zod";
import { emailIdentity } from "../platform/contact-point.ts";
import { cutText } from "../platform/cut-text.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type Instant, instantSchema } from "../platform/values.ts";
import type { MailEvent } from "./mail-event.ts";

/** Why no mail is sent to an address (docs/reference/messages.md 7). */
export const suppressionReasons = ["permanent-bounce", "complaint", "repeated-bounces"] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** Transient bounces that suppress an address when they come within `TRANSIENT_DAYS`. */
const MOST_TRANSIENT = 3;
const TRANSIENT_DAYS = 7;
const TRANSIENT_MS = TRANSIENT_DAYS * 86_400_000;
/** Bounces that are remembered of an address. */
const MOST_REMEMBERED = 20;
const MOST_DETAIL = 500;

const suppressionSchema = z.object({
  reason: z.enum(suppressionReasons),
  at: instantSchema,
  /** What the receiver's server said. */
  detail: z.string().optional(),
  notificationId: z.string().optional(),
});
export type Suppression = Immutable<z.output<typeof suppressionSchema>>;

/** What is known of an address that mails came back from. */
export const addressRecordSchema = z.object({
  /** In the form in which addresses are compared. */
  address: z.string(),
  version: z.int(),
  transient: z.array(z.object({ id: z.string(), at: instantSchema })),
  suppressed: suppressionSchema.optional(),
  /** Mail goes to the address again: who said so and when. What was reported before no longer counts. */
  lifted: z.object({ at: instantSchema, by: z.string() }).optional(),
});
export type AddressRecord = Immutable<z.output<typeof addressRecordSchema>>;

/** The addresses of a tenant that get no mail. */
export interface SuppressionStore {
  readonly find: (address: string) => Promise<AddressRecord | undefined>;
  /** Suppressed addresses in the order of the alphabet, after one. */
  readonly page: (request: {
    readonly limit: number;
    readonly after?: string | undefined;
  }) => Promise<{ readonly records: readonly AddressRecord[]; readonly next?: string | undefined }>;
  /** Saves a record on the condition that its version is the next one; `false` when another writer was first. */
  readonly save: (record: AddressRecord, companion?: CompanionWrites) => Promise<boolean>;
}

/** An address as it is compared; one that is none stays as it is. */
export const comparableAddress = (text: string): string => emailIdentity(text) ?? text.trim().toLowerCase();

/**
 * The record of an address after an event, or the same one when the event changes nothing: a permanent bounce or a
 * complaint suppresses at once, transient bounces when three come within seven days, in whatever order they are told.
 */
export function afterEvent(record: AddressRecord, event: MailEvent): AddressRecord {
  if (record.suppressed !== undefined) return record;
  if (record.lifted !== undefined && event.at <= record.lifted.at) return record;
  if (event.fate === "complained") return suppressed(record, "complaint", event);
  if (event.fate !== "bounced") return record;
  return event.isPermanent ? suppressed(record, "permanent-bounce", event) : afterTransient(record, event);
}

function afterTransient(record: AddressRecord, event: MailEvent): AddressRecord {
  if (record.transient.some(({ id }) => id === event.id)) return record;
  const all = [...record.transient, { id: event.id, at: event.at }].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const transient = all.slice(-MOST_REMEMBERED);
  const isOften = transient.some(({ at }, i) => {
    const third = transient[i + MOST_TRANSIENT - 1];
    return third !== undefined && Date.parse(third.at) - Date.parse(at) < TRANSIENT_MS;
  });
  if (isOften) return suppressed({ ...record, transient }, "repeated-bounces", event);
  return { ...record, version: record.version + 1, transient };
}

function suppressed(
  record: AddressRecord,
  reason: SuppressionReason,
  { at, detail, notificationId }: MailEvent,
): AddressRecord {
  return {
    ...record,
    version: record.version + 1,
    suppressed: {
      reason,
      at,
      ...(detail === undefined ? {} : { detail: cutText(detail, MOST_DETAIL - 1) }),
      ...(notificationId === undefined ? {} : { notificationId }),
    },
  };
}

/** Nothing is known of an address yet. */
export const freshRecord = (address: string): AddressRecord => ({ address, version: 0, transient: [] });

/** Mail goes to the address again from now on. */
export const lifted = (record: AddressRecord, by: string, at: Instant): AddressRecord => {
  const { suppressed: _, ...rest } = record;
  return { ...rest, version: record.version + 1, transient: [], lifted: { at, by } };
};

const words: Readonly<Record<SuppressionReason, string>> = {
  "permanent-bounce": "the address does not take mail",
  complaint: "its reader called a mail spam",
  "repeated-bounces": `${MOST_TRANSIENT} mails came back within ${TRANSIENT_DAYS} days`,
};

/** Why an address gets no mail, in a sentence. */
export const suppressionText = ({ reason, at, detail }: Suppression): string =>
  `${words[reason]} (${at.slice(0, 10)}${detail === undefined ? "" : `: ${detail}`})`;
