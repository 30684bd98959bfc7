import { setTimeout as sleep } from "node:timers/promises";
import {
  type ConsumedCapacity,
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { type Key, isPossible } from "./key.ts";
import { type Condition, type OwnWrite, type StoredItem, ownDelete, ownPut, ownUpdate } from "./own-write.ts";
import { type BeforeWrite, placedByPut, placedByUpdate } from "./placed-write.ts";
import { pauseMs } from "./pause.ts";
import { ReadAhead } from "./read-ahead.ts";
import type { Table, Usage } from "./table.ts";
import { type TransactWrite, named, placedBy } from "./transact-write.ts";

type BatchRequests = NonNullable<BatchWriteCommandInput["RequestItems"]>[string];

const BATCH_GET = 100;
const BATCH_WRITE = 25;
/** Reasons for a cancelled transaction that may succeed when repeated. The SDK does not repeat these itself. */
const RETRYABLE = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

/** The operations of the table. Capacity and items are counted in `usage`. */
export class Operations {
  readonly table: Table;
  readonly usage: Usage;
  readonly #beforeWrite: BeforeWrite | undefined;
  /** What was read before it is asked for. */
  readonly ahead = new ReadAhead();

  constructor(table: Table, usage: Usage, beforeWrite?: BeforeWrite) {
    this.table = table;
    this.usage = usage;
    this.#beforeWrite = beforeWrite;
  }

  /** Reads items that will be asked for, in one call. Each is given once. */
  async readAhead(keys: readonly Key[]): Promise<void> {
    this.ahead.keep({ keys, items: await this.batchGet(keys) });
  }

  async get(key: Key, consistent = true): Promise<StoredItem | undefined> {
    const ahead = this.ahead.take(key);
    if (ahead !== undefined) return ahead.item;
    if (!isPossible(key)) return undefined;
    const reply = await this.table.documents.send(
      new GetCommand({
        TableName: this.table.name,
        Key: key,
        ConsistentRead: consistent,
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    this.#countRead(reply.ConsumedCapacity, reply.Item === undefined ? 0 : 1);
    return reply.Item;
  }

  /** The items that exist for these keys, each once, in no particular order. */
  async batchGet(keys: readonly Key[], consistent = true): Promise<StoredItem[]> {
    const found: StoredItem[] = [];
    // A request that names a key twice is refused.
    const each = new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key]));
    const wanted = [...each.values()].filter((key) => {
      const ahead = this.ahead.take(key);
      if (ahead?.item !== undefined) found.push(ahead.item);
      return ahead === undefined && isPossible(key);
    });
    for (let i = 0; i < wanted.length; i += BATCH_GET)
      found.push(...(await this.#batchGet(wanted.slice(i, i + BATCH_GET), consistent)));
    return found;
  }

  async #batchGet(keys: readonly Key[], ConsistentRead: boolean): Promise<StoredItem[]> {
    const found: StoredItem[] = [];
    const all: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
    await this.#untilNothingIsLeft("reads", all, async (Keys) => {
      const RequestItems = { [this.table.name]: { Keys, ConsistentRead } };
      const reply = await this.table.documents.send(
        new BatchGetCommand({ RequestItems, ReturnConsumedCapacity: "TOTAL" }),
      );
      const items = reply.Responses?.[this.table.name] ?? [];
      found.push(...items);
      this.#countRead(reply.ConsumedCapacity, items.length);
      return reply.UnprocessedKeys?.[this.table.name]?.Keys ?? [];
    });
    return found;
  }

  /** Sends a batch, and again what a throttled table has left over of it. */
  async #untilNothingIsLeft<T>(what: string, all: T[], send: (wanted: T[]) => Promise<T[]>): Promise<void> {
    const { name, patience } = this.table;
    let wanted = all;
    for (let round = 0; wanted.length > 0; round += 1) {
      if (round === patience.rounds)
        throw new ContentionError(`the table ${name} is throttled: ${wanted.length} ${what} were left over`);
      wanted = await send(wanted);
      if (wanted.length > 0) await this.#pause(round);
    }
  }

  /** Every item of a query, page by page. */
  async *query(input: Omit<QueryCommandInput, "TableName">): AsyncGenerator<StoredItem> {
    let from: Record<string, unknown> | undefined;
    do {
      const reply = await this.table.documents.send(
        new QueryCommand({
          ...input,
          TableName: this.table.name,
          ExclusiveStartKey: from,
          ReturnConsumedCapacity: "TOTAL",
        }),
      );
      this.#countRead(reply.ConsumedCapacity, reply.Items?.length ?? 0);
      yield* reply.Items ?? [];
      from = reply.LastEvaluatedKey;
    } while (from !== undefined);
  }

  /** Whether a query finds an item. It uses COUNT, so that no item content is returned. */
  async hasAny(input: Omit<QueryCommandInput, "TableName">): Promise<boolean> {
    const reply = await this.table.documents.send(
      new QueryCommand({
        ...input,
        TableName: this.table.name,
        Select: "COUNT",
        Limit: 1,
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    const found = reply.Count ?? 0;
    this.#countRead(reply.ConsumedCapacity, found);
    return found > 0;
  }

  /** Every item of a partition, or those with a sort key that begins with `prefix`. */
  async *partition(pk: string, prefix = "", consistent = true): AsyncGenerator<StoredItem> {
    if (!isPossible({ pk, sk: prefix === "" ? "any" : prefix })) return;
    const begins = prefix === "" ? "" : " AND begins_with(sk, :prefix)";
    yield* this.query({
      KeyConditionExpression: `pk = :pk${begins}`,
      ExpressionAttributeValues: { ":pk": pk, ...(prefix === "" ? {} : { ":prefix": prefix }) },
      ConsistentRead: consistent,
    });
  }

  /** The years of a partition with sort keys that begin with a day. Reads one item per year. */
  async years(pk: string): Promise<number[]> {
    const years: number[] = [];
    let after = "0";
    for (;;) {
      const page = this.query({
        KeyConditionExpression: "pk = :pk AND sk > :after",
        ExpressionAttributeValues: { ":pk": pk, ":after": after },
        ConsistentRead: true,
        Limit: 1,
      });
      const next = await page.next();
      if (next.done === true) return years;
      const year = Number(String(next.value["sk"]).slice(0, 4));
      years.push(year);
      after = `${year}-12-32`;
    }
  }

  /** Whether the item was stored: `false` if the condition did not hold. */
  async put(item: Key & StoredItem, condition: Condition = {}): Promise<boolean> {
    const write = ownPut(item, condition);
    await this.#beforeWrite?.([placedByPut(item)]);
    return this.#conditionally(write, async () => {
      const reply = await this.table.documents.send(
        new PutCommand({ TableName: this.table.name, ...write.input, ReturnConsumedCapacity: "TOTAL" }),
      );
      this.#countWrite(reply.ConsumedCapacity, 1);
    });
  }

  /** Whether the item was updated: `false` if the condition did not hold. */
  async update(input: Omit<UpdateCommandInput, "TableName">): Promise<boolean> {
    return (await this.#update(input, "NONE")) !== undefined;
  }

  /** The item after the update; `undefined` if the condition did not hold. */
  updateReturning(input: Omit<UpdateCommandInput, "TableName">): Promise<StoredItem | undefined> {
    return this.#update(input, "ALL_NEW");
  }

  async #update(
    input: Omit<UpdateCommandInput, "TableName">,
    ReturnValues: "NONE" | "ALL_NEW",
  ): Promise<StoredItem | undefined> {
    const write = ownUpdate(input);
    await this.#beforeWrite?.([placedByUpdate(input)]);
    let updated: StoredItem | undefined;
    const isDone = await this.#conditionally(write, async () => {
      const reply = await this.table.documents.send(
        new UpdateCommand({
          ...write.input,
          TableName: this.table.name,
          ReturnValues,
          ReturnConsumedCapacity: "TOTAL",
        }),
      );
      this.#countWrite(reply.ConsumedCapacity, 1);
      updated = reply.Attributes;
    });
    return isDone ? (updated ?? (ReturnValues === "NONE" ? {} : await this.get(keyOf(input)))) : undefined;
  }

  /** Whether the item is gone: `false` if the condition did not hold. */
  async delete(key: Key, condition: Condition = {}): Promise<boolean> {
    const write = ownDelete(key, condition);
    return this.#conditionally(write, async () => {
      const reply = await this.table.documents.send(
        new DeleteCommand({ TableName: this.table.name, ...write.input, ReturnConsumedCapacity: "TOTAL" }),
      );
      this.#countWrite(reply.ConsumedCapacity, 1);
    });
  }

  async batchPut(items: readonly (Key & StoredItem)[]): Promise<void> {
    await this.#beforeWrite?.(items.map(placedByPut));
    return this.#batchWrite(items.map((Item) => ({ PutRequest: { Item } })));
  }

  batchDelete(keys: readonly Key[]): Promise<void> {
    return this.#batchWrite(keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })));
  }

  async #batchWrite(requests: BatchRequests): Promise<void> {
    for (let i = 0; i < requests.length; i += BATCH_WRITE)
      await this.#untilNothingIsLeft("writes", requests.slice(i, i + BATCH_WRITE), async (wanted) => {
        const reply = await this.table.documents.send(
          new BatchWriteCommand({ RequestItems: { [this.table.name]: wanted }, ReturnConsumedCapacity: "TOTAL" }),
        );
        const left = reply.UnprocessedItems?.[this.table.name] ?? [];
        this.#countWrite(reply.ConsumedCapacity, wanted.length - left.length);
        return left;
      });
  }

  /** Writes all or nothing. `false` if a condition did not hold; a conflict with another transaction is tried again. */
  async transact(writes: readonly TransactWrite[]): Promise<boolean> {
    return (await this.transactOrFailed(writes)).length === 0;
  }

  /**
   * Like `transact`, but returns the positions of the writes with a condition that did not hold; empty on success.
   * After `rounds` conflicts it fails with a `ContentionError`.
   */
  async transactOrFailed(
    writes: readonly TransactWrite[],
    rounds: number = this.table.patience.rounds,
  ): Promise<number[]> {
    const TransactItems = writes.map((write) => named(write, this.table.name));
    await this.#beforeWrite?.(writes.flatMap(placedBy));
    for (let round = 0; ; round += 1) {
      try {
        const reply = await this.table.documents.send(
          new TransactWriteCommand({ TransactItems, ReturnConsumedCapacity: "TOTAL" }),
        );
        this.#countWrite(reply.ConsumedCapacity, writes.length);
        return [];
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = error.CancellationReasons?.map((reason) => reason.Code) ?? [];
        const failed = codes.flatMap((code, i) => (code === "ConditionalCheckFailed" ? [i] : []));
        if (failed.length > 0) return failed;
        if (!codes.some((code) => RETRYABLE.has(code ?? ""))) throw error;
        if (round === rounds) throw contended(this.table.name, error);
        await this.#pause(round);
      }
    }
  }

  async #conditionally({ isOwn }: OwnWrite, write: () => Promise<void>): Promise<boolean> {
    for (let round = 0; ; round += 1) {
      try {
        await write();
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return isOwn(error);
        // Another transaction is writing the same item.
        if (!(error instanceof TransactionConflictException)) throw error;
        if (round === this.table.patience.rounds) throw contended(this.table.name, error);
        await this.#pause(round);
      }
    }
  }

  #pause(round: number): Promise<void> {
    return (this.table.patience.wait ?? sleep)(pauseMs(round));
  }

  #countRead(capacity: Consumed, items: number): void {
    this.usage.readRequestUnits += unitsOf(capacity);
    this.usage.itemsRead += items;
  }

  #countWrite(capacity: Consumed, items: number): void {
    this.usage.writeRequestUnits += unitsOf(capacity);
    this.usage.itemsWritten += items;
  }
}

/** What a command has used: of a batch and a transaction, for each table. */
type Consumed = ConsumedCapacity | readonly ConsumedCapacity[] | undefined;

const unitsOf = (consumed: Consumed): number =>
  [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);

/** Conflicts did not end, or throttling: what was to be written may be written later. */
const contended = (table: string, cause: Error): ContentionError =>
  new ContentionError(`other writers of the table ${table} kept writing the same items: try again`, { cause });

const keyOf = ({ Key }: Pick<UpdateCommandInput, "Key">): Key => ({ pk: String(Key?.["pk"]), sk: String(Key?.["sk"]) });
