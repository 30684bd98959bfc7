import { rowAs } from "@regulars/core/platform/unreadable-row";
import { createHash, randomUUID } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type {
  StoredResponse,
  IdempotencyClaim,
  IdempotencyKey,
  IdempotencyState,
  IdempotencyStore,
  JobMessage,
} from "@regulars/core/platform/idempotency";
import * as z from "zod";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { type Condition, mustBeNew } from "../engine/own-write.ts";
import { StoreWrites } from "../engine/companion-writes.ts";

const KEPT_MS = 7 * 86_400_000;
/** Longer than a request may take: an older claim belongs to a process that no longer runs. */
const LEASE_MS = 35_000;

/** How the sort keys of steps begin. */
const STEP_PREFIX = "STEP#";

const rowSchema = z.object({
  fingerprint: z.string(),
  claim: z.string(),
  leaseUntilMs: z.number(),
  /** Epoch seconds, the time to live of the table. Also checked on reading, because DynamoDB deletes late. */
  expiresAt: z.number(),
  answer: z
    .object({
      status: z.int(),
      body: z.string().optional(),
      location: z.string().optional(),
      packed: z.instanceof(Uint8Array).optional(),
    })
    .optional(),
  /** Those that follow the work, until they are sent. */
  messages: z.array(z.object({ queue: z.string(), body: z.record(z.string(), z.unknown()) })).optional(),
});

/**
 * Longest answer that is stored as text. A longer one is compressed: one about a hundred rejected items would exceed
 * the limit of an item.
 */
const LONGEST_PLAIN = 4_096;

const storedForm = ({ status, body, location }: StoredResponse) => ({
  status,
  ...(location === undefined ? {} : { location }),
  ...(body === undefined ? {} : body.length <= LONGEST_PLAIN ? { body } : { packed: gzipSync(body) }),
});

const answerOf = ({
  status,
  body,
  location,
  packed,
}: NonNullable<z.output<typeof rowSchema>["answer"]>): StoredResponse => {
  const text = packed === undefined ? body : gunzipSync(packed).toString("utf8");
  return { status, ...(location === undefined ? {} : { location }), ...(text === undefined ? {} : { body: text }) };
};

const stepSchema = z.object({
  sk: z.string().transform((sk) => sk.slice(STEP_PREFIX.length)),
  fingerprint: z.string(),
  expiresAt: z.number(),
  result: z.string().transform((json): unknown => JSON.parse(json)),
});

/** The rows of one idempotency key. */
interface Place {
  readonly row: Key;
  readonly stepAt: (name: string) => Key;
}

/**
 * Requests by idempotency key. A row is claimed before the work, and completed with the answer. Work of several
 * transactions leaves a step for each, so that a later attempt goes on where the first one ended.
 */
export class IdempotentRequests implements IdempotencyStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async begin({ actorId, key, fingerprint }: IdempotencyKey, nowMs: number): Promise<IdempotencyState> {
    const hash = createHash("sha256").update(`${actorId}\n${key}`).digest("hex");
    const place: Place = { row: this.#keys.once(hash), stepAt: (name) => this.#keys.onceStep(hash, name) };
    const claim = randomUUID();
    const mine = {
      fingerprint,
      claim,
      leaseUntilMs: nowMs + LEASE_MS,
      expiresAt: Math.ceil((nowMs + KEPT_MS) / 1000),
    };
    if (await this.#operations.put({ ...place.row, ...mine }, mustBeNew))
      return { state: "fresh", claim: this.#claimOf(place, mine) };
    const item = await this.#operations.get(place.row);
    // The claim was released between the two calls.
    if (item === undefined) return { state: "in-flight" };
    const known = rowAs(rowSchema, item);
    if (known.expiresAt > Math.floor(nowMs / 1000)) {
      if (known.fingerprint !== fingerprint) return { state: "other-request" };
      if (known.answer !== undefined)
        return { state: "answered", answer: answerOf(known.answer), unsent: known.messages };
      if (known.leaseUntilMs > nowMs) return { state: "in-flight" };
    }
    const isTakenOver = await this.#operations.put(
      { ...place.row, ...mine },
      {
        ConditionExpression: "claim = :known AND expiresAt = :expiresAt AND leaseUntilMs = :lease",
        ExpressionAttributeValues: {
          ":known": known.claim,
          ":expiresAt": known.expiresAt,
          ":lease": known.leaseUntilMs,
        },
      },
    );
    if (!isTakenOver) return { state: "in-flight" };
    const steps = await this.#stepsOf(place, fingerprint, nowMs);
    const isResumed = known.fingerprint === fingerprint && known.answer === undefined;
    return { state: "fresh", claim: this.#claimOf(place, mine, { steps, isResumed }) };
  }

  /** The steps of this request's earlier attempts, without those of another request that had the key long ago. */
  async #stepsOf({ row }: Place, fingerprint: string, nowMs: number): Promise<Map<string, unknown>> {
    const steps = new Map<string, unknown>();
    for await (const item of this.#operations.partition(row.pk, STEP_PREFIX)) {
      const step = rowAs(stepSchema, item);
      if (step.fingerprint === fingerprint && step.expiresAt > nowMs / 1000) steps.set(step.sk, step.result);
    }
    return steps;
  }

  #claimOf(
    { row: Key, stepAt }: Place,
    { claim, fingerprint, expiresAt }: Pick<z.output<typeof rowSchema>, "claim" | "fingerprint" | "expiresAt">,
    { steps, isResumed }: Pick<IdempotencyClaim, "steps" | "isResumed"> = { steps: new Map(), isResumed: false },
  ): IdempotencyClaim {
    const mine = {
      ConditionExpression: "claim = :claim AND attribute_not_exists(answer)",
      ExpressionAttributeValues: { ":claim": claim },
    };
    const answering = (answer: StoredResponse, messages: readonly JobMessage[]) => ({
      Key,
      UpdateExpression: `SET answer = :answer${messages.length === 0 ? "" : ", messages = :messages"}`,
      ConditionExpression: mine.ConditionExpression,
      ExpressionAttributeValues: {
        ...mine.ExpressionAttributeValues,
        ":answer": storedForm(answer),
        ...(messages.length === 0 ? {} : { ":messages": messages }),
      },
    });
    let hasSteps = steps.size > 0;
    const stepOf = (name: string, result: unknown) => {
      hasSteps = true;
      return { ...stepAt(name), fingerprint, expiresAt, result: JSON.stringify(result) };
    };
    return {
      companion: (answer, messages = () => []) => new StoreWrites(() => [{ Update: answering(answer, messages()) }]),
      isResumed,
      steps,
      step: (name, result) => new StoreWrites([{ Put: { Item: stepOf(name, result) } }]),
      keepStep: async (name, result) => void (await this.#operations.put(stepOf(name, result))),
      keep: async (answer) => {
        await this.#operations.update({
          Key,
          UpdateExpression: "SET answer = if_not_exists(answer, :answer) REMOVE messages",
          ConditionExpression: "claim = :claim",
          ExpressionAttributeValues: { ":claim": claim, ":answer": storedForm(answer) },
        });
      },
      release: async () => {
        // What is partly done belongs to this request: the key stays, and the next attempt goes on at once.
        if (hasSteps) await this.#operations.update({ ...endedLease(mine), Key });
        else await this.#operations.delete(Key, mine);
      },
    };
  }
}

const endedLease = (mine: Condition) => ({
  UpdateExpression: "SET leaseUntilMs = :ended",
  ...mine,
  ExpressionAttributeValues: { ...mine.ExpressionAttributeValues, ":ended": 0 },
});
