import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { BulkOperation, BulkChunk } from "@regulars/core/bulk-engine/bulk-operation";
import type { BulkOperationPort } from "@regulars/core/bulk-engine/bulk-operation-port";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type OperationId, operationIdSchema } from "@regulars/core/platform/ids";
import type * as z from "zod";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";

/** Days for which an operation is kept, with its members and results. */
const OPERATION_DAYS = 90;

const expiryOf = ({ createdAt }: Pick<BulkOperation, "createdAt">): { readonly expiresAt: number } => ({
  expiresAt: Math.ceil(Date.parse(createdAt) / 1000) + OPERATION_DAYS * 86_400,
});

/** Where and how a kind of bulk operation is stored. */
interface StoredKind<Operation, Member, Outcome> {
  readonly operationKey: (operationId: OperationId) => Key;
  readonly pageKey: (operationId: OperationId, chunk: number) => Key;
  readonly operationSchema: z.ZodType<Operation>;
  readonly pageSchema: z.ZodType<BulkChunk<Member, Outcome>>;
}

/** Bulk operations of one kind: the operation, its members in chunks, and its entry in the list of open operations. */
export class BulkOperations<Operation extends BulkOperation, Member, Outcome> {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #kind: StoredKind<Operation, Member, Outcome>;

  constructor(operations: Operations, keys: Keys, kind: StoredKind<Operation, Member, Outcome>) {
    this.#operations = operations;
    this.#keys = keys;
    this.#kind = kind;
  }

  /** What the stores of all kinds have in common. */
  port(): BulkOperationPort<Operation, BulkChunk<Member, Outcome>> {
    return {
      start: (operation, companion) => this.#start(operation, companion),
      saveChunk: (operationId, chunk) => this.#saveChunk(operationId, chunk),
      find: (operationId) => this.#find(operationId),
      chunk: (operationId, chunk) => this.#chunk(operationId, chunk),
    };
  }

  #start(operation: Operation, companion?: CompanionWrites): Promise<boolean> {
    const { operationId, state } = operation;
    const open = { Put: { Item: { ...this.#keys.openOperation(operationId), operationId } } };
    const Item = { ...this.#kind.operationKey(operationId), ...operation, ...expiryOf(operation) };
    return this.#operations.transact([
      { Put: { Item, ...mustBeNew } },
      state === "done" ? this.#ended(operation) : open,
      ...writesOf(companion),
    ]);
  }

  async #find(operationId: OperationId): Promise<Operation | undefined> {
    const item = await this.#operations.get(this.#kind.operationKey(operationId));
    return item === undefined ? undefined : rowAs(this.#kind.operationSchema, item);
  }

  async #chunk(operationId: OperationId, chunk: number): Promise<BulkChunk<Member, Outcome> | undefined> {
    const item = await this.#operations.get(this.#kind.pageKey(operationId, chunk));
    return item === undefined ? undefined : rowAs(this.#kind.pageSchema, item);
  }

  async #saveChunk(operationId: OperationId, chunk: BulkChunk<Member, Outcome>): Promise<void> {
    await this.#operations.put(this.#pageItem(operationId, chunk));
  }

  /**
   * Advances an operation; for the transaction with the effects of a chunk. Its condition fails if another process has
   * advanced it.
   */
  advanceWrites(chunk: BulkChunk<Member, Outcome>, operation: Operation, before: Operation): TransactWrite[] {
    const { operationId, state } = operation;
    const writes: TransactWrite[] = [
      {
        Put: {
          Item: { ...this.#kind.operationKey(operationId), ...operation, ...expiryOf(operation) },
          ConditionExpression: "#next = :next",
          ExpressionAttributeNames: { "#next": "next" },
          ExpressionAttributeValues: { ":next": before.next },
        },
      },
      { Put: { Item: { ...this.#pageItem(operationId, chunk), ...expiryOf(operation) } } },
    ];
    if (state === "done")
      writes.push({ Delete: { Key: this.#keys.openOperation(operationId) } }, this.#ended(operation));
    return writes;
  }

  #ended(operation: Operation): TransactWrite {
    return { Put: { Item: { ...this.#keys.endedOperation(operation.operationId), ...expiryOf(operation) } } };
  }

  #pageItem(operationId: OperationId, { chunk, members, results }: BulkChunk<Member, Outcome>) {
    return { ...this.#kind.pageKey(operationId, chunk), chunk, members, results };
  }
}

/** Ids of the unfinished operations of all kinds. */
export async function openOperations(operations: Operations, keys: Keys): Promise<OperationId[]> {
  const open: OperationId[] = [];
  for await (const item of operations.partition(keys.openOperations()))
    open.push(operationIdSchema.parse(item["operationId"]));
  return open;
}
