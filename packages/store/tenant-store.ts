import type { DocumentStore } from "@regulars/core/imports/record-store";
import type { OrderDesk } from "@regulars/core/orders/order-queries";
import type { IntakeStore } from "@regulars/core/imports/import-store";
import type { NightStore } from "@regulars/core/nightly/nightly-store";
import type { ReviewStore } from "@regulars/core/insights/review-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { Backtests } from "./insights/backtests.ts";
import { CHUNK_LIMIT_BYTES } from "./snapshots/chunk.ts";
import { dirtyMarks } from "./snapshots/projections.ts";
import { BlockReader } from "./snapshots/snapshots.ts";
import { StoredFeedback } from "./insights/feedback.ts";
import { Findings } from "./nightly/findings.ts";
import { InvoiceReader } from "./invoices/invoice-reader.ts";
import { Invoices } from "./invoices/invoices.ts";
import { ItemNumbers } from "./catalog/item-numbers.ts";
import { SHARDS } from "./engine/key.ts";
import { type Keys, keysOf } from "./keys.ts";
import { MachineKeys } from "./access/api-keys.ts";
import { OnceRequests } from "./access/idempotency.ts";
import { Operations } from "./engine/operations.ts";
import { Orders } from "./orders/orders.ts";
import { openRecords } from "./imports/open-records.ts";
import { StoredOutbox } from "./notifications/outbox.ts";
import { People } from "./customers/people.ts";
import { Rates } from "./access/rate-limit.ts";
import { openPlanStore } from "./sales-store.ts";
import { openWebhooks } from "./webhooks/webhooks.ts";
import { Rebuilder } from "./snapshots/rebuild.ts";
import { Sales } from "./sales-figures/sales-figures.ts";
import { type Table, type Usage, noUsage } from "./engine/table.ts";

export type TenantStore = ReturnType<typeof openTenantStore>;

/** Who comes in, how often, and what was asked before. */
const accessStores = (operations: Operations, keys: Keys) => ({
  machineKeys: new MachineKeys(operations, keys),
  once: new OnceRequests(operations, keys),
  rates: new Rates(operations, keys),
});

/** Everything of one tenant, and nothing of any other: every key it makes begins with the tenant. */
export function openTenantStore(
  table: Table,
  tenant: Tenant,
  { chunkLimitBytes = CHUNK_LIMIT_BYTES }: { readonly chunkLimitBytes?: number } = {},
) {
  const keys = keysOf(tenant.tenantId);
  const usage: Usage = noUsage();
  const operations = new Operations(table, usage);
  const subscriber = dirtyMarks(keys);
  const { persons, activities, records, intake: recordIntake } = openRecords(operations, keys, subscriber);
  const people = new People(operations, keys, persons);
  const numbers = new ItemNumbers(operations, keys);
  const orders = new Orders(operations, keys, numbers, people, subscriber);
  const invoiceReader = new InvoiceReader(operations, keys);
  const invoices = new Invoices(operations, keys, invoiceReader, people, subscriber);
  const findings = new Findings(operations, keys);
  const feedback = new StoredFeedback(operations, keys);
  const sales = new Sales(operations, keys);
  const outbox = new StoredOutbox(operations, keys);
  const rebuilder = new Rebuilder({
    operations,
    keys,
    sources: { orders, invoices: invoiceReader, activities, numbers, base: tenant.currency },
    chunkLimitBytes,
  });
  const endedItems = once(() => people.endedItems());
  const blocks = new BlockReader({ table, usage, keys, numbers, rebuilder, tenant, endedItems });
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

  const intake: IntakeStore = {
    saveUsers: (users, keep, note) => people.saveUsers(users, keep, note),
    saveCustomers: (customers, keep, note) => people.saveCustomers(customers, keep, note),
    savePersons: (batch, keep, note) => people.savePersons(batch, keep, note),
    saveItems: (items, keep, note) => people.saveItems(items, keep, note),
    saveOrders: (batch, partial, note) => orders.save(batch, partial, note),
    saveInvoices: (batch, note) => invoices.save(batch, note),
    savePayments: (batch, note) => invoices.savePayments(batch, note),
    ...recordIntake,
  };
  const night: NightStore = {
    shards,
    users: () => people.users(),
    blocks: (shard, at, options) => blocks.ofShard(shard, at, options),
    blockOf: (customerId, at) => blocks.ofCustomer(customerId, at),
    personsOf: (customerId) => people.personsOf(customerId),
    itemNames: (itemIds) => people.itemNames(itemIds),
    saveFindings: (changes) => findings.save(changes),
    ofRep: (repId) => findings.ofRep(repId),
    profiles: (customerIds) => people.profiles(customerIds),
    queueNotifications: (notifications) => outbox.queue(notifications),
    releaseWithheld: (asOf, dueAt) => outbox.releaseWithheld(asOf, dueAt),
    endedSince: (from) => findings.endedSince(from),
    sales: () => sales.all(),
    saveSales: (figures) => sales.replace(figures),
    lastNight: () => findings.lastNight(),
    saveNight: (record) => findings.saveNight(record),
  };
  return {
    tenant,
    usage,
    intake,
    documents: documentStore(orders, invoices, invoiceReader),
    records,
    night,
    review: reviewStore(findings, feedback),
    orderDesk: orderDesk(people, orders),
    outbox,
    customersAfter: people.customersAfter.bind(people),
    user: people.user.bind(people),
    saveUser: people.saveUser.bind(people),
    ...accessStores(operations, keys),
    plans: openPlanStore(operations, keys, tenant.timeZone),
    webhooks: openWebhooks(operations, keys),
    backtests: new Backtests(operations, keys),
    shards,
    /** Rebuilds the marked customer-years of a shard; how many. */
    rebuild: (shard: number) => blocks.repairShard(shard),
    /** Proves every chunk of a shard against the truth, and mends what differs. */
    verify: (shard: number) => blocks.verifyShard(shard),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const documentStore = (orders: Orders, invoices: Invoices, invoiceReader: InvoiceReader): DocumentStore => ({
  findOrder: (orderId) => orders.find(orderId),
  findInvoice: (invoiceId) => invoiceReader.find(invoiceId),
  recentOrders: (customerId, page) => orders.recent(customerId, page),
  recentInvoices: (customerId, page) => invoiceReader.recent(customerId, page),
  reviseOrder: (orderId, change, receiptOf) => orders.revise(orderId, change, receiptOf),
  reviseInvoice: (invoiceId, change, receiptOf) => invoices.revise(invoiceId, change, receiptOf),
});

const reviewStore = (findings: Findings, feedback: StoredFeedback): ReviewStore => ({
  saveDismissal: (finding, dismissal) => findings.saveDismissal(finding, dismissal),
  saveFeedback: (one) => feedback.save(one),
  feedback: () => feedback.all(),
});

const orderDesk = (people: People, orders: Orders): OrderDesk => ({
  customersOf: (userId) => people.customersOf(userId),
  drafts: () => orders.drafts(),
  ofDay: (customerId, on) => orders.ofDay(customerId, on),
});
