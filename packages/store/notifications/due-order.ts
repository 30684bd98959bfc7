import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { outboxPartitions } from "./keys.ts";

type Query = Omit<QueryCommandInput, "TableName" | "IndexName" | "KeyConditionExpression">;

interface DueQuery extends Query {
  /** The last place, itself included. */
  readonly until?: string;
  /** How many will be read; each partition gives its part of them at a time. */
  readonly limit?: number;
}

/** A tenant's due notifications, of all partitions in the order of their places in the index. */
export async function* inDueOrder(
  operations: Operations,
  keys: Keys,
  { until, limit, ...query }: DueQuery,
): AsyncGenerator<StoredItem> {
  const ordered = outboxPartitions.map((partition) =>
    operations.query({
      ...query,
      IndexName: "gsi2",
      KeyConditionExpression: until === undefined ? "g2p = :due" : "g2p = :due AND g2s <= :until",
      ExpressionAttributeValues: {
        ...query.ExpressionAttributeValues,
        ":due": keys.due(partition),
        ...(until === undefined ? {} : { ":until": until }),
      },
      ...(limit === undefined ? {} : { Limit: Math.ceil(limit / outboxPartitions.length) }),
    }),
  );
  yield* merged(ordered, placeOf);
}

/** All messages of a tenant in the order of their ids, whatever partitions they lie in. */
export const inIdOrder = (operations: Operations, keys: Keys): AsyncGenerator<StoredItem> =>
  merged(
    outboxPartitions.map((partition) => operations.partition(keys.notifications(partition))),
    ({ sk }) => String(sk),
  );

/** One sequence of several that are in an order. */
async function* merged(
  ordered: readonly AsyncGenerator<StoredItem>[],
  orderOf: (item: StoredItem) => string,
): AsyncGenerator<StoredItem> {
  let heads = (await Promise.all(ordered.map(next))).flat();
  while (heads.length > 0) {
    const first = heads.reduce((one, other) => (orderOf(other.item) < orderOf(one.item) ? other : one));
    yield first.item;
    const following = await next(first.rest);
    heads = heads.flatMap((head) => (head === first ? following : [head]));
  }
}

/** The next item of a partition, with the rest of it. */
async function next(rest: AsyncGenerator<StoredItem>) {
  const { value, done } = await rest.next();
  return done === true ? [] : [{ item: value, rest }];
}

/** Of equal times in the order of the ids, so that it is the same each time. */
const placeOf = ({ g2s, sk }: StoredItem): string => `${String(g2s)} ${String(sk)}`;
