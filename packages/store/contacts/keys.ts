import type { DealId, ContactId, PlanId } from "@regulars/core/platform/ids";
import type { Instant } from "@regulars/core/platform/values";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

/** Contacts are listed in this many index partitions. */
export const AUDIENCE_SHARDS = 8;

export const contactsKeys = (inFamily: InFamily) => ({
  /** A contact with their open deals, closed deals and activities. */
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
  /** The contact with an external id, e-mail address or phone number, for which `hmac` stands. */
  contactIdentity: (kind: string, hmac: string): Key => ({ pk: inFamily(`WHO#${kind}#${hmac}`), sk: "WHO" }),
  /** The secret of the HMACs of addresses. */
  addressSecret: (): Key => ({ pk: inFamily("ADDRESSES"), sk: "SECRET" }),
  /** GSI1: contacts by when they became known; in several partitions, because each new contact is a write. */
  audience: (shard: number): string => inFamily(`AUD#${String(shard).padStart(2, "0")}`),
});

export const contactsFates = { ADDRESSES: "kept" } as const satisfies FamilyFates;
