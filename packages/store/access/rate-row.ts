import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { TokenBucket } from "@regulars/core/access/rate-limit";
import * as z from "zod";
import type { Key } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";

/** How much clocks may differ. A row that is further ahead was written with a wrong clock, and starts again. */
const CLOCKS_DIFFER_MS = 60_000;

const rowSchema = z.object({ resetAtMs: z.number() });

/** The row of a token bucket: the time when it is full again. Each write is one call, and answers what stands there then. */
export class RateRow {
  readonly #operations: Operations;
  readonly #key: Key;

  constructor(operations: Operations, key: Key) {
    this.#operations = operations;
    this.#key = key;
  }

  async read(): Promise<number | undefined> {
    const known = rowSchema.safeParse(await this.#operations.get(this.#key));
    return known.success ? known.data.resetAtMs : undefined;
  }

  /** Takes from a full bucket; `undefined` when it is not full. */
  fill(nowMs: number, { windowMs }: TokenBucket, cost: number): Promise<number | undefined> {
    return this.#put(nowMs + cost, "attribute_not_exists(resetAtMs) OR resetAtMs <= :now OR resetAtMs > :never", {
      ":now": nowMs,
      ":never": nowMs + windowMs + CLOCKS_DIFFER_MS,
    });
  }

  /** Sets what this process alone has taken; `undefined` when another has taken since. */
  replace(takenMs: number, resetAtMs: number): Promise<number | undefined> {
    return this.#put(resetAtMs, "resetAtMs = :taken", { ":taken": takenMs });
  }

  /** Takes from a bucket in use, which is full again at `mostMs` or before it after that; else `undefined`. */
  async draw(nowMs: number, mostMs: number, cost: number): Promise<number | undefined> {
    const taken = await this.#operations.updateReturning({
      Key: this.#key,
      UpdateExpression: "SET resetAtMs = resetAtMs + :each",
      ConditionExpression: "resetAtMs > :now AND resetAtMs <= :most",
      ExpressionAttributeValues: { ":each": cost, ":now": nowMs, ":most": mostMs - cost },
    });
    return taken === undefined ? undefined : rowAs(rowSchema, taken).resetAtMs;
  }

  async #put(resetAtMs: number, condition: string, values: Readonly<Record<string, number>>) {
    const isPut = await this.#operations.put(
      { ...this.#key, resetAtMs },
      { ConditionExpression: condition, ExpressionAttributeValues: values },
    );
    return isPut ? resetAtMs : undefined;
  }
}
