import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { InboundRequestLog } from "@regulars/core/leads/inbound-request-log";
import { type InboundRequest, KEPT_DAYS, inboundRequestSchema } from "@regulars/core/leads/inbound-request";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const KEPT_SECONDS = KEPT_DAYS * 86_400;

/** Requests among which one is looked for that the index does not show. */
const NEWEST = 200;

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
        g1p: this.#keys.inboundRequests(request.scope),
        g1s: request.requestId,
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
      found.push(rowAs(inboundRequestSchema, item));
      if (found.length === limit) break;
    }
    return found;
  }

  /**
   * A sender's inbound request by request id. The index may lag behind by seconds, and lacks what was logged before it
   * was there: what it does not show is looked for among the newest requests.
   */
  async find(scope: string, requestId: string): Promise<InboundRequest | undefined> {
    for await (const item of this.#operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :log AND g1s = :requestId",
      ExpressionAttributeValues: { ":log": this.#keys.inboundRequests(scope), ":requestId": requestId },
      Limit: 1,
    }))
      return rowAs(inboundRequestSchema, item);
    return (await this.list(scope, NEWEST)).find((request) => request.requestId === requestId);
  }
}
