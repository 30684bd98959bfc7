import type { RateStore } from "@regulars/core/access-ports";
import * as z from "zod";
import type { keysOf } from "./keys.ts";
import type { Operations } from "./operations.ts";

const MAX_ROUNDS = 5;

/** One counter an actor, for the window it was last seen in: a request costs one write. */
export class Rates implements RateStore {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async count(actorId: string, window: number): Promise<number> {
    const Key = this.#keys.rate(actorId);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const counted = await this.#operations.updateReturning({
        Key,
        UpdateExpression: "ADD requests :one",
        ConditionExpression: "#window = :window",
        ExpressionAttributeNames: { "#window": "window" },
        ExpressionAttributeValues: { ":window": window, ":one": 1 },
      });
      if (counted !== undefined) return z.object({ requests: z.int() }).parse(counted).requests;
      const isFirst = await this.#operations.put(
        { ...Key, window, requests: 1 },
        {
          ConditionExpression: "attribute_not_exists(pk) OR #window < :window",
          ExpressionAttributeNames: { "#window": "window" },
          ExpressionAttributeValues: { ":window": window },
        },
      );
      if (isFirst) return 1;
      // Somebody whose clock is ahead has begun the next window.
      const item = await this.#operations.get(Key);
      const known = z.object({ window: z.int(), requests: z.int() }).safeParse(item);
      if (known.success && known.data.window > window) return known.data.requests;
    }
    throw new Error(`the requests of ${actorId} cannot be counted: its row changes all the time`);
  }
}
