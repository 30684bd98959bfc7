import { type CustomerId, customerIdSchema } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import { SHARDS } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { parseSnapshotSort } from "../snapshots/keys.ts";

/**
 * What a tenant has that amounts in its base currency are stored of, such as "orders"; `undefined` for nothing. Reads
 * all customers of a tenant that has none of it. Sales of customers that nobody has told of are not found: they have
 * their own currency.
 */
export async function storedAmounts(operations: Operations, keys: Keys): Promise<string | undefined> {
  for (const [what, pk] of [
    ["sales plans", keys.plans()],
    ["leads", keys.leads()],
  ] as const)
    if (await hasItems(operations, pk)) return what;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const found = await inShard(operations, keys, shard);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function inShard(operations: Operations, keys: Keys, shard: number): Promise<string | undefined> {
  const items = operations.query({
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": keys.shard(shard) },
    ProjectionExpression: "sk",
    ConsistentRead: true,
  });
  let last: string | undefined;
  for await (const { sk } of items) {
    const { customerId } = parseSnapshotSort(String(sk));
    if (customerId === last) continue;
    last = customerId;
    const found = await ofCustomer(operations, keys, customerIdSchema.parse(customerId));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function ofCustomer(operations: Operations, keys: Keys, customerId: CustomerId): Promise<string | undefined> {
  for (const [what, pk] of [
    ["orders", keys.orders(customerId)],
    ["invoices", keys.invoices(customerId)],
    ["sales", keys.documents("sale", customerId)],
  ] as const)
    if (await hasItems(operations, pk)) return what;
  return undefined;
}

const hasItems = (operations: Operations, pk: string): Promise<boolean> =>
  operations.hasAny({
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": pk },
    ConsistentRead: true,
  });
