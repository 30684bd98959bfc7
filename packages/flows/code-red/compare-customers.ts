import { type Book, BookSums } from "@regulars/core/code-red/book";
import type { ComparedCustomer } from "@regulars/core/code-red/call-list";
import type { CodeRedSettings } from "@regulars/core/code-red/settings";
import { type ComparisonPlan, planComparisons } from "@regulars/core/code-red/plan";
import type { LastRecords } from "@regulars/core/code-red/recent";
import { type ItemRow, comparedItems } from "@regulars/core/code-red/items";
import type { LinkRow } from "@regulars/core/code-red/links";
import type { ItemMark, LinkMark } from "@regulars/core/code-red/list";
import { compareCustomer } from "@regulars/core/code-red/row";
import { compareText } from "@regulars/core/platform/compare";
import { lastCompletedOn } from "@regulars/core/snapshots/activity-columns";
import { isInvoice } from "@regulars/core/invoices/receivable";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import { addDays } from "@regulars/core/platform/period";
import { type CustomerId, type Day, dayNumber, toDay, toDayNumber } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";

/** All customers of a tenant compared on a day, and the book that they make together. */
export interface ComparedTenant {
  readonly plan: ComparisonPlan;
  readonly book: Book;
  readonly customers: ReadonlyMap<CustomerId, ComparedCustomer>;
  readonly setAside: readonly SetAsideCustomer[];
}

export interface CompareInput {
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly asOf: Day;
  readonly settings: CodeRedSettings;
}

/**
 * Compares every customer, because each is assessed against all of them. Customers whose data cannot be read are left
 * out and named.
 */
export async function compareCustomers({ tenant, store, asOf, settings }: CompareInput): Promise<ComparedTenant> {
  const plan = planComparisons(asOf, settings, tenant.closures);
  const found: ComparedCustomer[] = [];
  const setAside: SetAsideCustomer[] = [];
  const onUnreadable = (customer: SetAsideCustomer): void => {
    setAside.push(customer);
  };
  await allOrFirstFault(
    store.shards.map(async (shard) => {
      for await (const snapshot of store.snapshots(shard, readOn(asOf), { repair: false, onUnreadable })) {
        const compared = comparisonOf(snapshot, plan);
        if (compared !== undefined) found.push(compared);
      }
    }),
  );
  return together(plan, found, setAside);
}

/** Customers that were compared one by one, with the book that they make. */
export function together(
  plan: ComparisonPlan,
  found: readonly ComparedCustomer[],
  setAside: readonly SetAsideCustomer[],
): ComparedTenant {
  const sums = new BookSums();
  for (const { compared } of found) sums.add(compared.columns);
  return {
    plan,
    book: sums.book(),
    customers: new Map(found.map((one) => [one.customer.customerId, one])),
    setAside: setAside.toSorted((a, b) => compareText(a.customerId, b.customerId)),
  };
}

/** What a list needs of one customer: of the items those that may be red, and one that is not, for the light. */
export function comparisonOf(snapshot: CustomerSnapshot, plan: ComparisonPlan): ComparedCustomer | undefined {
  const compared = compareCustomer(snapshot.history, plan, snapshot.history.links ?? [], comparedItems);
  if (compared === undefined) return undefined;
  const green = compared.items.find(({ isCompared, isRed }) => isCompared && !isRed);
  const red = compared.items.filter(({ isRed }) => isRed);
  return {
    customer: snapshot.customer,
    compared: {
      ...compared,
      items: (green === undefined ? red : [...red, green]).map(markOfItem),
      links: compared.links.map(markOfLink),
    },
    lastRecords: lastRecordsOf(snapshot),
  };
}

const markOfItem = ({ itemId, isCompared, isRed, isConfirmed, current, previous }: ItemRow): ItemMark => ({
  itemId,
  isCompared,
  isRed,
  isConfirmed,
  current,
  previous,
});

const markOfLink = ({ itemId, linkedItemId, light, expected, linked }: LinkRow): LinkMark => ({
  itemId,
  linkedItemId,
  light,
  expected,
  linked,
});

/**
 * The customer's last completed activity, order and invoice, up to the live day: who was called this morning need not
 * be called again. Quotes are not part of the history.
 */
export function lastRecordsOf({ history }: Pick<CustomerSnapshot, "history">): LastRecords {
  const today = dayNumber(history.asOf + 1);
  const lastOrder = history.orderedSince === undefined ? history.orderDays[history.orderDayCount - 1] : today;
  // What a program did or went to a mass is no contact.
  const lastActivity = history.activities && lastCompletedOn(history.activities(), today);
  const lastInvoice = history.receivables
    .filter(isInvoice)
    .reduce<number | undefined>(
      (last, { invoicedOn }) => laterOf(last, toDayNumber(invoicedOn)),
      history.isInvoicedSince === true ? today : undefined,
    );
  return { ...dayOf("order", lastOrder), ...dayOf("activity", lastActivity), ...dayOf("invoice", lastInvoice) };
}

const laterOf = (a: number | undefined, b: number): number => (a === undefined ? b : Math.max(a, b));

const dayOf = (type: keyof LastRecords, on: number | undefined): LastRecords =>
  on === undefined ? {} : { [type]: toDay(dayNumber(on)) };

/** What a list of a day reads: contacts of the morning after it leave a customer out. */
export const readOn = (asOf: Day): AsOf => ({ asOf, liveOn: morningAfter(asOf) });

/** The morning on which the list of a day is read. */
export const morningAfter = (asOf: Day): Day => addDays(asOf, 1);
