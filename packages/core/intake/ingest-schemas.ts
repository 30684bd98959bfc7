import * as z from "zod";
import { roles } from "../people.ts";
import {
  currencySchema,
  customerIdSchema,
  daySchema,
  invoiceIdSchema,
  itemIdSchema,
  orderIdSchema,
  personIdSchema,
  userIdSchema,
} from "../values.ts";
import { MAX_ORDER_LINES } from "./orders.ts";
import { MAX_TEXT } from "../text.ts";
import type { ImportKind } from "./rows.ts";

/** Items that one batch may have. */
export const MAX_BATCH_ITEMS = 100;

/** What a schema says of itself in the OpenAPI document. */
const about = (description: string, example: unknown) => ({ description, example });

const text = (description: string, example: string) =>
  z.string().max(MAX_TEXT, `is longer than ${MAX_TEXT} characters`).nullish().meta(about(description, example));

const moment = z.string().min(1, "is not a date").max(40, "is not a date");
const MOMENT =
  "An instant with an offset or Z, or a local time or day of the tenant's zone: 2026-11-23T09:30:00Z, 2026-11-23 09:30, 2026-11-23";

const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `is not one of ${values.join(", ")}` });

const HOW_TO_WRITE = 'write an amount as a decimal string like "11.90" or as { "minor": 1190, "currency": "EUR" }';

/** Decimal text or minor units; a JSON number would pass through floating point on its way, and cents with it. */
const amount = z.union(
  [
    z.string().max(64, `is too long: ${HOW_TO_WRITE}`),
    z.strictObject({
      minor: z.int("is not a whole number of minor units").meta(about("Whole minor units (cents)", 1190)),
      currency: currencySchema.in.meta(about("ISO 4217", "EUR")),
    }),
  ],
  {
    error: ({ input }) => `${typeof input === "number" ? "is a JSON number" : "is not an amount"}: ${HOW_TO_WRITE}`,
  },
);
const AMOUNT = "Decimal string, or minor units with their currency; never a JSON number";

const number = z.union([z.number(), z.string().max(64, "is not a number: write it like 1234.56")], {
  error: "is not a number: write a JSON number or a decimal string",
});

const customerId = customerIdSchema.in.meta(about("The customer, a company", "ACME"));
const currency = currencySchema.in
  .nullish()
  .meta(about("ISO 4217; the tenant's base currency when it is absent", "EUR"));
const userId = (description: string) => userIdSchema.in.nullish().meta(about(description, "R1"));

const userItem = z
  .strictObject({
    userId: userIdSchema.in.meta(about("The employee", "R1")),
    name: text("Name", "Sanne Vos"),
    email: text("Where digests go", "sanne@example.com"),
    phone: text("As customers are told it", "+31 20 555 0101"),
    role: choice(roles).nullish().meta(about("rep when it is absent", "rep")),
    teamId: text("Team", "north"),
    territoryId: text("Territory", "T-12"),
    timeZone: text("IANA time zone; the tenant's when it is absent", "Europe/Amsterdam"),
    slackUserId: text("Slack member", "U02ABC"),
  })
  .meta(
    about("An employee of the tenant", {
      userId: "R1",
      name: "Sanne Vos",
      email: "sanne@example.com",
      role: "rep",
      timeZone: "Europe/Amsterdam",
    }),
  );

const CLOSING = "Closed from this day on, YYYY-MM-DD, or MM-DD for every year";

const customerItem = z
  .strictObject({
    customerId,
    name: text("Name", "Acme Foods"),
    category: text("Category", "hotel"),
    repId: userId("The rep it belongs to"),
    assignedUserId: userId("Who else looks after it"),
    teamId: text("Team", "north"),
    territoryId: text("Territory", "T-12"),
    phone: text("Phone", "+31 20 555 0199"),
    email: text("E-mail", "kitchen@acme.example"),
    currency: currencySchema.in.nullish().meta(about("ISO 4217", "EUR")),
    closedFrom: text(CLOSING, "12-24"),
    closedTo: text("Closed until this day, both included", "01-06"),
  })
  .meta(
    about("A company that buys", { customerId: "ACME", name: "Acme Foods", repId: "R1", phone: "+31 20 555 0199" }),
  );

const personItem = z
  .strictObject({
    personId: personIdSchema.in.meta(about("The person", "P-77")),
    customerId,
    name: text("Name", "Ana Kovač"),
    email: text("E-mail", "ana@acme.example"),
    phone: text("Phone", "+31 6 5550 1234"),
  })
  .meta(
    about("Someone who works at a customer; one who changed company moves there", {
      personId: "P-77",
      customerId: "ACME",
      name: "Ana Kovač",
      phone: "+31 6 5550 1234",
    }),
  );

const itemId = itemIdSchema.in.meta(about("The item, as the ERP calls it", "COFFEE-1KG"));

const itemItem = z
  .strictObject({
    itemId,
    name: text("Name", "Coffee beans, 1 kg"),
    baseUnit: text("Unit that quantities are in", "kg"),
    replacedBy: itemIdSchema.in.nullish().meta(about("Its substitute", "COFFEE-1KG-BIO")),
    discontinuedOn: daySchema.in.nullish().meta(about("No longer sold from this day on, YYYY-MM-DD", "2026-12-31")),
  })
  .meta(about("Something the tenant sells", { itemId: "COFFEE-1KG", name: "Coffee beans, 1 kg", baseUnit: "kg" }));

/** One line of an order item. */
export const orderLineItemSchema = z
  .strictObject({
    itemId,
    quantity: number.meta(about("JSON number or decimal string, at most 6 decimals", 6)),
    unitPrice: amount.nullish().meta(about(`Net price of one. ${AMOUNT}`, "11.90")),
    unitCost: amount.nullish().meta(about(`Cost of one; unknown when it is absent. ${AMOUNT}`, "7.20")),
    kind: choice(["goods", "charge"]).nullish().meta(about("goods when it is absent", "goods")),
  })
  .meta(about("One line of an order", { itemId: "COFFEE-1KG", quantity: 6, unitPrice: "11.90" }));

/** An order or a credit, whole: it takes the place of what was told of it before. */
export const orderItemSchema = z
  .strictObject({
    orderId: orderIdSchema.in.meta(about("The order, unique in the tenant", "SO-1001")),
    customerId,
    orderedAt: moment.meta(about(MOMENT, "2026-11-23T09:30:00Z")),
    type: choice(["sale", "credit"])
      .nullish()
      .meta(about("sale when it is absent; every quantity of a credit counts as returned", "sale")),
    status: text(
      "confirmed when it is absent; draft, quote, cancelled, rejected and deleted orders do not count as purchases",
      "confirmed",
    ),
    startedBy: userId("The employee who started it"),
    currency,
    fxToBase: number
      .nullish()
      .meta(
        about("Units of the base currency for one of the order's; without it a foreign order has no value", "1.0842"),
      ),
    lines: z
      .array(orderLineItemSchema)
      .min(1, "has no line: an order has at least one")
      .max(MAX_ORDER_LINES, `has more than ${MAX_ORDER_LINES} lines`)
      .meta({ description: "All its lines" }),
  })
  .meta(
    about("An order or a credit, whole: one bad line rejects it, and it takes the place of what was told before", {
      orderId: "SO-1001",
      customerId: "ACME",
      orderedAt: "2026-11-23T09:30:00Z",
      currency: "EUR",
      lines: [
        { itemId: "COFFEE-1KG", quantity: 6, unitPrice: "11.90" },
        { itemId: "OATMILK", quantity: "12", unitPrice: { minor: 195, currency: "EUR" } },
      ],
    }),
  );

const invoiceId = invoiceIdSchema.in.meta(about("The invoice, unique in the tenant", "INV-2001"));

/** An invoice or a credit memo, whole. */
export const invoiceItemSchema = z
  .strictObject({
    invoiceId,
    customerId,
    invoiceDate: moment.meta(about(MOMENT, "2026-11-23")),
    dueDate: moment.nullish().meta(about("When it is due; never overdue without", "2026-12-23")),
    total: amount.meta(about(`What is to be paid. ${AMOUNT}`, "84.80")),
    currency,
    type: choice(["invoice", "credit"]).nullish().meta(about("By the total's sign when it is absent", "invoice")),
    disputed: z.boolean().nullish().meta(about("Whether the customer contests it", false)),
  })
  .meta(
    about("An invoice or a credit memo, whole: it takes the place of what was told before, its payments stay", {
      invoiceId: "INV-2001",
      customerId: "ACME",
      invoiceDate: "2026-11-23",
      dueDate: "2026-12-23",
      total: "84.80",
      currency: "EUR",
    }),
  );

const paymentItem = z
  .strictObject({
    invoiceId,
    paidAt: moment.meta(about(MOMENT, "2026-12-01")),
    amount: amount.meta(about(`In the invoice's currency. ${AMOUNT}`, "84.80")),
  })
  .meta(
    about(
      "A payment of an invoice that is known. It is told by invoice, day and amount: two equal ones of one day are two when one batch brings both",
      { invoiceId: "INV-2001", paidAt: "2026-12-01", amount: "84.80" },
    ),
  );

/** What the items of a batch look like, by kind: the columns of product.md's import table as JSON. */
export const ingestSchemas = {
  users: userItem,
  customers: customerItem,
  persons: personItem,
  items: itemItem,
  orders: orderItemSchema,
  invoices: invoiceItemSchema,
  payments: paymentItem,
} as const satisfies Record<ImportKind, z.ZodType>;

export type IngestKind = keyof typeof ingestSchemas;
export const ingestKinds = Object.keys(ingestSchemas) as readonly IngestKind[];

export type OrderItem = z.output<typeof orderItemSchema>;
