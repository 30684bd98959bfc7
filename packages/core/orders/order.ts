import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import {
  currencySchema,
  customerIdSchema,
  daySchema,
  instantSchema,
  itemIdSchema,
  minorSchema,
  orderIdSchema,
  userIdSchema,
} from "../platform/values.ts";

/** Statuses that are not, or no longer, a purchase (docs/reference/insights.md G6). */
const ineffectiveStatuses = ["draft", "quote", "cancelled", "rejected", "deleted"] as const;

const lineKinds = ["goods", "charge"] as const;
export type LineKind = (typeof lineKinds)[number];

/** One order line. Amounts are minor units of the tenant's base currency; quantities and amounts of a credit are negative. */
export const orderLineSchema = z.object({
  itemId: itemIdSchema,
  kind: z.enum(lineKinds),
  quantity: z.number(),
  /** Absent when the order's currency has no rate (docs/reference/insights.md G9). */
  netMinor: minorSchema.optional(),
  /** Cost of the whole line; absent when unknown, never zero. */
  costMinor: minorSchema.optional(),
});
export type OrderLine = Immutable<z.output<typeof orderLineSchema>>;

/** An order or a credit, as the ERP last sent it. */
export const orderSchema = z.object({
  orderId: orderIdSchema,
  customerId: customerIdSchema,
  orderedAt: instantSchema,
  /** `orderedAt` in the tenant's zone, fixed at import (docs/reference/insights.md G1). */
  orderedOn: daySchema,
  type: z.enum(["sale", "credit"]),
  status: z.string(),
  startedBy: userIdSchema.optional(),
  currency: currencySchema,
  lines: z.array(orderLineSchema),
});
export type Order = Immutable<z.output<typeof orderSchema>>;

/**
 * The order after its cancellation: it keeps its lines, and is no longer part of the history
 * (docs/reference/insights.md G7).
 */
export const cancelled = (order: Order): Order => ({ ...order, status: "cancelled" });

/**
 * Whether an order is part of the history (docs/reference/insights.md G6, G7): drafts, quotes and cancelled orders are
 * not.
 */
export const isEffective = (order: Pick<Order, "status">): boolean =>
  !ineffectiveStatuses.some((status) => status === order.status);

/** Whether an order is a sale that was placed, whatever became of it: a list of a day shows it. */
export const isPlaced = ({ type, status }: Pick<Order, "type" | "status">): boolean =>
  type === "sale" && status !== "draft" && status !== "deleted";
