import type { InboundRequestLog } from "@regulars/core/leads/inbound-request-log";
import { type InboundRequest, KEPT_DAYS, inboundRequestSchema } from "@regulars/core/leads/inbound-request";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const KEPT_SECONDS = KEPT_DAYS * 86_400;

/** The log of inbound requests, one for each sender, newest first. */
export class InboundRequests implements InboundRequestLog {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async note(requests: readonly InboundRequest[]): Promise<void> {
    await this.#operations.batchPut(
      requests.map((request) => ({
        ...this.#keys.inboundRequest(request.scope, request.at, request.requestId),
        ...request,
        expiresAt: Math.ceil(Date.parse(request.at) / 1000) + KEPT_SECONDS,
      })),
    );
  }

  async list(scope: string, limit: number): Promise<InboundRequest[]> {
    const found: InboundRequest[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": this.#keys.inboundRequests(scope) },
      ScanIndexForward: false,
      Limit: limit,
    })) {
      found.push(inboundRequestSchema.parse(item));
      if (found.length === limit) break;
    }
    return found;
  }

  /** A sender's inbound request by request id. Reads the sender's log until it is found. */
  async find(scope: string, requestId: string): Promise<InboundRequest | undefined> {
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk",
      FilterExpression: "requestId = :requestId",
      ExpressionAttributeValues: { ":pk": this.#keys.inboundRequests(scope), ":requestId": requestId },
      ScanIndexForward: false,
    }))
      return inboundRequestSchema.parse(item);
    return undefined;
  }
}
