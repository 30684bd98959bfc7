import * as z from "zod";
import { MAX_ORDER_LINES } from "../orders.ts";
import { orderFields, orderLineFields } from "./documents.ts";
import { about, itemSchemaOf } from "./field.ts";

const lineItemSchema = itemSchemaOf(orderLineFields).meta(
  about("One line of an order", { itemId: "COFFEE-1KG", quantity: 6, unitPrice: "11.90" }),
);

/** An order or a credit, whole: it takes the place of what was told of it before. */
export const orderItemSchema = itemSchemaOf(orderFields)
  .omit({ itemId: true, quantity: true, uomFactor: true, unitPrice: true, unitCost: true, kind: true })
  .extend({
    lines: z
      .array(lineItemSchema)
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
export type OrderItem = z.output<typeof orderItemSchema>;
