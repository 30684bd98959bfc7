import type { Customer } from "@regulars/core/customers/customer";
import { type ItemId, itemIdSchema, personIdSchema } from "@regulars/core/platform/values";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type BoardCard, listDeals } from "@regulars/flows/boards/read-board";
import { listCustomers } from "@regulars/flows/customers/list-customers";
import type { SalesContext } from "@regulars/flows/sales-context";
import { findPerson } from "@regulars/flows/who-knows/find-target";
import { visibleDeals } from "../deals/visible-deals.ts";
import { codeRedPath, dealPath, linksPath } from "../page/addresses.ts";
import { type OpenTenant, SEES_DEALS } from "../page/open-tenant.ts";

/** One thing that was found. */
export interface FoundThing {
  readonly name: string;
  readonly path: string;
  readonly note: string;
}

export interface SearchPage {
  readonly tenant: Tenant;
  readonly text: string;
  readonly customers: readonly FoundThing[];
  readonly deals: readonly FoundThing[];
  readonly persons: readonly FoundThing[];
  readonly items: readonly FoundThing[];
}

/** Most things of a kind that are shown, and most sales plans that are searched. */
const MOST_FOUND = 20;
const MOST_PLANS = 10;
export const LONGEST_SEARCH = 100;

/** What of the tenant the viewer may see and has a text in its name or id; persons and items by their whole id. */
export async function readSearchPage(opened: OpenTenant, context: SalesContext, given: string): Promise<SearchPage> {
  const { tenant } = opened;
  const text = given.trim().slice(0, LONGEST_SEARCH);
  if (text === "") return { tenant, text, customers: [], deals: [], persons: [], items: [] };
  const [customers, deals, persons, items] = await Promise.all([
    findCustomers(opened, text),
    findDeals(opened, context, text),
    findPersons(opened, text),
    findItems(opened, text),
  ]);
  return { tenant, text, customers, deals, persons, items };
}

async function findCustomers({ tenant, whole, scope }: OpenTenant, search: string): Promise<readonly FoundThing[]> {
  const input = { store: whole, scope: await scope(), after: undefined, limit: MOST_FOUND, search };
  const { customers } = await listCustomers(input);
  return customers.map((customer) => customerThing(tenant, customer));
}

const customerThing = ({ tenantId }: Tenant, { customerId, name = customerId }: Customer): FoundThing => ({
  name,
  path: codeRedPath(tenantId, customerId),
  note: customerId,
});

async function findDeals(opened: OpenTenant, context: SalesContext, search: string): Promise<readonly FoundThing[]> {
  if (!SEES_DEALS.some((right) => opened.holds(right))) return [];
  const plans = (await context.store.salesPlans.plans()).filter(({ isArchived }) => !isArchived).slice(0, MOST_PLANS);
  const found = await Promise.all(
    plans.map(async ({ planId }) => {
      const visible = await visibleDeals(opened, planId);
      const list = await listDeals({
        context,
        planId,
        filter: { dateField: "created", search },
        visible,
        sort: "created",
        isAscending: false,
        limit: MOST_FOUND,
      });
      return list.ok ? list.value.cards.map((card) => dealThing(opened.tenant, list.value.plan, card)) : [];
    }),
  );
  return found.flat().slice(0, MOST_FOUND);
}

const dealThing = ({ tenantId }: Tenant, { planId, name }: SalesPlan, { deal }: BoardCard): FoundThing => ({
  name: deal.title ?? deal.dealId,
  path: dealPath(tenantId, planId, deal.dealId),
  note: name,
});

async function findPersons({ tenant, whole, store, scope }: OpenTenant, text: string): Promise<readonly FoundThing[]> {
  const personId = personIdSchema.safeParse(text);
  const stores = { store: whole.whoKnows, contacts: whole.sales.contacts };
  const found = personId.success ? await findPerson(stores, personId.data) : undefined;
  const customer = found?.customerId && (await store.profiles([found.customerId])).get(found.customerId);
  if (found === undefined || customer === undefined || !(await scope()).canSee(customer)) return [];
  const { name, path } = customerThing(tenant, customer);
  return [{ name: text, path, note: name }];
}

async function findItems({ tenant, store }: OpenTenant, text: string): Promise<readonly FoundThing[]> {
  const itemId = itemIdSchema.safeParse(text);
  const names = itemId.success ? await store.itemNames([itemId.data]) : new Map<ItemId, string>();
  return [...names].map(([id, name]) => ({
    name,
    path: `${linksPath(tenant.tenantId)}?item=${encodeURIComponent(id)}`,
    note: id,
  }));
}
