import * as z from "zod";
import { invoiceIdSchema, orderIdSchema } from "../platform/values.ts";
import {
  AMOUNT,
  MOMENT,
  about,
  amountField,
  choiceField,
  currencyField,
  customerIdInput,
  itemIdInput,
  momentField,
  numberField,
  textField,
  userIdInput,
} from "./ingest-fields.ts";
import { MAX_ORDER_LINES } from "./orders.ts";

/** One line of an order item. */
export const orderLineItemSchema = z
  .strictObject({
    itemId: itemIdInput,
    quantity: numberField.meta(about("JSON number or decimal string, at most 6 decimals", 6)),
    unitPrice: amountField.nullish().meta(about(`Net price of one. ${AMOUNT}`, "11.90")),
    unitCost: amountField.nullish().meta(about(`Cost of one; unknown when it is absent. ${AMOUNT}`, "7.20")),
    kind: choiceField(["goods", "charge"]).nullish().meta(about("goods when it is absent", "goods")),
  })
  .meta(about("One line of an order", { itemId: "COFFEE-1KG", quantity: 6, unitPrice: "11.90" }));

/** An order or a credit, whole: it takes the place of what was told of it before. */
export const orderItemSchema = z
  .strictObject({
    orderId: orderIdSchema.in.meta(about("The order, unique in the tenant", "SO-1001")),
    customerId: customerIdInput,
    orderedAt: momentField.meta(about(MOMENT, "2026-11-23T09:30:00Z")),
    type: choiceField(["sale", "credit"])
      .nullish()
      .meta(about("sale when it is absent; every quantity of a credit counts as returned", "sale")),
    status: textField(
      "confirmed when it is absent; draft, quote, cancelled, rejected and deleted orders do not count as purchases",
      "confirmed",
    ),
    startedBy: userIdInput("The employee who started it"),
    currency: currencyField,
    fxToBase: numberField
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

const invoiceIdField = invoiceIdSchema.in.meta(about("The invoice, unique in the tenant", "INV-2001"));

/** An invoice or a credit memo, whole. */
export const invoiceItemSchema = z
  .strictObject({
    invoiceId: invoiceIdField,
    customerId: customerIdInput,
    invoiceDate: momentField.meta(about(MOMENT, "2026-11-23")),
    dueDate: momentField.nullish().meta(about("When it is due; never overdue without", "2026-12-23")),
    total: amountField.meta(about(`What is to be paid. ${AMOUNT}`, "84.80")),
    currency: currencyField,
    type: choiceField(["invoice", "credit"]).nullish().meta(about("By the total's sign when it is absent", "invoice")),
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

/** A payment of one invoice. */
export const paymentItemSchema = z
  .strictObject({
    invoiceId: invoiceIdField,
    paidAt: momentField.meta(about(MOMENT, "2026-12-01")),
    amount: amountField.meta(about(`In the invoice's currency. ${AMOUNT}`, "84.80")),
  })
  .meta(
    about(
      "A payment of an invoice that is known. It is told by invoice, day and amount: two equal ones of one day are two when one batch brings both",
      { invoiceId: "INV-2001", paidAt: "2026-12-01", amount: "84.80" },
    ),
  );

export type OrderItem = z.output<typeof orderItemSchema>;
