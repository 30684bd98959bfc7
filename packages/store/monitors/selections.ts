import { ownerIdOf, ownerSchema } from "@regulars/core/monitors/owner";
import { type Selection, byName, selectionSchema } from "@regulars/core/monitors/selection";
import {
  type ActionMember,
  type ActionResult,
  type SelectionOperation,
  selectionChunkSchema,
  selectionOperationSchema,
} from "@regulars/core/monitors/selection-action";
import type { SelectionOperations, SelectionStore } from "@regulars/core/monitors/selection-store";
import * as z from "zod";
import { BulkOperations } from "../bulk-engine/bulk-operations.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { type Operations, mustBeNew } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

const memberItemSchema = z.object({ owner: ownerSchema });

/** Selections, one item each, and one for each member of a static one. */
export function openSelections(operations: Operations, keys: Keys): SelectionStore {
  const itemOf = (selection: Selection) => ({ ...keys.selection(selection.selectionId), ...selection });
  const all = async <T>(pk: string, read: (item: unknown) => T): Promise<T[]> => {
    const found: T[] = [];
    for await (const item of operations.partition(pk)) found.push(read(item));
    return found;
  };
  const members = (selectionId: string) =>
    all(keys.selectionMembers(selectionId), (item) => memberItemSchema.parse(item).owner);
  return {
    list: async () => (await all(keys.selections(), (item) => selectionSchema.parse(item))).toSorted(byName),
    find: async (selectionId) => {
      const item = await operations.get(keys.selection(selectionId));
      return item === undefined ? undefined : selectionSchema.parse(item);
    },
    create: (selection, companion) =>
      operations.transact([{ Put: { Item: itemOf(selection), ...mustBeNew } }, ...writesOf(companion)]),
    save: (selection, companion) =>
      operations.transact([
        {
          Put: {
            Item: itemOf(selection),
            ConditionExpression: "version = :before",
            ExpressionAttributeValues: { ":before": selection.version - 1 },
          },
        },
        ...writesOf(companion),
      ]),
    remove: async (selectionId, companion) => {
      const isGone = await operations.transact([
        { Delete: { Key: keys.selection(selectionId), ConditionExpression: "attribute_exists(pk)" } },
        ...writesOf(companion),
      ]);
      // Members of a selection that is not there are read by nobody.
      if (isGone)
        await operations.batchDelete(
          (await members(selectionId)).map((owner) => keys.selectionMember(selectionId, ownerIdOf(owner))),
        );
      return isGone;
    },
    members,
    addMembers: (selectionId, owners) =>
      operations.batchPut(
        [...new Map(owners.map((owner) => [ownerIdOf(owner), owner]))].map(([ownerId, owner]) => ({
          ...keys.selectionMember(selectionId, ownerId),
          owner,
        })),
      ),
    removeMembers: (selectionId, ownerIds) =>
      operations.batchDelete([...new Set(ownerIds)].map((ownerId) => keys.selectionMember(selectionId, ownerId))),
  };
}

/** Actions on selections: they go on where they were, and are listed while they are open. */
export function openSelectionOperations(operations: Operations, keys: Keys): SelectionOperations {
  const stored = new BulkOperations<SelectionOperation, ActionMember, ActionResult>(operations, keys, {
    operationKey: keys.selectionOperation,
    pageKey: keys.selectionOperationChunk,
    operationSchema: selectionOperationSchema,
    pageSchema: selectionChunkSchema,
  });
  return {
    start: (operation, companion) => stored.start(operation, companion),
    saveChunk: (operationId, chunk) => stored.saveChunk(operationId, chunk),
    find: (operationId) => stored.find(operationId),
    chunk: (operationId, chunk) => stored.chunk(operationId, chunk),
    advance: (chunk, operation, before) => operations.transact(stored.advanceWrites(chunk, operation, before)),
  };
}
