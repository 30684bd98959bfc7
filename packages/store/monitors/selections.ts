import { rowAs } from "@regulars/core/platform/unreadable-row";
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
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { instantSchema, toInstant } from "@regulars/core/platform/values";
import * as z from "zod";
import { BulkOperations } from "../bulk-engine/bulk-operations.ts";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { isPossible } from "../engine/key.ts";
import type { Keys } from "../keys.ts";

/** For how long the members of a selection that is not created yet stay, ms: longer than any function runs. */
const BEGUN_MS = 60 * 60_000;

/** Members of one transaction, which may hold a hundred writes. */
const MEMBERS_AT_ONCE = 90;

/** A selection is seen once it was created: until then its row says when it was begun. */
const begunSchema = z.object({ selectionId: z.string(), begunAt: instantSchema.optional() });

const createdOf = (item: unknown): readonly Selection[] =>
  item === undefined || rowAs(begunSchema, item).begunAt !== undefined ? [] : [rowAs(selectionSchema, item)];

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
    all(keys.selectionMembers(selectionId), (item) => rowAs(memberItemSchema, item).owner);
  const addMembers: SelectionStore["addMembers"] = (selectionId, owners, companion) =>
    writeAll(
      operations,
      [...new Map(owners.map((owner) => [ownerIdOf(owner), owner]))].map(([ownerId, owner]) => ({
        Put: { Item: { ...keys.selectionMember(selectionId, ownerId), owner } },
      })),
      companion,
    );
  const empty = async (selectionId: string): Promise<void> =>
    operations.batchDelete(
      (await members(selectionId)).map((owner) => keys.selectionMember(selectionId, ownerIdOf(owner))),
    );
  return {
    list: async () => (await all(keys.selections(), createdOf)).flat().toSorted(byName),
    find: async (selectionId) => {
      const item = await operations.get(keys.selection(selectionId));
      return createdOf(item)[0];
    },
    begin: async (selection, owners) => {
      await operations.put({ ...itemOf(selection), begunAt: selection.createdAt }, mustBeNew);
      await addMembers(selection.selectionId, owners);
    },
    removeBegun: async (now) => {
      const before = toInstant(Date.parse(now) - BEGUN_MS);
      for (const { selectionId, begunAt } of await all(keys.selections(), (item) => rowAs(begunSchema, item))) {
        if (begunAt === undefined || begunAt >= before) continue;
        await empty(selectionId);
        await operations.delete(keys.selection(selectionId), { ConditionExpression: "attribute_exists(begunAt)" });
      }
    },
    create: (selection, companion) =>
      operations.transact([
        {
          Put: {
            Item: itemOf(selection),
            ConditionExpression: "attribute_not_exists(pk) OR attribute_exists(begunAt)",
          },
        },
        ...writesOf(companion),
      ]),
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
      if ((await operations.get(keys.selection(selectionId))) === undefined) return false;
      // Its members first: once it is gone, nobody asks for the rest of them again.
      await empty(selectionId);
      const isGone = await operations.transact([
        { Delete: { Key: keys.selection(selectionId), ConditionExpression: "attribute_exists(pk)" } },
        ...writesOf(companion),
      ]);
      // Those that others have added meanwhile.
      if (isGone) await empty(selectionId);
      return isGone;
    },
    members,
    addMembers,
    removeMembers: (selectionId, ownerIds, companion) =>
      writeAll(operations, removals(keys, selectionId, ownerIds), companion),
  };
}

/** An id that somebody made up is nobody's. */
const removals = (keys: Keys, selectionId: string, ownerIds: readonly string[]) =>
  [...new Set(ownerIds)]
    .map((ownerId) => keys.selectionMember(selectionId, ownerId))
    .filter(isPossible)
    .map((Key): TransactWrite => ({ Delete: { Key } }));

/** All writes, in transactions one after the other; an answer is kept only once all of them are done. */
async function writeAll(
  operations: Operations,
  writes: readonly TransactWrite[],
  companion: CompanionWrites | undefined,
): Promise<void> {
  for (let from = 0; from < writes.length; from += MEMBERS_AT_ONCE) {
    const isLast = from + MEMBERS_AT_ONCE >= writes.length;
    const some = writes.slice(from, from + MEMBERS_AT_ONCE);
    if (await operations.transact([...some, ...(isLast ? writesOf(companion) : [])])) continue;
    throw new ContentionError("the members were changed by another attempt of this request: try again");
  }
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
    ...stored.port(),
    advance: (chunk, operation, before) => operations.transact(stored.advanceWrites(chunk, operation, before)),
  };
}
