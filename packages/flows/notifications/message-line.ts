import { itemIdOf } from "@regulars/core/insights/subject";
import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Links, composeLine } from "@regulars/core/notifications/compose";
import type { MessageLine } from "@regulars/core/notifications/message";
import type { Customer } from "@regulars/core/customers/customer";
import type { User } from "@regulars/core/access/user";
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
  finding: EvaluatedFinding,
  customer: Customer,
  { rep, isNew }: { readonly rep?: User | undefined; readonly isNew: boolean },
): Promise<MessageLine> {
  const kind = catalog.kindOf(finding.kind);
  if (kind === undefined) throw new Error(`finding ${finding.id} is of a kind that does not exist`);
  const persons = await store.personsOf(customer.customerId);
  const itemId = itemIdOf(finding.subject);
  const itemName = itemId === undefined ? undefined : (await store.itemNames([itemId])).get(itemId);
  return composeLine(finding, { tenant, kind, customer, persons, rep, itemName, isNew, links });
}
