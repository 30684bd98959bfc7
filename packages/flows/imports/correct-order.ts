import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { readOrderItem } from "@regulars/core/imports/order-item";
import type { Order } from "@regulars/core/orders/order";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import { ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { OrderId } from "@regulars/core/platform/values";
import { unknownOrder } from "./cancel-order.ts";
import { type Correction, otherId, unusable } from "./correction.ts";

/**
 * Puts an order, told whole as a batch's item is, in the place of the one that is stored, wherever its day or its
 * customer moves it. Unlike a batch it makes no new one. Twice is once. A `rebuild` message is due afterwards.
 */
export async function correctOrder({
  tenant,
  documents,
  orderId,
  item,
  companionOf,
}: {
  readonly tenant: Tenant;
  readonly documents: Pick<DocumentStore, "reviseOrder">;
  readonly orderId: OrderId;
  readonly item: unknown;
  readonly companionOf?: CompanionWritesOf<Order> | undefined;
}): Promise<Correction<Revised<Order>, "unknown-order">> {
  const read = readOrderItem(item, tenant);
  if (!read.ok) return unusable("order", orderId, read.errors);
  const order = read.value;
  if (order.orderId !== orderId) return unusable("order", orderId, [otherId("orderId", order.orderId, orderId)]);
  const revised = await documents.reviseOrder(orderId, () => order, companionOf);
  return revised === undefined ? unknownOrder(orderId) : ok(revised);
}
