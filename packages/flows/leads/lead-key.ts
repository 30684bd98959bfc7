import type { PlanId } from "@regulars/core/platform/ids";
import { type Identity } from "@regulars/core/contacts/identity";
import { type LeadPayload, derivedKey } from "@regulars/core/leads/lead-payload";
import { localDay } from "@regulars/core/platform/period";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";

interface Delivered {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly lead: LeadPayload;
  /** The key that it was sent with, in a header. */
  readonly given: string | undefined;
}

/**
 * What makes a lead's delivery one: the key that was given, else its event's id, else who, from where and on which day;
 * and a fingerprint of what it asks (docs/reference/sales-plans.md 7). Senders that write a new time into each attempt
 * mean one delivery, so that only the day of it counts. What says anything else is another one: who gives no key cannot
 * use one twice.
 */
export function leadKey(
  { context, planId, lead, given }: Delivered,
  identities: readonly Identity[],
  now: Instant,
): { readonly key: string; readonly fingerprint: string } {
  const { store, tenant } = context;
  const key = given ?? lead.eventId;
  if (key !== undefined) return { key, fingerprint: store.leads.fingerprint({ action: "add", planId, lead }) };
  const { occurredAt, ...timeless } = lead;
  const day = localDay(occurredAt === undefined ? now : toInstant(Date.parse(occurredAt)), tenant.timeZone);
  const fingerprint = store.leads.fingerprint({ action: "add", planId, lead: timeless });
  return { key: `${derivedKey(planId, lead, identities, day)}\u0000${fingerprint}`, fingerprint };
}
