import type { RateStore, RateTaken, RateUse } from "@regulars/core/access/rate-limit";
import * as z from "zod";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const MAX_ROUNDS = 5;

/** No use is so far ahead: such a row is of a clock that was wrong, and begins anew. */
const CLOCKS_DIFFER_MS = 60_000;

const rowSchema = z.object({ fullAtMs: z.number() });

/** One row an actor: when all of the requests are there again. A request costs one write, or two in a burst. */
export class Rates implements RateStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async take(actorId: string, nowMs: number, { eachMs, depthMs }: RateUse): Promise<RateTaken> {
    const Key = this.#keys.rate(actorId);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const fresh = { fullAtMs: nowMs + eachMs };
      const isFull = await this.#operations.put(
        { ...Key, ...fresh },
        {
          ConditionExpression: "attribute_not_exists(fullAtMs) OR fullAtMs <= :now OR fullAtMs > :never",
          ExpressionAttributeValues: { ":now": nowMs, ":never": nowMs + depthMs + CLOCKS_DIFFER_MS },
        },
      );
      if (isFull) return { ...fresh, isTaken: true };
      const taken = await this.#operations.updateReturning({
        Key,
        UpdateExpression: "SET fullAtMs = fullAtMs + :each",
        ConditionExpression: "fullAtMs > :now AND fullAtMs <= :most",
        ExpressionAttributeValues: { ":each": eachMs, ":now": nowMs, ":most": nowMs + depthMs - eachMs },
      });
      if (taken !== undefined) return { ...rowSchema.parse(taken), isTaken: true };
      const known = rowSchema.safeParse(await this.#operations.get(Key));
      if (known.success && known.data.fullAtMs > nowMs + depthMs - eachMs) return { ...known.data, isTaken: false };
    }
    throw new Error(`the requests of ${actorId} cannot be counted: its row changes all the time`);
  }
}
