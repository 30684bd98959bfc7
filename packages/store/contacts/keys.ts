import type { DealId, ContactId, PlanId } from "@regulars/core/platform/ids";
import type { Instant } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

/** Persons known as leads are listed in this many index partitions. */
export const AUDIENCE_SHARDS = 8;

export const contactsKeys = (inFamily: InFamily) => ({
  /** A person known as a lead, with their open deals, closed deals and activities beside them. */
  contactPartition: (personId: ContactId): string => inFamily(`PER#${personId}`),
  contact: (personId: ContactId): Key => ({ pk: inFamily(`PER#${personId}`), sk: "PERSON" }),
  openDeal: (personId: ContactId, planId: PlanId, extra?: DealId): Key => ({
    pk: inFamily(`PER#${personId}`),
    sk: `OPEN#${planId}${extra === undefined ? "" : `#${extra}`}`,
  }),
  closedDeal: (personId: ContactId, at: Instant, dealId: DealId): Key => ({
    pk: inFamily(`PER#${personId}`),
    sk: `DONE#${at}#${dealId}`,
  }),
  contactActivity: (personId: ContactId, at: Instant, id: string): Key => ({
    pk: inFamily(`PER#${personId}`),
    sk: `ACT#${at}#${id}`,
  }),
  /** Whom an external id, an address or a number belongs to; `hash` is the value's, so that no key tells it. */
  contactIdentity: (kind: string, hash: string): Key => ({ pk: inFamily(`WHO#${kind}#${hash}`), sk: "WHO" }),
  /** GSI1: persons known as leads, by when they became known; spread, because each is one write. */
  audience: (shard: number): string => inFamily(`AUD#${String(shard).padStart(2, "0")}`),
});
