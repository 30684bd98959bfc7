import type { StoredApiKey } from "@regulars/core/access/api-key-store";
import type { User } from "@regulars/core/access/user";
import type { Item } from "@regulars/core/catalog/item";
import type { ItemLink } from "@regulars/core/catalog/item-link";
import type { Activity } from "@regulars/core/customers/activity";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import type { Project } from "@regulars/core/customers/project";
import type { Sale } from "@regulars/core/customers/sale";
import type { SupportRequest } from "@regulars/core/customers/support-request";
import type { ImportedContact } from "@regulars/core/imports/imported-contact";
import { findingId } from "@regulars/core/insights/finding";
import type { Feedback } from "@regulars/core/insights/feedback";
import type { Undo } from "@regulars/core/insights/undo";
import type { Invoice, Payment } from "@regulars/core/invoices/receivable";
import type { Notification } from "@regulars/core/notifications/notification";
import type { Order } from "@regulars/core/orders/order";
import type { SlackInstallation } from "@regulars/core/slack/installation";
import { planIdSchema } from "@regulars/core/platform/ids";
import {
  activityIdSchema,
  currencySchema,
  customerIdSchema,
  day,
  externalIdSchema,
  invoiceIdSchema,
  paymentIdSchema,
  itemIdSchema,
  minor,
  orderIdSchema,
  personIdSchema,
  projectIdSchema,
  requestIdSchema,
  saleIdSchema,
  tenantIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import type { Filled } from "../fields.ts";
import { anna, at } from "./values.ts";

/** One record of each kind with every field filled, no field as it is when it is left out of an import. */

const on = day("2026-11-23");
const later = { at: toInstant(Date.parse("2026-11-24T15:00:00Z")), on: day("2026-11-24") };
export const acme = customerIdSchema.parse("acme");
const bob = userIdSchema.parse("bob");
const [personId, projectId] = [personIdSchema.parse("p1"), projectIdSchema.parse("pr1")];
const [itemId, linkedItemId] = [itemIdSchema.parse("rye"), itemIdSchema.parse("butter")];
const invoiceId = invoiceIdSchema.parse("inv1");
const [usd, eur] = [currencySchema.parse("USD"), currencySchema.parse("EUR")];

export const user: Filled<User> = {
  userId: anna,
  name: "Anna Berg",
  email: "anna@example.com",
  phone: "+31 20 555 0101",
  role: "manager",
  teamId: "north",
  territoryId: "t12",
  timeZone: "Europe/Amsterdam",
  slackUserId: "U02ABC",
  isActive: false,
  dealRights: ["deals.edit_all"],
};

export const customer: Filled<Customer> = {
  customerId: acme,
  name: "Acme Foods",
  category: "hotel",
  repId: anna,
  assignedUserId: bob,
  teamId: "north",
  territoryId: "t12",
  phone: "+31 20 555 0199",
  email: "kitchen@acme.example",
  currency: usd,
  closedFrom: "12-24",
  closedTo: "01-06",
  creditHold: true,
};

export const person: Filled<Person> = {
  personId,
  customerId: acme,
  name: "Ana Kovač",
  email: "ana@acme.example",
  phone: "+31 6 5550 1234",
};

export const item: Filled<Item> = {
  itemId,
  name: "Rye bread",
  baseUnit: "loaf",
  replacedBy: linkedItemId,
  discontinuedOn: day("2026-12-31"),
  outOfStockFrom: day("2026-10-01"),
  outOfStockTo: day("2026-11-15"),
};

export const itemLink: Filled<ItemLink> = {
  itemId,
  linkedItemId,
  ratio: 2,
  linkedRatio: 3,
  lagDays: 7,
  bidirectional: true,
};
/** The items of the link: a link of others is refused. */
export const linkedItems = [{ itemId }, { itemId: linkedItemId }];

/** A credit in dollars of a tenant that counts in euros, at half a euro each. */
export const order: Filled<Order> = {
  orderId: orderIdSchema.parse("so1"),
  customerId: acme,
  orderedAt: at,
  orderedOn: on,
  type: "credit",
  status: "draft",
  startedBy: anna,
  currency: usd,
  lines: [{ itemId, kind: "charge", quantity: -2, netMinor: minor(-1_190), costMinor: minor(-720) }],
};

export const invoice: Filled<Invoice> = {
  invoiceId,
  customerId: acme,
  invoicedOn: on,
  dueOn: later.on,
  totalMinor: minor(8_480),
  currency: usd,
  type: "credit",
  disputed: true,
  isVoid: true,
};

export const payment: Filled<Payment> = {
  invoiceId,
  paymentId: paymentIdSchema.parse("pay1"),
  paidOn: later.on,
  amountMinor: minor(8_480),
  currency: invoice.currency,
  ordinal: 1,
};

export const activity: Filled<Activity> = {
  activityId: activityIdSchema.parse("a1"),
  customerId: acme,
  type: "call",
  direction: "in",
  userId: anna,
  personId,
  occurredAt: at,
  occurredOn: on,
  completed: false,
  threadId: "th-1",
  attendees: 2,
  attendeeIds: ["p2", "p3"].map((id) => personIdSchema.parse(id)),
  durationMinutes: 45,
  automatic: true,
  mass: true,
};

export const sale: Filled<Sale> = {
  saleId: saleIdSchema.parse("s1"),
  customerId: acme,
  projectId,
  status: "lost",
  saleOn: on,
  amountMinor: minor(150_000),
  currency: usd,
};

export const supportRequest: Filled<SupportRequest> = {
  requestId: requestIdSchema.parse("r1"),
  customerId: acme,
  personId,
  createdAt: at,
  createdOn: on,
  closedAt: later.at,
  closedOn: later.on,
};

export const project: Filled<Project> = {
  projectId,
  customerId: acme,
  name: "New espresso bar",
  status: "ongoing",
  revenue: { minor: minor(1_200_000), currency: usd },
  cost: { minor: minor(950_000), currency: usd },
};

export const importedContact: Filled<ImportedContact> = {
  externalId: externalIdSchema.parse("sub881"),
  name: "Olena K.",
  email: "olena@example.com",
  phone: "+380 67 123 4567",
  customerId: acme,
  title: "Course A",
  amountMinor: minor(19_900),
  currency: usd,
};

export const apiKey: Filled<StoredApiKey> = {
  keyId: "k000000000001",
  name: "erp",
  actions: ["ingest.write"],
  planIds: [planIdSchema.parse("pln_1")],
  strict: true,
  createdAt: at,
  createdBy: "user:anna",
  revokedAt: later.at,
  lastUsedOn: on,
  secretHash: "0123abcd",
};

const subject = { type: "item", id: itemId, customerId: acme } as const;
export const feedback: Filled<Feedback> = {
  findingId: findingId({ kind: "lost-items", subject }),
  kind: "lost-items",
  rule: "lost-items/1",
  level: "watch",
  subject,
  episode: "2026-11-01",
  verdict: "known_reason",
  note: "They bake themselves now",
  by: anna,
  at,
};

export const undo: Undo = {
  findingId: feedback.findingId,
  by: "user:anna",
  at,
  before: {
    what: "dismissal",
    episode: "2026-11-01",
    state: "dismissed",
    reachedOn: on,
    dismissal: { kind: "lost-items", subject, episode: "2026-11-01", until: on, by: anna, at },
  },
};

const line = {
  findingId: feedback.findingId,
  episode: "2026-11-01",
  level: "watch",
  isNew: true,
  customerId: acme,
  customerName: "Acme Foods",
  why: { template: "silent", variables: { days: { type: "number", value: 22 } } },
  atStakeMinor: 1_190,
  currency: eur,
  contact: { name: "Ana Kovač", phone: "+31 6 5550 1234" },
  link: "https://example.com/acme",
  followUp: { text: "Hello <name>", variables: { name: { type: "text", text: "Ana" } } },
} as const;

export const notification: Filled<Notification> = {
  id: "digest anna 2026-11-23",
  state: "dropped",
  dueAt: at,
  attempts: 3,
  message: {
    type: "digest",
    tenantId: tenantIdSchema.parse("acme-sales"),
    tenantName: "Acme Sales",
    asOf: on,
    locale: "en",
    userId: anna,
    to: { name: "Anna Berg", address: "anna@example.com" },
    sections: [{ kind: "lost-items", count: 4, newCount: 1, toldCount: 1 }],
    told: [{ findingId: feedback.findingId, episode: "2026-11-01", customerId: acme, kind: "lost-items" }],
    cleared: { count: 1, first: [{ kind: "lost-items", customerName: "Acme Foods", outcome: "won_back" }] },
    day: day("2026-11-24"),
    customersLocale: "da-DK",
    lines: [{ ...line, kind: "lost-items", also: [line.why] }],
    sales: {
      from: day("2026-11-16"),
      to: day("2026-11-22"),
      salesMinor: 10_000,
      previousMinor: 20_000,
      currency: eur,
      changePct: -50,
      grossProfit: { gpPct: 31.5, changePoints: -2 },
      lowest: {
        windowDays: 90,
        customers: 12,
        rows: [{ customerName: "Acme Foods", units: 6, salesMinor: 1_190, gpPct: 31.5 }],
      },
    },
    toDo: {
      count: 1,
      due: 1,
      tasks: [{ customerName: "Acme Foods", type: "call", text: "Call them", dueOn: on, isLate: true }],
    },
    link: "https://example.com/for-you",
  },
  sentAt: later.at,
  providerId: "ses-1",
  delivered: { at, detail: "250 ok" },
  delayed: { at, detail: "mailbox full" },
  bounced: { at, detail: "550 unknown user" },
  complained: { at, detail: "abuse" },
  clicked: { at: toInstant(7), detail: "contacted" },
  rejected: { at, detail: "Bad content" },
  lastError: "the mail server was away",
  maybeDuplicate: true,
  mayHaveArrived: true,
  queuedAt: at,
  why: { rule: "paused", decidedBy: "compulsion", reason: "Rest", pausedUntil: "2026-12-01", isOverruled: true },
  note: "resolved while held",
};

export const slackInstallation: Filled<SlackInstallation> = {
  workspaceId: "T0ACME",
  workspaceName: "Acme",
  botUserId: "U0BOT",
  scopes: ["chat:write", "commands"],
  sealedToken: "v1.token",
  sealedRefreshToken: "v1.refresh",
  tokenExpiresAt: later.at,
  installedBy: anna,
  installedAt: at,
  channel: { id: "C0SALES", name: "sales" },
  teamChannels: { north: { id: "C0NORTH", name: "north" } },
  repChannels: { anna: { id: "G0ANNA", name: "anna" } },
  version: 1,
};
