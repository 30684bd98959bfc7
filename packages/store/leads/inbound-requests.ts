import { type HookDelivery, KEPT_DAYS, hookDeliverySchema } from "@regulars/core/leads/inbound-request";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const KEPT_SECONDS = KEPT_DAYS * 86_400;

/** The log of what machines sent to plans, the newest first, each sender's by itself. */
export class HookDeliveries {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async note(deliveries: readonly HookDelivery[]): Promise<void> {
    await this.#operations.batchPut(
      deliveries.map((delivery) => ({
        ...this.#keys.hookDelivery(delivery.scope, delivery.at, delivery.requestId),
        ...delivery,
        expiresAt: Math.ceil(Date.parse(delivery.at) / 1000) + KEPT_SECONDS,
      })),
    );
  }

  async list(scope: string, limit: number): Promise<HookDelivery[]> {
    const found: HookDelivery[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": this.#keys.hookDeliveries(scope) },
      ScanIndexForward: false,
      Limit: limit,
    })) {
      found.push(hookDeliverySchema.parse(item));
      if (found.length === limit) break;
    }
    return found;
  }

  /** One of a sender's, by its request; the sender's log is read as far as it takes. */
  async find(scope: string, requestId: string): Promise<HookDelivery | undefined> {
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk",
      FilterExpression: "requestId = :requestId",
      ExpressionAttributeValues: { ":pk": this.#keys.hookDeliveries(scope), ":requestId": requestId },
      ScanIndexForward: false,
    }))
      return hookDeliverySchema.parse(item);
    return undefined;
  }
}
