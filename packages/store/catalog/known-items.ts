import { type ItemId, itemIdSchema } from "@regulars/core/platform/values";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import type { ItemNumbers } from "./item-numbers.ts";

/** Which of these items the tenant has: imported ones, and those on order lines. */
export type KnownItems = (itemIds: readonly ItemId[]) => Promise<ReadonlySet<ItemId>>;

export function knownItems(operations: Operations, keys: Keys, numbers: ItemNumbers): KnownItems {
  return async (itemIds) => {
    const wanted = [...new Set(itemIds)];
    const items = await operations.batchGet(wanted.map((itemId) => keys.item(itemId)));
    const known = new Set(items.map((item) => itemIdSchema.parse(item["itemId"])));
    if (known.size === wanted.length) return known;
    await numbers.load();
    for (const itemId of wanted) if (numbers.has(itemId)) known.add(itemId);
    return known;
  };
}
