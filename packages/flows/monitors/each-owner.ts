import type { Customer } from "@regulars/core/customers/customer";
import type { CounterSettings } from "@regulars/core/monitors/counter-settings";
import type { OwnerType } from "@regulars/core/monitors/owner";
import { type OwnerAt, ownersAt } from "@regulars/core/monitors/owners-at";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Day } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { type Foretelling, levelsAhead } from "./foretell-findings.ts";

export interface Owners {
  readonly tenant: Pick<Tenant, "relationships">;
  readonly nightly: Pick<NightlyStore, "shards" | "snapshots" | "personsOf">;
  readonly ownerType: OwnerType;
  readonly settings: CounterSettings;
  readonly asOf: Day;
  /** Customers out of sight are left out, with all that belongs to them. */
  readonly canSee: (customer: Customer) => boolean;
  /** For who asks how findings will be. */
  readonly foretelling?: Foretelling | undefined;
}

/**
 * Visits every owner of a type, with what criteria read of it; nothing of it may be kept. Returns the customers that
 * cannot be read.
 */
export async function eachOwner(
  { tenant: { relationships }, nightly, ownerType, settings, asOf, canSee, foretelling }: Owners,
  visit: (owner: OwnerAt) => void,
): Promise<readonly SetAsideCustomer[]> {
  const setAside: SetAsideCustomer[] = [];
  const onUnreadable = (customer: SetAsideCustomer): void => {
    setAside.push(customer);
  };
  await allOrFirstFault(
    nightly.shards.map(async (shard) => {
      for await (const snapshot of nightly.snapshots(shard, { asOf }, { repair: false, onUnreadable })) {
        const { customer } = snapshot;
        if (!canSee(customer)) continue;
        const persons = ownerType === "person" ? await nightly.personsOf(customer.customerId) : [];
        const ahead = foretelling && (await levelsAhead(foretelling, snapshot));
        for (const owner of ownersAt({ ...snapshot, persons, levelsAhead: ahead }, ownerType, {
          settings,
          relationships,
        }))
          visit(owner);
      }
    }),
  );
  return setAside;
}
