import type { Customer } from "@regulars/core/customers/customer";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { Finding } from "@regulars/core/insights/finding";
import type { FindingList, ListOwner } from "@regulars/core/insights/finding-lists";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import type { ConfiguredKind } from "@regulars/core/insights/define";
import type { NightlyRecord, NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { CustomerId } from "@regulars/core/platform/values";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { Users } from "@regulars/core/customers/list-scope";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { evaluatedWith } from "./finding-list-keeper.ts";
import { stillThere } from "./stored-findings.ts";

export interface Listing {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: NightlyStore;
  readonly users: Users;
  readonly kinds: readonly ConfiguredKind[];
  readonly measures: TenantMeasures;
  /** The record of the last nightly run. */
  readonly nightly: Pick<NightlyRecord, "setAside" | "lists">;
  /** The customers that have changed since: read before the record, because a later run forgets them after it. */
  readonly changed: ReadonlyMap<CustomerId, string>;
}

/** With more changed customers than this, reading all with findings is as quick. */
const MOST_CHANGED = 50;

/** The text of a changed customer names the markers: that of a profile, which may have moved to another owner. */
export const isProfileChanged = (markers: string): boolean => /#P /.test(markers);

interface Reading {
  readonly owners: readonly ListOwner[];
  readonly at: AsOf;
  readonly onUnreadable?: OnUnreadable | undefined;
  /** Takes the snapshots of all customers with findings of these owners, where there are no lists of them. */
  readonly evaluateAll: (evaluate: (snapshot: CustomerSnapshot) => void) => Promise<void>;
  /** The customers to visit; default: all. */
  readonly isIn?: ((customer: Customer) => boolean) | undefined;
  /** Passes over a customer on whom a kind fails. */
  readonly attempt?: ((customerId: CustomerId, work: () => void) => void) | undefined;
  readonly visit: (customer: Customer, findings: readonly Finding[]) => void;
}

/**
 * Every customer with findings of some owners that still hold: as the last nightly run has left them; those of
 * customers that have changed since are evaluated again.
 */
export async function eachListed(listing: Listing, reading: Reading): Promise<void> {
  const { owners, at, visit, evaluateAll, onUnreadable, isIn = () => true, attempt = (_, work) => work() } = reading;
  const { store, changed } = listing;
  const evaluate = (snapshot: CustomerSnapshot): void => {
    if (!isIn(snapshot.customer)) return;
    attempt(snapshot.customer.customerId, () => visit(snapshot.customer, stillThere(listing, snapshot, at)));
  };
  const lists = await listsOf(listing, owners, at);
  const again = lists === undefined ? undefined : changedOf(lists, changed);
  if (lists === undefined || again === undefined || again.length > MOST_CHANGED) return evaluateAll(evaluate);
  for (const { customer, findings } of lists.flatMap(({ customers }) => customers))
    if (!changed.has(customer.customerId) && isIn(customer))
      visit(
        customer,
        findings.map(({ finding }) => finding),
      );
  await mapConcurrent(again, async (customerId) => {
    const snapshot = await store.snapshotOf(customerId, at, onUnreadable);
    if (snapshot !== undefined) evaluate(snapshot);
  });
}

/** The lists of owners as the last run has left them; `undefined` if they are of another day or evaluated otherwise. */
export async function listsOf(
  { tenant, catalog, store, users, measures, nightly }: Omit<Listing, "kinds" | "changed">,
  owners: readonly ListOwner[],
  at: AsOf,
): Promise<readonly FindingList[] | undefined> {
  // Customers that could not be read are tried again.
  if (nightly.lists === undefined || nightly.setAside !== undefined) return undefined;
  const { findingLists } = store;
  const version = await findingLists.versionOf(evaluatedWith({ tenant, catalog, users: users.keys(), measures, at }));
  return nightly.lists === version ? findingLists.read(owners, version) : undefined;
}

/** The customers to evaluate again: listed ones that have changed, and any that may have come from another owner. */
function changedOf(lists: readonly FindingList[], changed: ReadonlyMap<CustomerId, string>): readonly CustomerId[] {
  const again = new Set(lists.flatMap(({ toJudge }) => toJudge));
  const listed = new Set(lists.flatMap(({ customers }) => customers.map(({ customer }) => customer.customerId)));
  for (const [customerId, markers] of changed)
    if (listed.has(customerId) || isProfileChanged(markers)) again.add(customerId);
  return [...again];
}
