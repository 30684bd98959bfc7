import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { type Order, cancelled } from "@regulars/core/orders/order";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import { type Result, ok } from "@regulars/core/platform/result";
import type { OrderId } from "@regulars/core/platform/values";
import { unknownDocument } from "./correction.ts";

/**
 * Cancels an order: it keeps its lines and is no longer part of its customer's history (docs/reference/insights.md G7).
 * Idempotent. If the ERP sends the order again, the order is as sent again. The caller sends a `rebuild` message
 * afterwards.
 */
export async function cancelOrder({
  documents,
  orderId,
  companionOf,
}: {
  readonly documents: Pick<DocumentStore, "reviseOrder">;
  readonly orderId: OrderId;
  readonly companionOf?: CompanionWritesOf<Order> | undefined;
}): Promise<Result<Revised<Order>, "unknown-order">> {
  const revised = await documents.reviseOrder(orderId, cancelled, companionOf);
  return revised === undefined ? unknownOrder(orderId) : ok(revised);
}

/** There is no such order in the tenant. */
export const unknownOrder = (orderId: OrderId) => unknownDocument("order", orderId);
