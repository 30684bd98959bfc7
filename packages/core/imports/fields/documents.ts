import { invoiceIdSchema, orderIdSchema, paymentIdSchema } from "../../platform/values.ts";
import { AMOUNT, MOMENT, amount, choice, currency, flag, moment, number, orderStatus, same } from "./codecs.ts";
import { about, itemSchemaOf, optional, required } from "./field.ts";
import { amountCurrency, customerId, itemId, userIdOf } from "./shared.ts";

/** What a line of an order says of itself. */
export const orderLineFields = {
  itemId,
  quantity: required(number, "JSON number or decimal string, at most 6 decimals", 6),
  uomFactor: optional(
    number,
    "Base units in one of the quantity's units: 24 for a box of 24; 1 when it is absent. Prices are of one such unit",
    24,
  ),
  unitPrice: optional(amount, `Net price of one. ${AMOUNT}`, "11.90"),
  unitCost: optional(amount, `Cost of one; unknown when it is absent. ${AMOUNT}`, "7.20"),
  kind: optional(choice(["goods", "charge"]), "goods when it is absent", "goods"),
} as const;

/** One line of an order with what it says of the order: the rows of one `orderId` are one order, whole. */
export const orderFields = {
  orderId: required(same(orderIdSchema), "The order, unique in the tenant", "SO-1001"),
  customerId,
  orderedAt: required(moment, MOMENT, "2026-11-23T09:30:00Z"),
  type: optional(
    choice(["sale", "credit"]),
    "sale when it is absent; every quantity of a credit counts as returned",
    "sale",
  ),
  status: optional(
    orderStatus,
    "confirmed when it is absent; draft, quote, cancelled, rejected and deleted orders do not count as purchases",
    "confirmed",
  ),
  startedBy: userIdOf("The employee who started it"),
  ...orderLineFields,
  currency: amountCurrency,
  fxToBase: optional(
    number,
    "Units of the base currency for one of the order's; without it a foreign order has no value",
    "1.0842",
  ),
} as const;

export const invoiceFields = {
  invoiceId: required(same(invoiceIdSchema), "The invoice, unique in the tenant", "INV-2001"),
  customerId,
  invoiceDate: required(moment, MOMENT, "2026-11-23"),
  dueDate: optional(moment, "When it is due; never overdue without", "2026-12-23"),
  total: required(amount, `What is to be paid. ${AMOUNT}`, "84.80"),
  currency: amountCurrency,
  type: optional(choice(["invoice", "credit"]), "By the total's sign when it is absent", "invoice"),
  disputed: optional(flag, "Whether the customer contests it", false),
} as const;

/** An invoice or a credit memo, whole. */
export const invoiceItemSchema = itemSchemaOf(invoiceFields).meta(
  about("An invoice or a credit memo, whole: it takes the place of what was told before, its payments stay", {
    invoiceId: "INV-2001",
    customerId: "ACME",
    invoiceDate: "2026-11-23",
    dueDate: "2026-12-23",
    total: "84.80",
    currency: "EUR",
  }),
);

export const paymentFields = {
  invoiceId: invoiceFields.invoiceId,
  paymentId: optional(
    same(paymentIdSchema),
    "The payment, unique at its invoice: with it two equal payments of one day are two, and one sent again is changed",
    "PAY-7",
  ),
  paidAt: required(moment, MOMENT, "2026-12-01"),
  amount: required(amount, `In the invoice's currency. ${AMOUNT}`, "84.80"),
  currency: optional(currency, "ISO 4217; it must be the invoice's, which it is when it is absent", "EUR"),
} as const;

/** A payment of one invoice. */
export const paymentItemSchema = itemSchemaOf(paymentFields).meta(
  about(
    "A payment of an invoice that is known. Without a paymentId it is told by invoice, day and amount: two equal ones of one day are two when one batch brings both",
    { invoiceId: "INV-2001", paidAt: "2026-12-01", amount: "84.80" },
  ),
);
