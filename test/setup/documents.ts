import type { Order } from "@regulars/core/order";
import type { Invoice } from "@regulars/core/receivable";
import {
  currencySchema,
  customerIdSchema,
  day,
  invoiceIdSchema,
  itemIdSchema,
  minor,
  orderIdSchema,
  toInstant,
} from "@regulars/core/values";

/** An order as it is saved: six of each item at 2.00 EUR, on a day at ten in the morning. */
export const aStoredOrder = (told: {
  readonly orderId: string;
  readonly customerId: string;
  readonly on: string;
  readonly itemIds?: readonly string[];
}): Order => ({
  orderId: orderIdSchema.parse(told.orderId),
  customerId: customerIdSchema.parse(told.customerId),
  orderedAt: toInstant(Date.parse(`${told.on}T10:00:00Z`)),
  orderedOn: day(told.on),
  type: "sale",
  status: "confirmed",
  currency: currencySchema.parse("EUR"),
  lines: (told.itemIds ?? ["COFFEE"]).map((itemId) => ({
    itemId: itemIdSchema.parse(itemId),
    kind: "goods",
    quantity: 6,
    netMinor: minor(1_200),
  })),
});

/** An invoice over 100.00 EUR. */
export const aStoredInvoice = (told: {
  readonly invoiceId: string;
  readonly customerId: string;
  readonly on: string;
  readonly dueOn: string;
}): Invoice => ({
  invoiceId: invoiceIdSchema.parse(told.invoiceId),
  customerId: customerIdSchema.parse(told.customerId),
  invoicedOn: day(told.on),
  dueOn: day(told.dueOn),
  totalMinor: minor(10_000),
  currency: currencySchema.parse("EUR"),
  type: "invoice",
  disputed: false,
});
