import { itemIdsOf, itemNameOf } from "@regulars/core/insights/subject";
import type { Finding } from "@regulars/core/insights/finding";
import type { RankedEntry } from "@regulars/core/insights/rank";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Links, composeLine } from "@regulars/core/notifications/compose";
import type { DigestLine, MessageLine } from "@regulars/core/notifications/message";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import type { User } from "@regulars/core/access/user";
import { CustomerFault, orCustomerFault } from "@regulars/core/nightly/night-watch";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Tenant } from "@regulars/core/tenants/tenant";

interface Surroundings {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: Pick<NightlyStore, "personsOf" | "itemNames">;
  readonly links: Links;
}

/** Composes a finding as a line of a message, with the person to call and the item's name. */
export async function lineFor(
  { tenant, catalog, store, links }: Surroundings,
  finding: Finding,
  customer: Customer,
  {
    rep,
    isNew,
    episode,
  }: { readonly rep?: User | undefined; readonly isNew: boolean; readonly episode?: string | undefined },
): Promise<MessageLine> {
  const kind = catalog.kindOf(finding.kind);
  if (kind === undefined) throw new Error(`finding ${finding.id} is of a kind that does not exist`);
  const persons = await personsToCall(store, customer);
  const itemIds = itemIdsOf(finding.subject);
  const itemName = itemIds.length === 0 ? undefined : itemNameOf(finding.subject, await store.itemNames(itemIds));
  return composeLine(finding, { tenant, kind, customer, persons, rep, itemName, isNew, episode, links });
}

/** Nobody where one of them cannot be read: the finding is told all the same. */
async function personsToCall(
  { personsOf }: Surroundings["store"],
  { customerId }: Customer,
): Promise<readonly Person[]> {
  try {
    return await orCustomerFault(personsOf(customerId));
  } catch (error) {
    if (error instanceof CustomerFault) return [];
    throw error;
  }
}

/** The most reasons of folded findings in a message; the page has all. */
const MOST_ALSO = 5;

/** Composes an entry of a list as a line of a digest; a customer's lost items are one line. */
export async function digestLineFor(
  surroundings: Surroundings,
  { finding, folded, atStakeMinor }: RankedEntry,
  customer: Customer,
  given: { readonly rep?: User | undefined; readonly isNew: boolean; readonly episode?: string | undefined },
): Promise<DigestLine> {
  const line = await lineFor(surroundings, finding, customer, given);
  const others = folded.filter(({ kind }) => kind === finding.kind).slice(0, MOST_ALSO);
  const also = [];
  for (const other of others) also.push((await lineFor(surroundings, other, customer, given)).why);
  return { ...line, atStakeMinor, kind: finding.kind, also };
}
