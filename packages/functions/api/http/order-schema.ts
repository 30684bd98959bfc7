import * as z from "zod";
import { moneySchema } from "./schemas.ts";
import type { Order, OrderLine } from "@regulars/core/orders/order";
import type { Tenant } from "@regulars/core/tenants/tenant";

const lineSchema = z.object({
  itemId: z.string(),
  kind: z.enum(["goods", "charge"]),
  quantity: z.number(),
  net: moneySchema.nullable().meta({ description: "In the base currency; null if the order's currency has no rate" }),
});

export const orderAnswerSchema = z
  .object({
    orderId: z.string(),
    customerId: z.string(),
    orderedAt: z.string(),
    orderedOn: z.string().meta({ description: "The day in the tenant's zone" }),
    type: z.enum(["sale", "credit"]),
    status: z.string(),
    startedBy: z.string().nullable(),
    currency: z.string(),
    net: moneySchema
      .nullable()
      .meta({ description: "Of all lines, in the base currency; null if it is null for a line" }),
    lines: z.array(lineSchema),
  })
  .meta({ id: "Order", description: "An order or a credit, as last sent by the ERP" });

export function orderJson(
  order: Order,
  { currency: base }: Pick<Tenant, "currency">,
): z.output<typeof orderAnswerSchema> {
  const nets = order.lines.map(({ netMinor }) => netMinor);
  const isKnown = nets.every((net) => net !== undefined);
  return {
    orderId: order.orderId,
    customerId: order.customerId,
    orderedAt: order.orderedAt,
    orderedOn: order.orderedOn,
    type: order.type,
    status: order.status,
    startedBy: order.startedBy ?? null,
    currency: order.currency,
    net: isKnown ? { minor: nets.reduce((sum: number, net) => sum + (net ?? 0), 0), currency: base } : null,
    lines: order.lines.map((line) => lineJson(line, base)),
  };
}

const lineJson = ({ itemId, kind, quantity, netMinor }: OrderLine, base: string): z.output<typeof lineSchema> => ({
  itemId,
  kind,
  quantity,
  net: netMinor === undefined ? null : { minor: netMinor, currency: base },
});
