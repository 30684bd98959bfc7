import { paymentSchema } from "@regulars/core/invoices/receivable";
import { itemSchema } from "@regulars/core/catalog/item";
import { type TestTenant, all } from "../fixtures/tenant.ts";
import { acme, importedContact, invoice, item, order, user } from "./samples/records.ts";

const first = async <T>(sequence: AsyncIterable<T>): Promise<T | undefined> => (await all(sequence))[0];

/** How a record that can be imported is read back from the store, by its import kind. */
export const recordReaders = {
  users: ({ store }: TestTenant) => store.user(user.userId),
  customers: async ({ store }: TestTenant) => (await store.nightly.profiles([acme])).get(acme),
  persons: async ({ store }: TestTenant) => (await store.nightly.personsOf(acme))[0],
  items: async (testTenant: TestTenant) =>
    itemSchema.safeParse(await testTenant.item(testTenant.keys.item(item.itemId))).data,
  links: async ({ store }: TestTenant) => (await store.records.links())[0],
  orders: ({ store }: TestTenant) => store.documents.findOrder(order.orderId),
  invoices: async ({ store }: TestTenant) => {
    const { payments: _payments, ...found } = (await store.documents.findInvoice(invoice.invoiceId)) ?? {};
    return found;
  },
  payments: async (testTenant: TestTenant) => {
    const stored = (await testTenant.partition(testTenant.keys.invoices(acme))).find(
      ({ paymentOf }) => paymentOf !== undefined,
    );
    if (stored === undefined) return undefined;
    const { paymentOf: invoiceId, ...payment } = stored;
    return paymentSchema.parse({ invoiceId, ...payment });
  },
  activities: ({ store }: TestTenant) => first(store.records.activitiesOf(acme)),
  sales: ({ store }: TestTenant) => first(store.records.salesOf(acme)),
  requests: ({ store }: TestTenant) => first(store.records.requestsOf(acme)),
  projects: ({ store }: TestTenant) => first(store.records.projectsOf(acme)),
  leads: ({ store }: TestTenant) => store.records.findLead(importedContact.externalId),
} as const;
