import type { Customer } from "@regulars/core/customers/customer";
import { heardFirst } from "@regulars/core/platform/save-counts";
import type { OrderQueries } from "@regulars/core/orders/order-queries";
import type { ImportStore } from "@regulars/core/imports/import-store";
import type { CustomerId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { codeRedStores } from "./code-red/code-red.ts";
import { ItemLinks } from "./catalog/item-links.ts";
import { knownItems } from "./catalog/known-items.ts";
import { Backtests } from "./backtests/backtests.ts";
import { CHUNK_LIMIT_BYTES } from "./snapshots/chunk.ts";
import { dirtyMarks } from "./snapshots/projections.ts";
import { CustomerSnapshotReader } from "./snapshots/snapshots.ts";
import { storedAmounts } from "./insights/stored-amounts.ts";
import { StoredFeedback } from "./insights/feedback.ts";
import { reviewStore } from "./nightly/review-store.ts";
import { Undos } from "./insights/undo.ts";
import { FindingOwners } from "./nightly/finding-owners.ts";
import { NightHistory } from "./nightly/night-history.ts";
import { Findings } from "./nightly/findings.ts";
import { Measures } from "./nightly/measures.ts";
import { nightlyStore } from "./nightly/nightly-store.ts";
import { InvoiceReader } from "./invoices/invoice-reader.ts";
import { openFollowUps } from "./monitors/follow-ups.ts";
import { openSelectionOperations, openSelections } from "./monitors/selections.ts";
import { Invoices } from "./invoices/invoices.ts";
import { Payments } from "./invoices/payments.ts";
import { ItemNumbers } from "./catalog/item-numbers.ts";
import { announcing, openDueRows } from "./tenants/due-rows.ts";
import { type Heads, changingHeads, noHeads } from "./tenants/heads.ts";
import { changeWrites, openChangeLogs } from "./tenants/change-log.ts";
import { type EventSubscriber, subscribers } from "./engine/event-writes.ts";
import { PublishedEvents, publishing } from "./engine/published-events.ts";
import { SHARDS } from "./engine/key.ts";
import { type Keys, keysOf } from "./keys.ts";
import { ApiKeys } from "./access/api-keys.ts";
import { IdempotentRequests } from "./access/idempotency.ts";
import { Operations } from "./engine/operations.ts";
import type { Ahead } from "./engine/read-ahead.ts";
import { Orders } from "./orders/orders.ts";
import { documentStore } from "./imports/document-store.ts";
import { openGroupOptOuts } from "./notifications/group-opt-outs.ts";
import { openSuppressions } from "./notifications/suppressions.ts";
import { StoredOutbox } from "./notifications/outbox.ts";
import { StoredPreferences } from "./notifications/preferences.ts";
import { AddressSecret } from "./contacts/address-secret.ts";
import { NameSearch } from "./customers/name-search.ts";
import { People } from "./customers/people.ts";
import { Rates } from "./access/rate-limit.ts";
import { openSalesStore } from "./sales-store.ts";
import { openStatuses } from "./monitors/statuses.ts";
import { openErasures } from "./erasure/erasures.ts";
import { openMonitors } from "./monitors/monitors.ts";
import { openWebhooks } from "./webhooks/webhooks.ts";
import { type Expiry, expiryAfter } from "./notifications/notification-item.ts";
import { StoredSlack } from "./slack/slack.ts";
import { openWhoKnows } from "./who-knows/who-knows.ts";
import { savingNewYears } from "./snapshots/history/new-years.ts";
import { Sales } from "./sales-figures/sales-figures.ts";
import { type Table, noUsage } from "./engine/table.ts";
import { openSnapshots } from "./nightly/open-snapshots.ts";
import { openPeople } from "./who-knows/open-people.ts";

export type TenantStore = ReturnType<typeof openTenantStore>;

/** API keys, rate limits and idempotency keys. */
const accessStores = (operations: Operations, keys: Keys) => ({
  apiKeys: new ApiKeys(operations, keys, (of, before, after, stamp) =>
    changeWrites(keys, before, after, { log: "keys", of, stamp }),
  ),
  idempotency: new IdempotentRequests(operations, keys),
  rates: new Rates(operations, keys),
});

/** What is sent, and what everybody prefers. */
const notificationStores = (operations: Operations, keys: Keys, addresses: AddressSecret, expiryOf: Expiry) => ({
  dueRows: openDueRows(operations, keys),
  outbox: new StoredOutbox(operations, keys, expiryOf),
  preferences: new StoredPreferences(operations, keys),
  groupOptOuts: openGroupOptOuts(operations, keys, addresses),
  suppressions: openSuppressions(operations, keys),
});

const peopleStore = (people: People, names: NameSearch, changedCustomers: ReadonlySet<CustomerId>) => ({
  /** Finds customers, persons and items by name. */
  names,
  /** Customers that this store has changed, or whose records it has. */
  changedCustomers,
  customersAfter: people.customersAfter.bind(people),
  user: people.user.bind(people),
  saveUser: people.saveUser.bind(people),
});

/** Notes the customers whose records change. */
const noting =
  (changed: Set<CustomerId>): EventSubscriber =>
  (event) => {
    if (event.type !== "published") changed.add(event.customerId);
    return [];
  };

/** What features beside the nightly findings store. */
const insightStores = (
  operations: Operations,
  keys: Keys,
  read: { readonly links: ItemLinks; readonly orders: Orders; readonly expiryOf: Expiry },
) => ({
  nights: new NightHistory(operations, keys),
  ...codeRedStores(operations, keys, read),
  monitors: openMonitors(operations, keys),
  followUps: openFollowUps(operations, keys),
  selections: openSelections(operations, keys),
  selectionOperations: openSelectionOperations(operations, keys),
  changeLogs: openChangeLogs(operations, keys),
  erasures: openErasures(operations, keys),
  statuses: openStatuses(operations, keys),
  backtests: new Backtests(operations, keys),
  slack: new StoredSlack(operations, keys, read.expiryOf),
});

function openCatalog(operations: Operations, keys: Keys, heads: Heads) {
  const numbers = new ItemNumbers(operations, keys, heads);
  return { numbers, links: new ItemLinks(operations, keys, knownItems(operations, keys, numbers)) };
}

interface StoreOptions {
  readonly chunkLimitBytes?: number | undefined;
  /** Of a request that only reads: what is known to be unchanged is not read again, and nothing twice. */
  readonly heads?: Heads | undefined;
  /** What was read with who asks. */
  readonly ahead?: Ahead | undefined;
}

/** The operations of a tenant, which announce what they write. */
function openOperations(table: Table, tenantId: Tenant["tenantId"], ahead: Ahead | undefined): Operations {
  const before = [announcing(table, tenantId), changingHeads(table, tenantId)];
  const operations = new Operations(table, noUsage(), async (writes) => {
    for (const each of before) await each(writes);
  });
  if (ahead !== undefined) operations.ahead.keep(ahead);
  return operations;
}

/** Saves customers, and has their findings follow them to their reps. */
const savingCustomers =
  (people: People, findingOwners: FindingOwners, touched: Set<CustomerId>): ImportStore["saveCustomers"] =>
  async (customers, keep, note) => {
    const [changed, unchanged]: [CustomerId[], CustomerId[]] = [[], []];
    const heard = heardFirst<Customer>(note, ({ customerId }, outcome) => {
      touched.add(customerId);
      if (outcome === "changed") changed.push(customerId);
      if (outcome === "unchanged") unchanged.push(customerId);
    });
    const counts = await people.saveCustomers(customers, keep, heard);
    // Whoever changed them before may have been cut off before their findings followed.
    await findingOwners.follow([...changed, ...(await people.changedOf(unchanged))]);
    return counts;
  };

/** The store of one tenant. It reaches no other tenant: every key begins with the tenant id. */
export function openTenantStore(
  table: Table,
  tenant: Tenant,
  { chunkLimitBytes = CHUNK_LIMIT_BYTES, heads = noHeads, ahead }: StoreOptions = {},
) {
  const [keys, operations] = [keysOf(tenant.tenantId), openOperations(table, tenant.tenantId, ahead)];
  const events = new PublishedEvents(operations, keys);
  const changedCustomers = new Set<CustomerId>();
  const subscriber = subscribers(dirtyMarks(keys), publishing(keys), noting(changedCustomers));
  const { numbers, links } = openCatalog(operations, keys, heads);
  const opened = openPeople(operations, keys, subscriber, { tenant, links, heads });
  const { people, allUsers, addresses, customerPersons, records, imports: others, ...families } = opened;
  const orders = new Orders(operations, keys, numbers, people, subscriber);
  const invoiceReader = new InvoiceReader(operations, keys);
  const invoices = new Invoices(operations, keys, invoiceReader, people, subscriber);
  const payments = new Payments(operations, keys, invoiceReader, subscriber);
  const [expiryOf, feedback] = [expiryAfter(tenant.keepDays), new StoredFeedback(operations, keys)];
  const findings = new Findings(operations, keys, expiryOf);
  const findingOwners = new FindingOwners(operations, keys, {
    profiles: (customerIds) => people.profiles(customerIds, true),
    users: () => people.users(),
  });
  const [sales, measures] = [new Sales(operations, keys), new Measures(operations, keys)];
  const notifications = notificationStores(operations, keys, addresses, expiryOf);
  const { snapshots, activities, callList, findingLists, parts } = openSnapshots(table, tenant, {
    operations,
    keys,
    people,
    numbers,
    links,
    ...opened.whoIsNot,
    heads,
    sources: { orders, invoices: invoiceReader, ...families, numbers, base: tenant.currency },
    chunkLimitBytes,
  });
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

  const imports: ImportStore = {
    saveUsers: people.saveUsers.bind(people),
    saveCustomers: savingCustomers(people, findingOwners, changedCustomers),
    saveItems: (items, keep, note) => people.saveItems(items, keep, note),
    saveOrders: (batch, partial, note) => orders.save(batch, partial, note),
    ...savingNewYears({ operations, keys, orders, people, numbers, chunkLimitBytes }),
    saveInvoices: (batch, note) => invoices.save(batch, note),
    savePayments: (batch, note) => payments.save(batch, note),
    ...others,
  };
  const results = { findings, findingOwners, ...notifications, sales, measures, users: allUsers, operations, keys };
  const nightly = nightlyStore({ events, shards, snapshots, callList, findingLists, parts, ...opened, ...results });
  return {
    tenant,
    usage: operations.usage,
    imports,
    documents: documentStore(orders, invoices, payments, invoiceReader),
    records,
    nightly,
    review: reviewStore(findings, feedback, new Undos(operations, keys)),
    orderQueries: orderQueries(people, orders),
    ...notifications,
    ...peopleStore(people, new NameSearch(operations, keys), changedCustomers),
    ...accessStores(operations, keys),
    sales: openSalesStore(operations, keys, { events, addresses, customerPersons, zone: tenant.timeZone, heads }),
    /** Events for webhooks: features without a log of their own publish here. */
    events,
    webhooks: openWebhooks(operations, keys, expiryOf),
    ...insightStores(operations, keys, { links, orders, expiryOf }),
    whoKnows: openWhoKnows(operations, keys, { ...opened, activities, zone: tenant.timeZone, expiryOf }),
    measures,
    /** What the tenant has amounts in its base currency of; while it has none, that currency can be changed. */
    storedAmounts: () => storedAmounts(operations, keys),
    shards,
    ...shardWork(snapshots),
  };
}

const shardWork = (snapshots: CustomerSnapshotReader) => ({
  /** Rebuilds the dirty customer-years of a shard until it is enough. */
  rebuild: (shard: number, isEnough?: () => boolean) => snapshots.repairShard(shard, isEnough),
  /** Compares every chunk of a shard with the source of truth, and replaces those that differ. */
  verify: (shard: number) => snapshots.verifyShard(shard),
});

const orderQueries = (people: People, orders: Orders): OrderQueries => ({
  customersOf: (userId) => people.customersOf(userId),
  drafts: () => orders.drafts(),
  ofDay: (customerId, on) => orders.ofDay(customerId, on),
});
