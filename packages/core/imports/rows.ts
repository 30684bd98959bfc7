import * as z from "zod";
import { activityTypes, directions } from "../customers/activity.ts";
import { isClosureDate } from "../platform/closure.ts";
import { normaliseEmail } from "./imported-contact.ts";
import { parseDecimal } from "../platform/money.ts";
import { roles } from "../access/user.ts";
import { isZone } from "../platform/period.ts";
import { saleStatuses } from "../customers/sale.ts";
import { textSchema } from "../platform/text.ts";
import {
  activityIdSchema,
  currencySchema,
  customerIdSchema,
  daySchema,
  externalIdSchema,
  invoiceIdSchema,
  itemIdSchema,
  orderIdSchema,
  personIdSchema,
  projectIdSchema,
  requestIdSchema,
  saleIdSchema,
  userIdSchema,
} from "../platform/values.ts";

/** An empty cell is an absent value. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? undefined : value), schema.optional());

const decimal = z.string({ error: "is missing" }).transform((value, context) => {
  const parsed = parseDecimal(value);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: value.trim() === "" ? "is missing" : parsed.message });
  return z.NEVER;
});

/** A moment as the file writes it; the tenant's zone decides what it means (period.ts, `parseMoment`). */
const moment = z.string({ error: "is missing" }).trim().min(1, "is missing").max(40, "is not a date");

const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.trim().toLowerCase() : value),
    z.enum(values, { error: `is not one of ${values.join(", ")}` }),
  );

const flag = z.preprocess(
  (value) => (typeof value === "string" ? value.trim().toLowerCase() : value),
  z
    .enum(["true", "false", "yes", "no", "1", "0"], { error: "is not yes or no" })
    .transform((value) => value === "true" || value === "yes" || value === "1"),
);

const closure = textSchema.refine(isClosureDate, "is not a closing date: YYYY-MM-DD, or MM-DD for every year");

const currencyCell = z.preprocess(
  (value) => (typeof value === "string" ? value.trim().toUpperCase() : value),
  currencySchema,
);

const share = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,5}$/, "is not a whole number from 1 to 999999")
  .transform(Number);

const emailAddress = textSchema.transform((value, context) => {
  const address = normaliseEmail(value);
  if (address !== undefined) return address;
  context.addIssue({ code: "custom", message: "is not an e-mail address" });
  return z.NEVER;
});

/** A status however it is capitalised; both spellings of a cancelled order are one. */
function statusOf(given: string): string {
  const status = given.toLowerCase();
  return status === "canceled" ? "cancelled" : status;
}

/** The rows of docs/imports.md: only ids, dates and quantities are required. */
export const userRowSchema = z.object({
  userId: userIdSchema,
  name: optional(textSchema),
  email: optional(textSchema),
  phone: optional(textSchema),
  role: optional(choice(roles)),
  teamId: optional(textSchema),
  territoryId: optional(textSchema),
  timeZone: optional(textSchema.refine(isZone, "is not an IANA time zone like Europe/Berlin")),
  slackUserId: optional(textSchema),
});

export const customerRowSchema = z.object({
  customerId: customerIdSchema,
  name: optional(textSchema),
  category: optional(textSchema),
  repId: optional(userIdSchema),
  assignedUserId: optional(userIdSchema),
  teamId: optional(textSchema),
  territoryId: optional(textSchema),
  phone: optional(textSchema),
  email: optional(textSchema),
  currency: optional(currencyCell),
  closedFrom: optional(closure),
  closedTo: optional(closure),
  creditHold: optional(flag),
});

export const personRowSchema = z.object({
  personId: personIdSchema,
  customerId: customerIdSchema,
  name: optional(textSchema),
  email: optional(textSchema),
  phone: optional(textSchema),
});

export const itemRowSchema = z.object({
  itemId: itemIdSchema,
  name: optional(textSchema),
  baseUnit: optional(textSchema),
  replacedBy: optional(itemIdSchema),
  discontinuedOn: optional(daySchema),
  outOfStockFrom: optional(daySchema),
  outOfStockTo: optional(daySchema),
});

/** One line of an order; the rows of one `orderId` are one order, whole. */
export const orderLineRowSchema = z.object({
  orderId: orderIdSchema,
  customerId: customerIdSchema,
  orderedAt: moment,
  type: optional(choice(["sale", "credit"])),
  status: optional(textSchema.transform(statusOf)),
  startedBy: optional(userIdSchema),
  itemId: itemIdSchema,
  quantity: decimal,
  unitPrice: optional(decimal),
  unitCost: optional(decimal),
  kind: optional(choice(["goods", "charge"])),
  currency: optional(currencyCell),
  fxToBase: optional(decimal),
});

export const invoiceRowSchema = z.object({
  invoiceId: invoiceIdSchema,
  customerId: customerIdSchema,
  invoiceDate: moment,
  dueDate: optional(moment),
  total: decimal,
  currency: optional(currencyCell),
  type: optional(choice(["invoice", "credit"])),
  disputed: optional(flag),
  /** Set by formats whose rows say when an invoice was paid in full; no column of our own files. */
  settledAt: optional(moment),
});

export const paymentRowSchema = z.object({ invoiceId: invoiceIdSchema, paidAt: moment, amount: decimal });

/** An activity belongs to a customer, its own or its person's: which of the two is needed, its assembly says. */
export const activityRowSchema = z.object({
  activityId: activityIdSchema,
  type: choice(activityTypes),
  direction: optional(choice(directions)),
  userId: optional(userIdSchema),
  personId: optional(personIdSchema),
  customerId: optional(customerIdSchema),
  occurredAt: moment,
  completed: optional(flag),
});

export const saleRowSchema = z.object({
  saleId: saleIdSchema,
  customerId: customerIdSchema,
  projectId: optional(projectIdSchema),
  status: optional(choice(saleStatuses)),
  amount: optional(decimal),
  currency: optional(currencyCell),
  saleDate: moment,
});

export const requestRowSchema = z.object({
  requestId: requestIdSchema,
  customerId: customerIdSchema,
  personId: optional(personIdSchema),
  createdAt: moment,
  closedAt: optional(moment),
});

export const projectRowSchema = z.object({
  projectId: projectIdSchema,
  customerId: customerIdSchema,
  name: optional(textSchema),
  status: optional(textSchema),
});

export const linkRowSchema = z.object({
  itemId: itemIdSchema,
  linkedItemId: itemIdSchema,
  ratio: optional(share),
  linkedRatio: optional(share),
});

export const leadRowSchema = z.object({
  externalId: externalIdSchema,
  name: optional(textSchema),
  email: optional(emailAddress),
  phone: optional(textSchema),
  customerId: optional(customerIdSchema),
  title: optional(textSchema),
  amount: optional(decimal),
  currency: optional(currencyCell),
});

export const rowSchemas = {
  users: userRowSchema,
  customers: customerRowSchema,
  persons: personRowSchema,
  items: itemRowSchema,
  orders: orderLineRowSchema,
  invoices: invoiceRowSchema,
  payments: paymentRowSchema,
  activities: activityRowSchema,
  sales: saleRowSchema,
  requests: requestRowSchema,
  projects: projectRowSchema,
  links: linkRowSchema,
  leads: leadRowSchema,
} as const;

export type ImportKind = keyof typeof rowSchemas;
export const importKinds = Object.keys(rowSchemas) as readonly ImportKind[];

export type UserRow = z.output<typeof userRowSchema>;
export type CustomerRow = z.output<typeof customerRowSchema>;
export type PersonRow = z.output<typeof personRowSchema>;
export type ItemRow = z.output<typeof itemRowSchema>;
export type OrderLineRow = z.output<typeof orderLineRowSchema>;
export type InvoiceRow = z.output<typeof invoiceRowSchema>;
export type PaymentRow = z.output<typeof paymentRowSchema>;
export type ActivityRow = z.output<typeof activityRowSchema>;
export type SaleRow = z.output<typeof saleRowSchema>;
export type RequestRow = z.output<typeof requestRowSchema>;
export type ProjectRow = z.output<typeof projectRowSchema>;
export type LinkRow = z.output<typeof linkRowSchema>;
export type LeadRow = z.output<typeof leadRowSchema>;
export type RowOf<K extends ImportKind> = z.output<(typeof rowSchemas)[K]>;
