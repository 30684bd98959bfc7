import { type FollowUp, type FollowUpPlace, followUpSchema, placeOf } from "@regulars/core/monitors/follow-up";
import type { FollowUpStore } from "@regulars/core/monitors/follow-up-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { writesOf } from "../engine/companion-writes.ts";
import { type Operations, type TransactWrite, mustBeNew } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import { statusPrefix } from "./follow-up-keys.ts";

/** Follow-ups, one item each; the index of open ones has them by user. */
export function openFollowUps(operations: Operations, keys: Keys): FollowUpStore {
  const write = (followUp: FollowUp, condition: object, companion?: CompanionWrites): Promise<boolean> =>
    operations.transact([putOf(keys, followUp, condition), ...writesOf(companion)]);
  const indexed = async (index: "gsi1" | "gsi2", partition: string): Promise<FollowUp[]> => {
    const found: FollowUp[] = [];
    const name = index === "gsi1" ? "g1p" : "g2p";
    for await (const item of operations.query({
      IndexName: index,
      KeyConditionExpression: `${name} = :partition`,
      ExpressionAttributeValues: { ":partition": partition },
    }))
      found.push(followUpSchema.parse(item));
    return found;
  };
  return {
    find: async (place: FollowUpPlace) => {
      const item = await operations.get(keys.followUp(place));
      return item === undefined ? undefined : followUpSchema.parse(item);
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

/** The write of a follow-up with its places in the indexes. */
export function putOf(keys: Keys, followUp: FollowUp, condition: object): TransactWrite {
  const { cause, owner, userId, dueOn, state } = followUp;
  const key = keys.followUp(placeOf(cause, owner));
  const sort = `${dueOn}#${owner.type}#${key.sk}`.slice(0, 1_000);
  return {
    Put: {
      Item: {
        ...key,
        ...followUp,
        g1p: keys.customerFollowUps(owner.customerId),
        g1s: sort,
        ...(state === "open" ? { g2p: keys.userFollowUps(userId), g2s: sort } : {}),
      },
      ...condition,
    },
  };
}

const isVersion = (version: number) => ({
  ConditionExpression: "version = :version",
  ExpressionAttributeValues: { ":version": version },
});
