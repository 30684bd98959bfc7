import type { Customer } from "@regulars/core/customers/customer";
import { nonPersonTest } from "@regulars/core/snapshots/non-persons";
import { type CustomerId, personIdSchema } from "@regulars/core/platform/values";
import { searchForm } from "@regulars/core/platform/search-form";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type BoardCard, listDeals } from "@regulars/flows/boards/read-board";
import type { SalesContext } from "@regulars/flows/sales-context";
import { findPerson } from "@regulars/flows/who-knows/find-target";
import { visibleDeals } from "../sales-plans/visible-deals.ts";
import { codeRedPath, dealPath, linksPath } from "../page/addresses.ts";
import { SEES_DEALS } from "../page/needs.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { seenOf } from "../page/seen-of.ts";

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

/** What of the tenant the viewer may see and has a text in its name, or at the begin of its id; persons by their whole id. */
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

/** The viewer's own customers first: of a large company's, the index alone finds those of others. */
async function* customersNamed({ whole, orders, userId }: OpenTenant, text: string): AsyncGenerator<CustomerId> {
  const form = searchForm(text);
  const own = new Set<CustomerId>();
  if (userId !== undefined)
    for await (const { customerId, name = "" } of orders.customersOf(userId))
      if (searchForm(name).includes(form)) {
        own.add(customerId);
        yield customerId;
      }
  for await (const customerId of whole.names.customers(text)) if (!own.has(customerId)) yield customerId;
}

async function findCustomers(opened: OpenTenant, text: string): Promise<readonly FoundThing[]> {
  const found = await seenOf(opened, customersNamed(opened, text), (customerId) => customerId, MOST_FOUND);
  return found.map(({ customer }) => customerThing(opened.tenant, customer));
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

async function findPersons(opened: OpenTenant, text: string): Promise<readonly FoundThing[]> {
  const { tenant, whole, store } = opened;
  const isNobody = nonPersonTest(await store.users());
  const named = await seenOf(opened, whole.names.persons(text), ({ customerId }) => customerId, MOST_FOUND);
  const people = named.filter(({ one }) => !isNobody(one));
  const things = people.map(({ one, customer }) => personThing(tenant, one.name ?? one.personId, customer));
  const ids = new Set<string>(people.map(({ one }) => one.personId));
  return ids.has(text) ? things : [...(await findPersonById(opened, text)), ...things];
}

const personThing = (tenant: Tenant, name: string, customer: Customer): FoundThing => ({
  ...customerThing(tenant, customer),
  name,
  note: customer.name ?? customer.customerId,
});

async function findPersonById(
  { tenant, whole, store, scope }: OpenTenant,
  text: string,
): Promise<readonly FoundThing[]> {
  const personId = personIdSchema.safeParse(text);
  const stores = { store: whole.whoKnows, contacts: whole.sales.contacts };
  const found = personId.success ? await findPerson(stores, personId.data) : undefined;
  const customer = found?.customerId && (await store.profiles([found.customerId])).get(found.customerId);
  if (found === undefined || customer === undefined || !(await scope()).canSee(customer)) return [];
  return [personThing(tenant, found.name ?? text, customer)];
}

async function findItems({ tenant, whole }: OpenTenant, text: string): Promise<readonly FoundThing[]> {
  const found: FoundThing[] = [];
  for await (const { itemId, name = itemId } of whole.names.items(text)) {
    found.push({ name, path: `${linksPath(tenant.tenantId)}?item=${encodeURIComponent(itemId)}`, note: itemId });
    if (found.length === MOST_FOUND) break;
  }
  return found;
}
