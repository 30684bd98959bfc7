import type { MailEvent } from "@regulars/core/notifications/mail-event";
import type { Outbox } from "@regulars/core/notifications/notification";
import {
  type AddressRecord,
  type SuppressionStore,
  comparableAddress,
  afterEvent,
  freshRecord,
  lifted,
} from "@regulars/core/notifications/suppression";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { cutText } from "@regulars/core/platform/cut-text";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";

const MAX_ROUNDS = 12;

interface NoteInput {
  readonly suppressions: SuppressionStore;
  readonly outbox: Pick<Outbox, "noteFate">;
  readonly event: MailEvent;
}

/**
 * Notes what happened to a mail: in the log of its notification, and of each address that is not to be written to again.
 * Told twice, it changes nothing. Returns the addresses that get no more mail from now on.
 */
export async function noteMailEvent({ suppressions, outbox, event }: NoteInput): Promise<readonly string[]> {
  const stopped: string[] = [];
  for (const address of new Set(event.addresses.map(comparableAddress)))
    if (await noteAddress(suppressions, address, event)) stopped.push(address);
  if (event.notificationId !== undefined) await outbox.noteFate(event.notificationId, event);
  return stopped;
}

/** Whether the event has suppressed the address. */
async function noteAddress(store: SuppressionStore, address: string, event: MailEvent): Promise<boolean> {
  if (event.fate !== "bounced" && event.fate !== "complained") return false;
  const { next } = await changed(store, address, (record) => afterEvent(record, event));
  return next?.suppressed !== undefined;
}

interface LiftInput {
  readonly suppressions: SuppressionStore;
  readonly address: string;
  readonly by: string;
  readonly now: Instant;
  readonly companion?: CompanionWrites | undefined;
}

/** Mail goes to the address again. Refused when the address is not suppressed. */
export async function liftSuppression({
  suppressions,
  address,
  by,
  now,
  companion,
}: LiftInput): Promise<Result<AddressRecord>> {
  const { before, next } = await changed(
    suppressions,
    comparableAddress(address),
    (record) => (record.suppressed === undefined ? record : lifted(record, by, now)),
    companion,
  );
  if (before === undefined || next === undefined)
    return refuse("not-suppressed", `no mail to ${cutText(address, 254)} is held back: there is nothing to lift`);
  return ok(before);
}

/** The record before and after a change; `next` is absent when nothing was to change. */
async function changed(
  store: SuppressionStore,
  address: string,
  change: (record: AddressRecord) => AddressRecord,
  companion?: CompanionWrites,
): Promise<{ readonly before?: AddressRecord | undefined; readonly next?: AddressRecord | undefined }> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = (await store.find(address)) ?? freshRecord(address);
    const next = change(before);
    if (next === before) return { before };
    if (await store.save(next, companion)) return { before, next };
  }
  throw new ContentionError(`the address ${address} is being changed by many at once: try again`);
}
