import { rowAs } from "@regulars/core/platform/unreadable-row";
import {
  type Claimed,
  type NightPart,
  type NightParts,
  type NightPhase,
  type NightRun,
  type PartLeft,
  nightPhases,
  nightRunSchema,
  partProgressSchema,
} from "@regulars/core/nightly/night-parts";
import type { Instant } from "@regulars/core/platform/values";
import { SHARDS } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { NightContents } from "./night-contents.ts";

const COUNTS = "counts";

/** For how long what an interrupted run has left stays, seconds. */
const KEPT_SECONDS = 3 * 86_400;

const expiryOf = (at: Instant): number => Math.ceil(Date.parse(at) / 1000) + KEPT_SECONDS;

const shardText = (shard: number): string => String(shard).padStart(2, "0");
const nameOf = ({ phase, shard }: Pick<NightPart, "phase" | "shard">): string => `${phase}-${shardText(shard)}`;

/** The parts of a tenant's night. Every claim has its owner's name, and only the owner ends it. */
class StoredNightParts implements NightParts {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #contents: NightContents;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
    this.#contents = new NightContents(operations, keys);
  }

  async find(): Promise<NightRun | undefined> {
    const item = await this.#operations.get(this.#keys.nightRun());
    return item === undefined ? undefined : rowAs(nightRunSchema, item);
  }

  start(run: NightRun, instead: NightRun | undefined): Promise<boolean> {
    const item = { ...this.#keys.nightRun(), ...run, expiresAt: expiryOf(run.startedAt) };
    if (instead === undefined) return this.#operations.put(item, mustBeNew);
    return this.#operations.put(item, {
      ConditionExpression: "runId = :before",
      ExpressionAttributeValues: { ":before": instead.runId },
    });
  }

  async moveOn(run: NightRun, to: NightRun["phase"], counts?: object): Promise<boolean> {
    const { runId, phase, startedAt } = run;
    const content = counts === undefined ? undefined : await this.#contents.put(COUNTS, counts, expiryOf(startedAt));
    return this.#operations.update({
      Key: this.#keys.nightRun(),
      UpdateExpression: content === undefined ? "SET phase = :to" : "SET phase = :to, counts = :counts",
      ConditionExpression: "runId = :run AND phase = :from",
      ExpressionAttributeValues: {
        ":run": runId,
        ":from": phase,
        ":to": to,
        ...(content === undefined ? {} : { ":counts": content }),
      },
    });
  }

  async claim(part: NightPart, owner: string, now: Instant, until: Instant): Promise<Claimed> {
    const before = await this.#progressOf(part);
    const isSame = before?.runId === part.runId;
    if (isSame && before.isDone) return "done";
    const isAgain = isSame && (before.isAgain || before.owner !== undefined);
    const isClaimed = await this.#operations.update({
      Key: this.#keyOf(part),
      // What a part of another run has left is not gone on with.
      UpdateExpression: `SET runId = :run, #owner = :owner, #until = :until, isAgain = :again, expiresAt = :expiry${isSame ? "" : " REMOVE content, #after, isDone"}`,
      ConditionExpression: `(attribute_not_exists(#owner) OR #until < :now)${before === undefined ? " AND attribute_not_exists(pk)" : " AND runId = :before"}`,
      ExpressionAttributeNames: { "#owner": "owner", "#until": "until", ...(isSame ? {} : { "#after": "after" }) },
      ExpressionAttributeValues: {
        ":run": part.runId,
        ":owner": owner,
        ":again": isAgain,
        ":until": until,
        ":now": now,
        ":expiry": expiryOf(now),
        ...(before === undefined ? {} : { ":before": before.runId }),
      },
    });
    if (!isClaimed) return "busy";
    // Read again: the last owner may have left something meanwhile.
    const { content: kept, after } = (await this.#progressOf(part)) ?? {};
    const content = kept === undefined ? undefined : await this.#contents.get(nameOf(part), kept);
    return content === undefined ? { isAgain, content } : { isAgain, after, content };
  }

  async leave(part: NightPart, owner: string, { content, after, isDone }: PartLeft): Promise<boolean> {
    const before = await this.#progressOf(part);
    const kept = await this.#contents.put(nameOf(part), content, (await this.#expiry()) ?? 0);
    const isLeft = await this.#operations.update({
      Key: this.#keyOf(part),
      UpdateExpression: `SET content = :content, isDone = :done, isAgain = :no${after === undefined ? "" : ", #after = :after"} REMOVE #owner, #until${after === undefined ? ", #after" : ""}`,
      ConditionExpression: "#owner = :owner",
      ExpressionAttributeNames: { "#owner": "owner", "#until": "until", "#after": "after" },
      ExpressionAttributeValues: {
        ":owner": owner,
        ":content": kept,
        ":done": isDone,
        ":no": false,
        ...(after === undefined ? {} : { ":after": after }),
      },
    });
    if (isLeft && before?.content !== undefined) await this.#contents.remove(nameOf(part), kept);
    return isLeft;
  }

  async release(part: NightPart, owner: string): Promise<void> {
    await this.#operations.update({
      Key: this.#keyOf(part),
      UpdateExpression: "SET isAgain = :yes REMOVE #owner, #until",
      ConditionExpression: "#owner = :owner",
      ExpressionAttributeNames: { "#owner": "owner", "#until": "until" },
      ExpressionAttributeValues: { ":owner": owner, ":yes": true },
    });
  }

  async done({ runId }: NightRun, phase: NightPhase): Promise<ReadonlySet<number>> {
    const { pk, sk } = this.#keys.nightPart(phase, "");
    const found = new Set<number>();
    for await (const item of this.#operations.partition(pk, sk)) {
      const progress = rowAs(partProgressSchema, item);
      if (progress.runId === runId && progress.isDone) found.add(Number(String(item["sk"]).slice(sk.length)));
    }
    return found;
  }

  async contentOf(part: NightPart): Promise<unknown> {
    const progress = await this.#progressOf(part);
    if (progress?.content === undefined || progress.runId !== part.runId || !progress.isDone) return undefined;
    return this.#contents.get(nameOf(part), progress.content);
  }

  countsOf({ counts }: NightRun): Promise<unknown> {
    return counts === undefined ? Promise.resolve(undefined) : this.#contents.get(COUNTS, counts);
  }

  async clear(): Promise<void> {
    await this.#contents.remove(COUNTS);
    for (const phase of nightPhases)
      for (let shard = 0; shard < (phase === "publish" ? 1 : SHARDS); shard += 1)
        await this.#contents.remove(nameOf({ phase, shard }));
  }

  #keyOf({ phase, shard }: NightPart) {
    return this.#keys.nightPart(phase, shardText(shard));
  }

  async #progressOf(part: NightPart) {
    const item = await this.#operations.get(this.#keyOf(part));
    return item === undefined ? undefined : rowAs(partProgressSchema, item);
  }

  async #expiry(): Promise<number | undefined> {
    const run = await this.find();
    return run === undefined ? undefined : expiryOf(run.startedAt);
  }
}

export const openNightParts = (operations: Operations, keys: Keys): NightParts =>
  new StoredNightParts(operations, keys);
