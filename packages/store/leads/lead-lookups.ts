import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { FoundLeads, LeadLookup } from "@regulars/core/leads/lead-intake";
import { idempotencyRecordSchema } from "@regulars/core/deals/idempotency-record";
import type { PlanId } from "@regulars/core/platform/ids";
import { salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import type { UserId } from "@regulars/core/platform/values";
import type { AddressSecret } from "../contacts/address-secret.ts";
import type { CustomerPersons } from "../contacts/customer-persons.ts";
import { identityKey, identityRowSchema } from "../contacts/identity-rows.ts";
import { idempotencyRecordKey } from "../deals/deal-writes.ts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import { DirectRead } from "./direct-read.ts";

export interface LeadSources {
  readonly addresses: AddressSecret;
  readonly persons: CustomerPersons;
}

/**
 * A plan, the stored deliveries and the contacts of leads, read together; with the managers of the plan also what its
 * next assignments depend on.
 */
export async function findLeads(
  operations: Operations,
  keys: Keys,
  { addresses, persons }: LeadSources,
  planId: PlanId,
  sought: readonly LeadLookup[],
  managerIds?: readonly UserId[],
): Promise<FoundLeads> {
  const hmac = await addresses.hmac();
  const planKey = keys.plan(planId);
  const places = sought.map(({ key, identities }) => ({
    idem: key === undefined ? undefined : idempotencyRecordKey(keys, key),
    who: identities.map((identity) => identityKey(keys, hmac, identity)),
  }));
  const direct = managerIds && new DirectRead(keys, planId, managerIds);
  const wanted = [
    planKey,
    ...(direct?.keys ?? []),
    ...places.flatMap(({ idem, who }) => (idem === undefined ? who : [idem, ...who])),
  ];
  const stored = await operations.batchGet([...new Map(wanted.map((key) => [`${key.pk} ${key.sk}`, key])).values()]);
  const items = new Map(stored.map((item) => [String(item["pk"]), item]));
  const plan = items.get(planKey.pk);
  const owned = places.map(({ idem, who }) => {
    const rows = who.map(({ pk }) => items.get(pk)).map((item) => item && rowAs(identityRowSchema, item));
    return { idem, rows, first: rows.find((row) => row !== undefined) };
  });
  const unstored = await persons.unstored(owned.flatMap(({ first }) => first ?? []));
  return {
    plan: plan === undefined ? undefined : rowAs(salesPlanSchema, plan),
    direct: direct?.inputOf(stored),
    found: owned.map(({ idem, rows, first }) => {
      const idempotencyRecord = idem === undefined ? undefined : items.get(idem.pk);
      return {
        idempotencyRecord:
          idempotencyRecord === undefined ? undefined : rowAs(idempotencyRecordSchema, idempotencyRecord),
        owners: rows.map((row) => row?.personId),
        isClaim: rows.map((row) => row?.claimedBy !== undefined),
        unstored: first && unstored.get(first.personId),
      };
    }),
  };
}
