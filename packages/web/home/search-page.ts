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

/** What there is to find, in the order in which it is shown. */
const kinds = ["customers", "deals", "persons", "items"] as const;

export interface SearchPage {
  readonly tenant: Tenant;
  readonly text: string;
  /** The kinds of which something was found. */
  readonly found: readonly {
    readonly kind: (typeof kinds)[number];
    readonly things: readonly FoundThing[];
    /** There are more than are shown. */
    readonly hasMore: boolean;
  }[];
  /** There are names that were not looked at: what was not found may be there. */
  readonly isPart: boolean;
}

/** Most things of a kind that are shown. */
export const MOST_FOUND = 20;
/** One more tells that there are more. */
const MOST_SOUGHT = MOST_FOUND + 1;
/** Sales plans that are searched at a time. */
const PLANS_AT_ONCE = 10;
export const LONGEST_SEARCH = 100;

/** What of the tenant the viewer may see and has a text in its name, or at the begin of its id; persons by their whole id. */
export async function readSearchPage(opened: OpenTenant, context: SalesContext, given: string): Promise<SearchPage> {
  const { tenant } = opened;
  const text = given.trim().slice(0, LONGEST_SEARCH);
  if (text === "") return { tenant, text, found: [], isPart: false };
  let isPart = false;
  const onLeft = (): void => void (isPart = true);
  const [customers, deals, persons, items] = await Promise.all([
    findCustomers(opened, text, onLeft),
    findDeals(opened, context, text),
    findPersons(opened, text, onLeft),
    findItems(opened, text, onLeft),
  ]);
  const all = { customers, deals, persons, items };
  const found = kinds.flatMap((kind) => {
    const things = all[kind].slice(0, MOST_FOUND);
    return things.length === 0 ? [] : [{ kind, things, hasMore: all[kind].length > MOST_FOUND }];
  });
  return { tenant, text, found, isPart };
}

type OnLeft = () => void;

/** The viewer's own customers first: of a large company's, the index alone finds those of others. */
async function* customersNamed(
  { whole, orders, userId }: OpenTenant,
  text: string,
  onLeft: OnLeft,
): AsyncGenerator<CustomerId> {
  const form = searchForm(text);
  const own = new Set<CustomerId>();
  if (userId !== undefined)
    for await (const { customerId, name = "" } of orders.customersOf(userId))
      if (searchForm(name).includes(form)) {
        own.add(customerId);
        yield customerId;
      }
  for await (const customerId of whole.names.customers(text, onLeft)) if (!own.has(customerId)) yield customerId;
}

async function findCustomers(opened: OpenTenant, text: string, onLeft: OnLeft): Promise<readonly FoundThing[]> {
  const named = customersNamed(opened, text, onLeft);
  const found = await seenOf(opened, named, (customerId) => customerId, MOST_SOUGHT, onLeft);
  return found.map(({ customer }) => customerThing(opened.tenant, customer));
}

const customerThing = ({ tenantId }: Tenant, { customerId, name = customerId }: Customer): FoundThing => ({
  name,
  path: codeRedPath(tenantId, customerId),
  note: customerId,
});

async function findDeals(opened: OpenTenant, context: SalesContext, search: string): Promise<readonly FoundThing[]> {
  if (!SEES_DEALS.some((right) => opened.holds(right))) return [];
  const plans = (await context.store.salesPlans.plans()).filter(({ isArchived }) => !isArchived);
  const found: FoundThing[] = [];
  for (let at = 0; at < plans.length && found.length < MOST_SOUGHT; at += PLANS_AT_ONCE) {
    const some = plans.slice(at, at + PLANS_AT_ONCE);
    found.push(...(await Promise.all(some.map((plan) => dealsIn(opened, context, plan, search)))).flat());
  }
  return found;
}

async function dealsIn(
  opened: OpenTenant,
  context: SalesContext,
  { planId }: SalesPlan,
  search: string,
): Promise<readonly FoundThing[]> {
  const list = await listDeals({
    context,
    planId,
    filter: { dateField: "created", search },
    visible: await visibleDeals(opened, planId),
    sort: "created",
    isAscending: false,
    limit: MOST_SOUGHT,
  });
  return list.ok ? list.value.cards.map((card) => dealThing(opened.tenant, list.value.plan, card)) : [];
}

const dealThing = ({ tenantId }: Tenant, { planId, name }: SalesPlan, { deal }: BoardCard): FoundThing => ({
  name: deal.title ?? deal.dealId,
  path: dealPath(tenantId, planId, deal.dealId),
  note: name,
});

async function findPersons(opened: OpenTenant, text: string, onLeft: OnLeft): Promise<readonly FoundThing[]> {
  const { tenant, whole, store } = opened;
  const isNobody = nonPersonTest(await store.users());
  const found = whole.names.persons(text, onLeft);
  const named = await seenOf(opened, found, ({ customerId }) => customerId, MOST_SOUGHT, onLeft);
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

async function findItems({ tenant, whole }: OpenTenant, text: string, onLeft: OnLeft): Promise<readonly FoundThing[]> {
  const found: FoundThing[] = [];
  for await (const { itemId, name = itemId } of whole.names.items(text, onLeft)) {
    found.push({ name, path: `${linksPath(tenant.tenantId)}?item=${encodeURIComponent(itemId)}`, note: itemId });
    if (found.length === MOST_SOUGHT) break;
  }
  return found;
}
