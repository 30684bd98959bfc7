import * as z from "zod";
import type { Key } from "./key.ts";
import { type Condition, type StoredItem, mustBeNew } from "./own-write.ts";

/** Counts the writes of a record. A record that was never replaced has none. */
const revisionSchema = z.object({ revision: z.int().optional() });

/**
 * The write that replaces a record as it was read (`before`; `undefined`: it was not stored). Its condition fails when
 * anybody has replaced the record since, so that no writer undoes another one's fields.
 */
export function replacing<Item extends Key & StoredItem>(
  item: Item,
  before: StoredItem | undefined,
): Condition & { readonly Item: Item & { readonly revision: number } } {
  if (before === undefined) return { Item: { ...item, revision: 1 }, ...mustBeNew };
  const { revision } = revisionSchema.parse(before);
  const Item = { ...item, revision: (revision ?? 0) + 1 };
  if (revision === undefined)
    return { Item, ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(revision)" };
  return {
    Item,
    ConditionExpression: "revision = :before",
    ExpressionAttributeValues: { ":before": revision },
  };
}
