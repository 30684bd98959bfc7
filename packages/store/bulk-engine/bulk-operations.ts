import type { BulkOperation, BulkPage } from "@regulars/core/bulk-engine/bulk-operation";
import type { Receipt } from "@regulars/core/platform/idempotency";
import { type JobId, jobIdSchema } from "@regulars/core/platform/ids";
import type * as z from "zod";
import { writesOf } from "../engine/companion-writes.ts";
import { type NamelessWrite, type Operations, mustBeNew } from "../engine/operations.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";

/** Where and as what a kind of bulk operation is stored. */
interface StoredKind<Operation, Member, Outcome> {
  readonly operationKey: (jobId: JobId) => Key;
  readonly pageKey: (jobId: JobId, page: number) => Key;
  readonly operationSchema: z.ZodType<Operation>;
  readonly pageSchema: z.ZodType<BulkPage<Member, Outcome>>;
}

/** Bulk operations of one kind: the operation, its members page by page, and its entry in the list of open ones. */
export class BulkOperations<Operation extends BulkOperation, Member, Outcome> {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #kind: StoredKind<Operation, Member, Outcome>;

  constructor(operations: Operations, keys: Keys, kind: StoredKind<Operation, Member, Outcome>) {
    this.#operations = operations;
    this.#keys = keys;
    this.#kind = kind;
  }

  start(operation: Operation, receipt?: Receipt): Promise<boolean> {
    const { jobId, state } = operation;
    const open = { Put: { Item: { ...this.#keys.openJob(jobId), jobId } } };
    return this.#operations.transact([
      { Put: { Item: { ...this.#kind.operationKey(jobId), ...operation }, ...mustBeNew } },
      ...(state === "done" ? [] : [open]),
      ...writesOf(receipt),
    ]);
  }

  async find(jobId: JobId): Promise<Operation | undefined> {
    const item = await this.#operations.get(this.#kind.operationKey(jobId));
    return item === undefined ? undefined : this.#kind.operationSchema.parse(item);
  }

  async page(jobId: JobId, page: number): Promise<BulkPage<Member, Outcome> | undefined> {
    const item = await this.#operations.get(this.#kind.pageKey(jobId, page));
    return item === undefined ? undefined : this.#kind.pageSchema.parse(item);
  }

  async savePage(jobId: JobId, page: BulkPage<Member, Outcome>): Promise<void> {
    await this.#operations.put(this.#pageItem(jobId, page));
  }

  /** Moves an operation on, for the transaction with a piece's effects: it fails when somebody else has moved it on. */
  advanceWrites(page: BulkPage<Member, Outcome>, operation: Operation, before: Operation): NamelessWrite[] {
    const { jobId, state } = operation;
    const writes: NamelessWrite[] = [
      {
        Put: {
          Item: { ...this.#kind.operationKey(jobId), ...operation },
          ConditionExpression: "#next = :next",
          ExpressionAttributeNames: { "#next": "next" },
          ExpressionAttributeValues: { ":next": before.next },
        },
      },
      { Put: { Item: this.#pageItem(jobId, page) } },
    ];
    if (state === "done") writes.push({ Delete: { Key: this.#keys.openJob(jobId) } });
    return writes;
  }

  #pageItem(jobId: JobId, { page, members, results }: BulkPage<Member, Outcome>) {
    return { ...this.#kind.pageKey(jobId, page), page, members, results };
  }
}

/** Ids of the operations of all kinds that are not done. */
export async function openOperations(operations: Operations, keys: Keys): Promise<JobId[]> {
  const open: JobId[] = [];
  for await (const item of operations.partition(keys.openJobs())) open.push(jobIdSchema.parse(item["jobId"]));
  return open;
}
