import { slackInstallationSchema } from "@regulars/core/slack/installation";
import { storedApiKeySchema } from "@regulars/core/access/api-key-store";
import { userSchema } from "@regulars/core/access/user";
import { itemSchema } from "@regulars/core/catalog/item";
import { itemLinkSchema } from "@regulars/core/catalog/item-link";
import { activitySchema } from "@regulars/core/customers/activity";
import { customerSchema } from "@regulars/core/customers/customer";
import { personSchema } from "@regulars/core/customers/person";
import { projectSchema } from "@regulars/core/customers/project";
import { saleSchema } from "@regulars/core/customers/sale";
import { supportRequestSchema } from "@regulars/core/customers/support-request";
import { importedContactSchema } from "@regulars/core/imports/imported-contact";
import { feedbackSchema } from "@regulars/core/insights/feedback";
import { undoSchema } from "@regulars/core/insights/undo";
import { invoiceSchema, paymentSchema } from "@regulars/core/invoices/receivable";
import { type Fate, type MailEvent, fates } from "@regulars/core/notifications/mail-event";
import { notificationSchema } from "@regulars/core/notifications/notification";
import { orderLineSchema, orderSchema } from "@regulars/core/orders/order";
import type { Instant } from "@regulars/core/platform/values";
import { keySchema as apiKeyAnswer } from "@regulars/functions/api/access/api-keys";
import {
  customerAnswerSchema as customerAnswer,
  personSchema as personAnswer,
} from "@regulars/functions/api/customers/customers";
import { orderAnswerSchema as orderAnswer } from "@regulars/functions/api/http/order-schema";
import { userAnswerSchema as userAnswer } from "@regulars/functions/api/http/user-schemas";
import { invoiceSchema as invoiceAnswer } from "@regulars/functions/api/invoices/invoices";
import { deliverySchema as notificationAnswer } from "@regulars/functions/api/notifications/deliveries";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { type TestTenant, aTenantStore, all } from "../fixtures/tenant.ts";
import { type Answer, emptyFields, forgottenFields } from "./fields.ts";
import { recordReaders as read } from "./record-readers.ts";
import * as sample from "./samples/records.ts";

/** One entity: its schema, a sample with every field, and the way through the store and back. */
interface Entity {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  readonly sample: object;
  readonly throughStore: (testTenant: TestTenant) => Promise<unknown>;
}

const mailEvent = (
  fate: Fate,
  { at, detail }: { readonly at: Instant; readonly detail?: string | undefined },
): MailEvent => ({
  id: fate,
  at,
  fate,
  isPermanent: false,
  addresses: [],
  detail,
});

/** Sends the sample's message: it was claimed twice in a row, failed, was claimed again, sent, and dropped. */
async function sendNotification({ store: { outbox } }: TestTenant): Promise<unknown> {
  const { id, dueAt, message, lastError, sentAt, providerId, queuedAt, why, note } = sample.notification;
  await outbox.queue([{ id, dueAt, message, isOnHold: false, queuedAt, why }]);
  const claim = async (now: Instant, leaseUntil = now) => {
    const [delivery] = await outbox.due(now, 1);
    if (delivery === undefined || !(await outbox.claim(delivery, leaseUntil))) throw new Error(`${id} was not claimed`);
    return delivery;
  };
  await claim(dueAt);
  await outbox.markFailed(await claim(dueAt), { error: lastError, retryAt: dueAt, mayHaveArrived: true });
  await outbox.markSent(await claim(dueAt), sentAt, { providerId });
  for (const fate of fates) await outbox.noteFate(id, mailEvent(fate, sample.notification[fate]));
  await outbox.noteClick(id, sample.notification.clicked);
  const listed = async () => (await outbox.page({ limit: 1 })).notifications[0];
  const sent = await listed();
  if (sent === undefined) throw new Error(`${id} is not listed`);
  await outbox.drop(sent, note);
  return listed();
}

const entities: readonly Entity[] = [
  {
    name: "connection with Slack",
    schema: slackInstallationSchema,
    sample: sample.slackInstallation,
    throughStore: async ({ store: { slack } }) => {
      await slack.saveInstallation(sample.slackInstallation);
      return slack.installation();
    },
  },
  {
    name: "user",
    schema: userSchema,
    sample: sample.user,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveUsers([sample.user]);
      return read.users(testTenant);
    },
  },
  {
    name: "customer",
    schema: customerSchema,
    sample: sample.customer,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveCustomers([sample.customer]);
      return read.customers(testTenant);
    },
  },
  {
    name: "person",
    schema: personSchema,
    sample: sample.person,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.savePersons([sample.person]);
      return read.persons(testTenant);
    },
  },
  {
    name: "item",
    schema: itemSchema,
    sample: sample.item,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveItems([sample.item]);
      return read.items(testTenant);
    },
  },
  {
    name: "item link",
    schema: itemLinkSchema,
    sample: sample.itemLink,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveItems(sample.linkedItems);
      await testTenant.store.imports.saveLinks([sample.itemLink]);
      return read.links(testTenant);
    },
  },
  {
    name: "order",
    schema: orderSchema,
    sample: sample.order,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveOrders([sample.order]);
      return read.orders(testTenant);
    },
  },
  {
    name: "invoice",
    schema: invoiceSchema,
    sample: sample.invoice,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveInvoices([{ invoice: sample.invoice }]);
      return read.invoices(testTenant);
    },
  },
  {
    name: "payment",
    schema: paymentSchema,
    sample: sample.payment,
    throughStore: async (testTenant) => {
      const { invoiceId, paymentId, paidOn, ordinal } = sample.payment;
      const row = { invoiceId, paymentId, paidAt: paidOn, amount: { units: 8_480n, scale: 2 } };
      await testTenant.store.imports.saveInvoices([{ invoice: sample.invoice }]);
      await testTenant.store.imports.savePayments([{ row, paidOn, ordinal }]);
      return read.payments(testTenant);
    },
  },
  {
    name: "activity",
    schema: activitySchema,
    sample: sample.activity,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveActivities([sample.activity]);
      return read.activities(testTenant);
    },
  },
  {
    name: "sale",
    schema: saleSchema,
    sample: sample.sale,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveSales([sample.sale]);
      return read.sales(testTenant);
    },
  },
  {
    name: "support request",
    schema: supportRequestSchema,
    sample: sample.supportRequest,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveRequests([sample.supportRequest]);
      return read.requests(testTenant);
    },
  },
  {
    name: "project",
    schema: projectSchema,
    sample: sample.project,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveProjects([sample.project]);
      return read.projects(testTenant);
    },
  },
  {
    name: "imported contact",
    schema: importedContactSchema,
    sample: sample.importedContact,
    throughStore: async (testTenant) => {
      await testTenant.store.imports.saveLeads([sample.importedContact]);
      return read.leads(testTenant);
    },
  },
  {
    name: "API key",
    schema: storedApiKeySchema,
    sample: sample.apiKey,
    throughStore: async (testTenant) => {
      await testTenant.store.apiKeys.create(sample.apiKey, []);
      return testTenant.store.apiKeys.find(sample.apiKey.keyId);
    },
  },
  {
    name: "action that can be undone",
    schema: undoSchema,
    sample: sample.undo,
    throughStore: async (testTenant) => {
      await testTenant.store.review.keepUndo(sample.undo);
      return testTenant.store.review.undoOf(sample.undo.findingId);
    },
  },
  {
    name: "feedback",
    schema: feedbackSchema,
    sample: sample.feedback,
    throughStore: async (testTenant) => {
      await testTenant.store.review.saveFeedback(sample.feedback);
      return (await all(testTenant.store.review.feedback()))[0];
    },
  },
  {
    name: "notification",
    schema: notificationSchema,
    sample: sample.notification,
    throughStore: sendNotification,
  },
];

describe.each(entities)("$name", ({ schema, sample: whole, throughStore }) => {
  it("has a sample with every field", () => {
    expect(emptyFields(schema, whole)).toEqual([]);
  });

  it("is read from the store with every field that was written", async () => {
    expect(await throughStore(aTenantStore())).toEqual(whole);
  });
});

/** What of each entity the API answers, under which name, and what it leaves out. */
const answers: readonly (Answer & { readonly name: string; readonly entity: z.ZodObject })[] = [
  { name: "user", entity: userSchema, schema: userAnswer },
  { name: "customer", entity: customerSchema, schema: customerAnswer },
  { name: "person", entity: personSchema, schema: personAnswer },
  { name: "order", entity: orderSchema, schema: orderAnswer },
  {
    name: "order line",
    entity: orderLineSchema,
    schema: orderAnswer.shape.lines.element,
    renamed: { netMinor: "net" },
    omitted: ["costMinor"],
  },
  {
    name: "invoice",
    entity: invoiceSchema,
    schema: invoiceAnswer,
    renamed: { totalMinor: "total", currency: "total" },
  },
  {
    name: "payment",
    entity: paymentSchema,
    schema: invoiceAnswer.shape.payments.element,
    renamed: { amountMinor: "amount", currency: "amount" },
    omitted: ["invoiceId", "ordinal"],
  },
  { name: "API key", entity: storedApiKeySchema, schema: apiKeyAnswer, omitted: ["secretHash"] },
  {
    name: "notification",
    entity: notificationSchema,
    schema: notificationAnswer,
    renamed: { message: "channel" },
    omitted: ["mayHaveArrived"],
  },
];

it.each(answers)("the API answers every field of a $name, or leaves it out on purpose", ({ entity, ...answer }) => {
  expect(forgottenFields(entity, answer)).toEqual([]);
});
