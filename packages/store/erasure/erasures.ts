import { type ErasureStore, erasureRequestSchema } from "@regulars/core/erasure/erasure-request";
import { writesOf } from "../engine/companion-writes.ts";
import { type Operations, mustBeNew } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

/** Erasures, one item each, which is kept as a receipt. */
export function openErasures(operations: Operations, keys: Keys): ErasureStore {
  return {
    create: (erasure, companion) =>
      operations.transact([
        { Put: { Item: { ...keys.erasure(erasure.erasureId), ...erasure }, ...mustBeNew } },
        ...writesOf(companion),
      ]),
    find: async (erasureId) => {
      const item = await operations.get(keys.erasure(erasureId));
      return item === undefined ? undefined : erasureRequestSchema.parse(item);
    },
    noteCounted: async (erasureId, counted) => {
      await operations.update({
        Key: keys.erasure(erasureId),
        UpdateExpression: "SET counted = :counted",
        ConditionExpression: "attribute_exists(id) AND attribute_not_exists(counted)",
        ExpressionAttributeValues: { ":counted": counted },
      });
    },
    finish: async ({ id: _id, counted: _counted, ...erasure }, kinds, at) => {
      await operations.put({ ...keys.erasure(erasure.erasureId), ...erasure, state: "done", finishedAt: at, kinds });
    },
  };
}
