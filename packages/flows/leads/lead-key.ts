import type { PlanId } from "@regulars/core/platform/ids";
import { type Identity } from "@regulars/core/contacts/identity";
import { type LeadPayload, derivedKey } from "@regulars/core/leads/lead-payload";
import type { NotUsed } from "@regulars/core/deals/not-used";
import { localDay } from "@regulars/core/platform/period";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";

interface Delivered {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly lead: LeadPayload;
  /** What of its payload could not be used: a delivery with something else there is another one. */
  readonly notUsed: readonly NotUsed[];
  /** The idempotency key from the request's header. */
  readonly given: string | undefined;
}

/**
 * The idempotency key and fingerprint of a lead: the given key, else the event's id, else the person, source and day
 * (docs/reference/sales-plans.md 7). Only the day of a time counts, because some senders put a new time into each
 * attempt. Without a key, leads with different content are different ones, so that no key can be used for two.
 */
export function leadKey(
  { context, planId, lead, notUsed, given }: Delivered,
  identities: readonly Identity[],
  now: Instant,
): { readonly key: string; readonly fingerprint: string } {
  const { store, tenant } = context;
  const key = given ?? lead.eventId;
  const kept = notUsed.length === 0 ? {} : { notUsed };
  if (key !== undefined) return { key, fingerprint: store.leads.fingerprint({ action: "add", planId, lead, ...kept }) };
  const { occurredAt, ...timeless } = lead;
  const day = localDay(occurredAt === undefined ? now : toInstant(Date.parse(occurredAt)), tenant.timeZone);
  const fingerprint = store.leads.fingerprint({ action: "add", planId, lead: timeless, ...kept });
  return { key: `${derivedKey(planId, lead, identities, day)}\u0000${fingerprint}`, fingerprint };
}
