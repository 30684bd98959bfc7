import { rowAs } from "@regulars/core/platform/unreadable-row";
import {
  type ErasureStore,
  type OpenErasure,
  againAfter,
  erasureRequestSchema,
  openErasureSchema,
} from "@regulars/core/erasure/erasure-request";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { OPEN_ERASURE } from "./keys.ts";

const openItem = (keys: Keys, erasure: OpenErasure) => ({ ...keys.openErasure(erasure.erasureId), ...erasure });

/** Erasures, one item each, which is kept as a receipt, and one more while it is not done. */
export function openErasures(operations: Operations, keys: Keys): ErasureStore {
  return {
    create: (erasure, companion) =>
      operations.transact([
        { Put: { Item: { ...keys.erasure(erasure.erasureId), ...erasure }, ...mustBeNew } },
        { Put: { Item: openItem(keys, { erasureId: erasure.erasureId, dueAt: againAfter(erasure.requestedAt) }) } },
        ...writesOf(companion),
      ]),
    open: async () => {
      const open: OpenErasure[] = [];
      for await (const item of operations.partition(keys.openErasures(), OPEN_ERASURE))
        open.push(rowAs(openErasureSchema, item));
      return open;
    },
    postpone: async (erasure) => {
      await operations.put(openItem(keys, erasure), { ConditionExpression: "attribute_exists(pk)" });
    },
    find: async (erasureId) => {
      const item = await operations.get(keys.erasure(erasureId));
      return item === undefined ? undefined : rowAs(erasureRequestSchema, item);
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
      const Item = { ...keys.erasure(erasure.erasureId), ...erasure, state: "done", finishedAt: at, kinds };
      await operations.transact([{ Put: { Item } }, { Delete: { Key: keys.openErasure(erasure.erasureId) } }]);
    },
  };
}
