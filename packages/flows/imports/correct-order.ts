import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { readOrderItem } from "@regulars/core/imports/order-item";
import type { Order } from "@regulars/core/orders/order";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import { intakeOf } from "@regulars/core/imports/intake";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant, OrderId } from "@regulars/core/platform/values";
import { type Correction, correctDocument } from "./correction.ts";

/**
 * Replaces a stored order by a whole one, as an item of a batch has it, also if its day or customer changes. Unlike a
 * batch it creates no order. Idempotent. The caller sends a `rebuild` message afterwards.
 */
export function correctOrder({
  tenant,
  now,
  documents,
  orderId,
  item,
  companionOf,
}: {
  readonly tenant: Tenant;
  /** What is dated too far after it is rejected. */
  readonly now: Instant;
  readonly documents: Pick<DocumentStore, "reviseOrder">;
  readonly orderId: OrderId;
  readonly item: unknown;
  readonly companionOf?: CompanionWritesOf<Order> | undefined;
}): Promise<Correction<Revised<Order>, "unknown-order">> {
  return correctDocument({
    name: "order",
    id: orderId,
    read: readOrderItem(item, intakeOf(tenant, now)),
    idIn: (order) => order.orderId,
    revise: (order) => documents.reviseOrder(orderId, () => order, companionOf),
  });
}
