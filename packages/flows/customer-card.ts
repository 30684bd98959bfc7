import type { Finding } from "@regulars/core/insights/finding";
import type { Customer, Person } from "@regulars/core/people";
import type { NightStore } from "@regulars/core/ports";
import { type Result, ok, refuse } from "@regulars/core/result";
import type { Scope } from "@regulars/core/scope";
import type { Tenant } from "@regulars/core/tenant";
import type { CustomerId, Day, Instant } from "@regulars/core/values";
import { listFindings } from "./list-findings.ts";

/** All that a caller wants to see of one customer. */
export interface CustomerCard {
  readonly customer: Customer;
  readonly persons: readonly Person[];
  readonly asOf: Day | undefined;
  readonly findings: readonly Finding[];
}

interface CardInput {
  readonly tenant: Tenant;
  readonly store: NightStore;
  readonly scope: Pick<Scope, "canSee">;
  readonly customerId: CustomerId;
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

/** A customer's card. One that the caller does not see is refused as one that is not there. */
export async function customerCard(input: CardInput): Promise<Result<CustomerCard>> {
  const { store, scope, customerId } = input;
  const customer = (await store.profiles([customerId])).get(customerId);
  if (customer === undefined || !scope.canSee(customer)) return unknownCustomer(customerId);
  const [persons, list] = await Promise.all([
    store.personsOf(customerId),
    listFindings({ ...input, filter: { customerId } }),
  ]);
  if (!list.ok && list.reason !== "no-night") return list;
  const { asOf, findings } = list.ok ? list.value : { asOf: undefined, findings: [] };
  return ok({ customer, persons, asOf, findings });
}

export const unknownCustomer = (customerId: string) => refuse("unknown-customer", `there is no customer ${customerId}`);
