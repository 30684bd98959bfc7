import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type FollowUp, type FollowUpPlace, followUpSchema, placeOf } from "@regulars/core/monitors/follow-up";
import type { FollowUpStore } from "@regulars/core/monitors/follow-up-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { LRUCache } from "lru-cache";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import { statusPrefix } from "./follow-up-keys.ts";

/**
 * What a store has written lately is laid over what an index says, which lags behind by a second or so: a nightly run
 * tells in its digests of the follow-ups that it has just made. Those of other processes come as late as the index.
 */
const LATELY = { max: 20_000, ttl: 60_000 };

/** Follow-ups, one item each; the index of open ones has them by user. */
export function openFollowUps(operations: Operations, keys: Keys): FollowUpStore {
  // Made by the first write: a store is opened for each request, and this cache allots all its places at once.
  let own: LRUCache<string, FollowUp> | undefined;
  const write = async (followUp: FollowUp, condition: object, companion?: CompanionWrites): Promise<boolean> => {
    const isWritten = await operations.transact([putOf(keys, followUp, condition), ...writesOf(companion)]);
    if (isWritten) (own ??= new LRUCache(LATELY)).set(nameOf(keys, followUp), followUp);
    return isWritten;
  };
  const indexed = async (index: "gsi1" | "gsi2", partition: string): Promise<FollowUp[]> => {
    const found = new Map<string, FollowUp>();
    const name = index === "gsi1" ? "g1p" : "g2p";
    for await (const item of operations.query({
      IndexName: index,
      KeyConditionExpression: `${name} = :partition`,
      ExpressionAttributeValues: { ":partition": partition },
    })) {
      // One that cannot be read stops no list: whoever asks for it by its id is told why.
      const { data: followUp } = followUpSchema.safeParse(item);
      if (followUp !== undefined) found.set(nameOf(keys, followUp), followUp);
    }
    if (own === undefined) return [...found.values()];
    for (const [key, followUp] of own.entries())
      if (placesOf(keys, followUp)[name] === partition) found.set(key, followUp);
      else found.delete(key);
    const sortOf = (followUp: FollowUp): string => placesOf(keys, followUp).g1s;
    return [...found.values()].toSorted((a, b) => (sortOf(a) < sortOf(b) ? -1 : 1));
  };
  return {
    find: async (place: FollowUpPlace) => {
      const item = await operations.get(keys.followUp(place));
      return item === undefined ? undefined : rowAs(followUpSchema, item);
    },
    create: (followUp, companion) => write(followUp, mustBeNew, companion),
    save: (followUp, companion) => write(followUp, isVersion(followUp.version - 1), companion),
    lastOf: async (statusId, owner) => {
      const { pk } = keys.followUp(placeOf({ type: "selection", operationId: "-" }, owner));
      const newest = operations.query({
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": pk, ":prefix": statusPrefix(statusId) },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: 1,
      });
      const { value, done } = await newest.next();
      return done === true ? undefined : followUpSchema.parse(value);
    },
    openOf: (userId) => indexed("gsi2", keys.userFollowUps(userId)),
    ofCustomer: (customerId) => indexed("gsi1", keys.customerFollowUps(customerId)),
  };
}

const nameOf = (keys: Keys, { owner, cause }: FollowUp): string => {
  const { pk, sk } = keys.followUp(placeOf(cause, owner));
  return `${pk} ${sk}`;
};

interface Places {
  readonly g1p: string;
  readonly g1s: string;
  readonly g2p?: string;
  readonly g2s?: string;
}

function placesOf(keys: Keys, { cause, owner, userId, dueOn, state }: FollowUp): Places {
  const sort = `${dueOn}#${owner.type}#${keys.followUp(placeOf(cause, owner)).sk}`.slice(0, 1_000);
  return {
    g1p: keys.customerFollowUps(owner.customerId),
    g1s: sort,
    ...(state === "open" ? { g2p: keys.userFollowUps(userId), g2s: sort } : {}),
  };
}

/** The write of a follow-up with its places in the indexes. */
function putOf(keys: Keys, followUp: FollowUp, condition: object): TransactWrite {
  const key = keys.followUp(placeOf(followUp.cause, followUp.owner));
  return { Put: { Item: { ...key, ...followUp, ...placesOf(keys, followUp) }, ...condition } };
}

const isVersion = (version: number) => ({
  ConditionExpression: "version = :version",
  ExpressionAttributeValues: { ":version": version },
});
