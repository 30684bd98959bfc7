import { rowAs } from "@regulars/core/platform/unreadable-row";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CustomerRecordChanged } from "@regulars/core/platform/domain-event";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { DayRange } from "@regulars/core/platform/paging";
import type { NoteSaved, SaveCounts } from "@regulars/core/platform/save-counts";
import { type CustomerId, type Day, day } from "@regulars/core/platform/values";
import type * as z from "zod";
import { writesOf } from "../engine/companion-writes.ts";
import { contentHash } from "../engine/content-hash.ts";
import { type DocumentId, claimDocumentId, findDocumentId, findDocumentIds } from "./document-ids.ts";
import { type EventSubscriber, eventWrites } from "../engine/event-writes.ts";
import { keeping } from "../engine/keeping.ts";
import type { DocumentFamily } from "./keys.ts";
import { type Key, shardOf } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { pauseToReread } from "../engine/pause.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { type ReadToSave, type RecordWrites, saveRecords } from "../engine/save-groups.ts";

const MAX_ROUNDS = 5;
/** The day of documents without one, in their id rows and events. */
export const UNDATED = day("1970-01-01");

/** A kind of document that is stored with its customer, sorted by day if it has one. */
export interface CustomerFamily<Doc> {
  readonly name: DocumentFamily;
  readonly schema: z.ZodType<Doc>;
  readonly placeOf: (document: Doc) => {
    readonly id: string;
    readonly customerId: CustomerId;
    readonly on?: Day | undefined;
  };
  readonly partition: (customerId: CustomerId) => string;
  readonly key: (customerId: CustomerId, on: Day, id: string) => Key;
  /** Attributes by which an index lists a document. */
  readonly listed?: (document: Doc) => Readonly<Record<string, string>>;
  /** The event that a save emits, if other features subscribe to this family. */
  readonly event?: CustomerRecordChanged["type"];
}

/** Further writes of the transactions that save documents, by document; unchanged documents are not given. */
export type FurtherWrites<Doc> = (
  saved: readonly { readonly document: Doc; readonly before: Doc | undefined }[],
) => Promise<ReadonlyMap<Doc, readonly TransactWrite[]>>;

/** The id row is as it was read. */
const mustHaveHash = (hash: string) => ({
  ConditionExpression: "#hash = :before",
  ExpressionAttributeNames: { "#hash": "hash" },
  ExpressionAttributeValues: { ":before": hash },
});

interface Change<Doc> {
  readonly given: Doc;
  readonly document: Doc;
  readonly hash: string;
  readonly before: DocumentId | undefined;
}

/**
 * Documents of one family. Each is a readable item in the partition of its customer, and has an id row. The id row
 * keeps the id unique in the tenant, makes a repeated import cheap, and finds the old item when day or customer
 * changes.
 */
export class CustomerDocuments<Doc extends object> {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #family: CustomerFamily<Doc>;
  readonly #subscriber: EventSubscriber;
  readonly #further: FurtherWrites<Doc> | undefined;

  constructor(
    operations: Operations,
    keys: Keys,
    family: CustomerFamily<Doc>,
    subscriber: EventSubscriber,
    further?: FurtherWrites<Doc>,
  ) {
    this.#operations = operations;
    this.#keys = keys;
    this.#family = family;
    this.#subscriber = subscriber;
    this.#further = further;
  }

  /** Saves documents, each id once. An unchanged document costs half a read unit. */
  async save(documents: readonly Doc[], keep: readonly string[] = [], note?: NoteSaved<Doc>): Promise<SaveCounts> {
    return saveRecords(this.#operations, documents, {
      name: `${this.#family.name} records`,
      note,
      read: (left) => this.#compared(left, keep),
    });
  }

  async #compared(given: readonly Doc[], keep: readonly string[]): Promise<ReadToSave<Doc>> {
    const { name, placeOf } = this.#family;
    const ids = given.map((document) => placeOf(document).id);
    const rows = await findDocumentIds(this.#operations, this.#keys, name, ids);
    const stored = keep.length === 0 ? new Map<string, Doc>() : await this.#storedAt([...rows.values()]);
    const changes = given.map((known): Change<Doc> => {
      const { id } = placeOf(known);
      const document = keeping(known, stored.get(id), keep);
      return { given: known, document, hash: contentHash(document), before: rows.get(id) };
    });
    const differing = changes.filter(({ hash, before }) => before?.hash !== hash);
    const further = await this.#furtherOf(differing);
    return {
      unchanged: changes.filter(({ hash, before }) => before?.hash === hash).map(({ given: known }) => known),
      differing: differing.map((change) => this.#groupOf(change, further.get(change.document) ?? [])),
    };
  }

  /** Further writes need what was stored of documents that change; new ones are not read. */
  async #furtherOf(changes: readonly Change<Doc>[]): Promise<ReadonlyMap<Doc, readonly TransactWrite[]>> {
    if (this.#further === undefined || changes.length === 0) return new Map();
    const stored = await this.#storedAt(changes.flatMap(({ before }) => before ?? []));
    const beforeOf = ({ document, before }: Change<Doc>) =>
      before === undefined ? undefined : stored.get(this.#family.placeOf(document).id);
    return this.#further(changes.map((change) => ({ document: change.document, before: beforeOf(change) })));
  }

  async #storedAt(rows: readonly DocumentId[]): Promise<Map<string, Doc>> {
    const { key, schema, placeOf } = this.#family;
    const items = await this.#operations.batchGet(rows.map(({ customerId, on, id }) => key(customerId, on, id)));
    return new Map(items.map((item) => rowAs(schema, item)).map((document) => [placeOf(document).id, document]));
  }

  #groupOf(change: Change<Doc>, further: readonly TransactWrite[]): RecordWrites<Doc> {
    const { name, key, placeOf, event, listed } = this.#family;
    const { document, hash, before } = change;
    const { id, customerId, on = UNDATED } = placeOf(document);
    const writes: TransactWrite[] = [
      { Put: { Item: { ...key(customerId, on, id), ...document, ...listed?.(document) } } },
      claimDocumentId(this.#keys.documentId(name, id), { id, customerId, on, hash }, before),
      ...further,
    ];
    const places: Pick<DocumentId, "customerId" | "on">[] = [{ customerId, on }];
    if (before !== undefined && (before.customerId !== customerId || before.on !== on)) {
      writes.push({ Delete: { Key: key(before.customerId, before.on, id) } });
      places.push({ customerId: before.customerId, on: before.on });
    }
    const changed =
      event === undefined ? [] : places.map((place): CustomerRecordChanged => ({ type: event, ...place }));
    return {
      record: change.given,
      outcome: before === undefined ? "created" : "changed",
      writes,
      shared: eventWrites(this.#subscriber, changed),
      groupKey: shardOf(customerId),
    };
  }

  /**
   * Deletes a document, and reports the change in the same transaction; `false` when there is none. It can be imported
   * again later.
   */
  async remove(id: string, companion?: CompanionWrites): Promise<boolean> {
    const { name, key, event } = this.#family;
    const idKey = this.#keys.documentId(name, id);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const row = await findDocumentId(this.#operations, idKey);
      if (row === undefined) return false;
      const { customerId, on, hash } = row;
      const changed = event === undefined ? [] : [{ type: event, customerId, on }];
      const writes: TransactWrite[] = [
        { Delete: { Key: key(customerId, on, id) } },
        { Delete: { Key: idKey, ...mustHaveHash(hash) } },
        ...eventWrites(this.#subscriber, changed).values(),
        ...writesOf(companion),
      ];
      if (await this.#operations.transact(writes)) return true;
    }
    throw new ContentionError(`${name} ${id} keeps being changed by other writers: try again`);
  }

  async find(id: string): Promise<Doc | undefined> {
    const { name, key, schema } = this.#family;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const row = await findDocumentId(this.#operations, this.#keys.documentId(name, id));
      if (row === undefined) return undefined;
      const item = await this.#operations.get(key(row.customerId, row.on, id));
      if (item !== undefined) return rowAs(schema, item);
    }
    throw new Error(`${name} ${id} is not stored where its id row says`);
  }

  /** Documents by id, in two calls of the store for a hundred; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<Map<string, Doc>> {
    const { name, key, schema, placeOf } = this.#family;
    const rows = await findDocumentIds(this.#operations, this.#keys, name, [...new Set(ids)]);
    const places = [...rows.values()].map(({ customerId, on, id }) => key(customerId, on, id));
    const items = await this.#operations.batchGet(places);
    const found = new Map(items.map((item) => rowAs(schema, item)).map((document) => [placeOf(document).id, document]));
    // Whoever moved to another customer between the two calls is looked up again.
    for (const id of rows.keys()) {
      const moved = found.has(id) ? undefined : await this.find(id);
      if (moved !== undefined) found.set(id, moved);
    }
    return found;
  }

  /** The customer of each document, by document id. Unknown ids are left out. */
  async customersOf(ids: readonly string[]): Promise<Map<string, CustomerId>> {
    const rows = await findDocumentIds(this.#operations, this.#keys, this.#family.name, [...new Set(ids)]);
    return new Map([...rows.values()].map(({ id, customerId }) => [id, customerId]));
  }

  /** A customer's documents in day order; documents without a day in id order. A range needs days. */
  async *of(customerId: CustomerId, range: DayRange = {}, consistent = true): AsyncGenerator<Doc> {
    const { partition, schema } = this.#family;
    const { from, to } = range;
    const isRange = from !== undefined || to !== undefined;
    const between = { ":from": from ?? "0", ":to": `${to ?? "9999-12-31"}$` };
    for await (const item of this.#operations.query({
      KeyConditionExpression: isRange ? "pk = :pk AND sk BETWEEN :from AND :to" : "pk = :pk",
      ExpressionAttributeValues: { ":pk": partition(customerId), ...(isRange ? between : {}) },
      ConsistentRead: consistent,
    }))
      yield rowAs(schema, item);
  }

  /** The years in which a customer has dated documents. */
  yearsOf(customerId: CustomerId): Promise<number[]> {
    return this.#operations.years(this.#family.partition(customerId));
  }

  /** A customer's documents of one year, in day order. */
  ofYear(customerId: CustomerId, year: number): AsyncGenerator<Doc> {
    return this.of(customerId, { from: day(`${year}-01-01`), to: day(`${year}-12-31`) });
  }
}
