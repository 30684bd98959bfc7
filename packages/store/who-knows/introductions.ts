import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { AskedBefore, IntroductionStore, NewIntroduction } from "@regulars/core/who-knows/who-knows-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Introduction, introductionSchema } from "@regulars/core/relationships/introduction";
import { type UserId, instantSchema } from "@regulars/core/platform/values";
import * as z from "zod";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { type Expiry, notificationItem } from "../notifications/notification-item.ts";
import { logRow } from "../notifications/notification-log.ts";
import type { Keys } from "../keys.ts";

const askedSchema = z.object({ askedAt: z.array(instantSchema), version: z.int() });
const lastSchema = z.object({ introductionId: z.string() });

type Asked = Pick<Introduction, "requesterId" | "colleagueId" | "personId">;

/** Introductions, with a note of each colleague's that limits how often they are asked, also by requests side by side. */
export class Introductions implements IntroductionStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #expiryOf: Expiry;

  constructor(operations: Operations, keys: Keys, expiryOf: Expiry) {
    this.#operations = operations;
    this.#keys = keys;
    this.#expiryOf = expiryOf;
  }

  async find(introductionId: string): Promise<Introduction | undefined> {
    const item = await this.#operations.get(this.#keys.introduction(introductionId));
    return item === undefined ? undefined : rowAs(introductionSchema, item);
  }

  async lastOf({ colleagueId, requesterId, personId }: Asked): Promise<Introduction | undefined> {
    const item = await this.#operations.get(this.#keys.lastAsked(colleagueId, requesterId, personId));
    return item === undefined ? undefined : this.find(rowAs(lastSchema, item).introductionId);
  }

  async askedBefore(colleagueId: UserId): Promise<AskedBefore> {
    const item = await this.#operations.get(this.#keys.asked(colleagueId));
    return item === undefined ? { askedAt: [], version: 0 } : rowAs(askedSchema, item);
  }

  add(
    { introduction, follows, before, askedAt, message }: NewIntroduction,
    companion?: CompanionWrites,
  ): Promise<boolean> {
    const { introductionId, colleagueId, requesterId, personId } = introduction;
    const version = before.version + 1;
    return this.#operations.transact([
      { Put: { Item: this.#itemOf(introduction), ...mustBeNew } },
      { Put: { Item: { ...this.#keys.asked(colleagueId), askedAt, version }, ...unlessAskedSince(before) } },
      {
        Put: {
          Item: { ...this.#keys.lastAsked(colleagueId, requesterId, personId), introductionId },
          ...(follows === undefined ? mustBeNew : followsOnly(follows)),
        },
      },
      { Put: { Item: notificationItem(this.#keys, this.#expiryOf, message), ...mustBeNew } },
      { Put: { Item: logRow(this.#keys, this.#expiryOf, message) } },
      ...writesOf(companion),
    ]);
  }

  change(before: Introduction, after: Introduction, companion?: CompanionWrites): Promise<boolean> {
    const write: TransactWrite = {
      Put: {
        Item: this.#itemOf(after),
        ConditionExpression: "#state = :state AND changedAt = :at",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":state": before.state, ":at": before.changedAt },
      },
    };
    return this.#operations.transact([write, ...writesOf(companion)]);
  }

  askedBy(requesterId: UserId): Promise<Introduction[]> {
    return this.#latest("gsi1", "g1p", this.#keys.introductionsBy(requesterId));
  }

  askedOf(colleagueId: UserId): Promise<Introduction[]> {
    return this.#latest("gsi2", "g2p", this.#keys.introductionsOf(colleagueId));
  }

  async #latest(IndexName: string, attribute: string, partition: string): Promise<Introduction[]> {
    const found: Introduction[] = [];
    for await (const item of this.#operations.query({
      IndexName,
      KeyConditionExpression: `${attribute} = :partition`,
      ExpressionAttributeValues: { ":partition": partition },
      ScanIndexForward: false,
    }))
      found.push(rowAs(introductionSchema, item));
    return found;
  }

  #itemOf(introduction: Introduction) {
    const { introductionId, requesterId, colleagueId, requestedAt } = introduction;
    const listed = `${requestedAt}#${introductionId}`;
    return {
      ...this.#keys.introduction(introductionId),
      ...introduction,
      g1p: this.#keys.introductionsBy(requesterId),
      g1s: listed,
      g2p: this.#keys.introductionsOf(colleagueId),
      g2s: listed,
    };
  }
}

const unlessAskedSince = ({ version }: AskedBefore) =>
  version === 0
    ? mustBeNew
    : { ConditionExpression: "version = :version", ExpressionAttributeValues: { ":version": version } };

const followsOnly = ({ introductionId }: Introduction) => ({
  ConditionExpression: "introductionId = :last",
  ExpressionAttributeValues: { ":last": introductionId },
});
