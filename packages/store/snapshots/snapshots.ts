import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { BlockOptions, OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { CustomerId } from "@regulars/core/platform/values";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import { SHARDS } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { afterPrefix } from "./keys.ts";
import { wholeChunk } from "./chunk.ts";
import { isUnreadable, missingPiece, reasonOf } from "./packed-years.ts";
import type { RawSnapshot } from "./raw-snapshot.ts";
import { rawSnapshotsIn } from "./raw-snapshots.ts";
import type { Rebuilder } from "./rebuild.ts";
import { Operations } from "../engine/operations.ts";
import type { Table, Usage } from "../engine/table.ts";
import { putApart } from "./put-apart.ts";
import { wirePages } from "../engine/wire.ts";
import type { ChangedParts, Changes } from "./changes.ts";
import { verified } from "./verify.ts";
import { type DecoderParts, type SnapshotArrays, SnapshotDecoder, newArrays } from "./snapshot-decoder.ts";
import type { Catalog } from "./snapshot-catalog.ts";

const MAX_ROUNDS = 5;

/** What of a partition is read: the customers with a prefix, from a place in their order. */
interface Reading {
  readonly prefix?: string;
  readonly from?: string;
  readonly consistent?: boolean;
}

/** How many customer-years of a shard were rebuilt, and whether none is left. */
interface RepairedShard {
  readonly customerYears: number;
  readonly isDone: boolean;
}

/** Reads customer snapshots, and rebuilds dirty customer-years when it meets them. A reader is for one run. */
export class CustomerSnapshotReader {
  readonly #table: Table;
  readonly #usage: Usage;
  readonly #keys: Keys;
  readonly #numbers: ItemNumbers;
  readonly #rebuilder: Rebuilder;
  readonly #decoder: SnapshotDecoder;
  readonly #changes: Changes;

  constructor(
    parts: DecoderParts & {
      readonly table: Table;
      readonly usage: Usage;
      readonly keys: Keys;
      readonly rebuilder: Rebuilder;
      readonly changes: Changes;
    },
  ) {
    this.#table = parts.table;
    this.#usage = parts.usage;
    this.#keys = parts.keys;
    this.#numbers = parts.numbers;
    this.#rebuilder = parts.rebuilder;
    this.#decoder = new SnapshotDecoder(parts);
    this.#changes = parts.changes;
  }

  /**
   * The customer snapshots of a shard in id order. Each is valid until the next is read, because the arrays are reused.
   */
  async *ofShard(shard: number, at: AsOf, options: BlockOptions): AsyncGenerator<CustomerSnapshot> {
    await this.#numbers.load();
    const catalog = await this.#decoder.catalog();
    const arrays = newArrays();
    const from = options.after === undefined ? "C#" : afterPrefix(this.#keys.snapshot(options.after).prefix);
    const changed = await this.#changes.ofShard(shard, options.repair, from);
    for await (const raws of this.#rawSnapshots(this.#keys.shard(shard), changed, { from }))
      for (const raw of raws) {
        if (!raw.isCustomer) continue;
        if (options.repair && raw.misplaced.length > 0)
          await putApart(new Operations(this.#table, this.#usage), this.#keys, raw.misplaced);
        const snapshot =
          this.#decoder.atOnce(raw, at, arrays, catalog) ??
          (await this.#blockUnlessUnreadable(raw, at, arrays, catalog, options));
        if (snapshot !== undefined) yield snapshot;
      }
  }

  /** What snapshots say of items and links: equal states give equal histories. */
  catalogState(): Promise<object> {
    return this.#decoder.catalogState();
  }

  /** `undefined` if the customer's data cannot be read and `onUnreadable` is given; without it, throws. */
  async #blockUnlessUnreadable(
    raw: RawSnapshot,
    at: AsOf,
    arrays: SnapshotArrays,
    catalog: Catalog,
    { repair, onUnreadable }: BlockOptions,
  ): Promise<CustomerSnapshot | undefined> {
    try {
      const repaired = await this.#repaired(raw, repair);
      return await this.#decoder.read(repaired, at, arrays, catalog);
    } catch (error) {
      if (onUnreadable === undefined || !isUnreadable(error)) throw error;
      onUnreadable({ customerId: raw.customerId, reason: reasonOf(error) });
      return undefined;
    }
  }

  async ofCustomer(
    customerId: CustomerId,
    at: AsOf,
    onUnreadable?: OnUnreadable,
  ): Promise<CustomerSnapshot | undefined> {
    await this.#numbers.load();
    const raw = await this.#read(customerId);
    if (raw?.isCustomer !== true) return undefined;
    const catalog = await this.#decoder.catalog();
    return this.#blockUnlessUnreadable(raw, at, newArrays(), catalog, { repair: false, onUnreadable });
  }

  /** Whether there are more customers than this, told from those of the first shard; reads no more than that takes. */
  async hasMoreCustomers(most: number): Promise<boolean> {
    let customers = 0;
    for await (const raws of this.#rawSnapshots(this.#keys.shard(0), [])) {
      for (const { isCustomer } of raws) if (isCustomer) customers += 1;
      if (customers * SHARDS > most) return true;
    }
    return false;
  }

  /**
   * Rebuilds the dirty customer-years of a shard, customer by customer until it is enough, one at least. Those that
   * are left stay dirty.
   */
  async repairShard(shard: number, isEnough: () => boolean = () => false): Promise<RepairedShard> {
    await this.#numbers.load();
    let customerYears = 0;
    const changed = await this.#changes.ofShard(shard);
    for await (const raws of this.#rawSnapshots(this.#keys.shard(shard), changed))
      for (const raw of raws) {
        let dirty = 0;
        for (const { dirtyMarkers } of raw.years.values()) dirty += dirtyMarkers.size;
        if (dirty > 0 && customerYears > 0 && isEnough()) return { customerYears, isDone: false };
        customerYears += dirty;
        await this.#repaired(raw, true);
      }
    return { customerYears, isDone: true };
  }

  /** Compares every stored chunk of a shard with the source of truth, and replaces those that differ. */
  async verifyShard(shard: number): Promise<{ readonly chunks: number; readonly mended: number }> {
    await this.#numbers.load();
    const count = { chunks: 0, mended: 0 };
    const changed = await this.#changes.ofShard(shard);
    for await (const raws of this.#rawSnapshots(this.#keys.shard(shard), changed, { consistent: true }))
      for (const raw of raws)
        for (const isMended of await verified(raw, this.#rebuilder)) {
          count.chunks += 1;
          if (isMended) count.mended += 1;
        }
    return count;
  }

  async #read(customerId: CustomerId): Promise<RawSnapshot | undefined> {
    const { pk, prefix } = this.#keys.snapshot(customerId);
    const changed = await this.#changes.ofCustomer(customerId);
    for await (const [raw] of this.#rawSnapshots(pk, changed, { prefix, consistent: true }))
      if (raw !== undefined) return raw;
    return undefined;
  }

  /** The snapshots in id order, page by page. */
  #rawSnapshots(
    pk: string,
    changed: ChangedParts,
    { prefix = "C#", from = prefix, consistent = false }: Reading = {},
  ): AsyncGenerator<Iterable<RawSnapshot>> {
    const pages = wirePages(
      this.#table,
      {
        // Nothing is stored at the end itself.
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :end",
        ExpressionAttributeValues: { ":pk": { S: pk }, ":from": { S: from }, ":end": { S: afterPrefix(prefix) } },
        ConsistentRead: consistent,
      },
      this.#usage,
    );
    return rawSnapshotsIn(pages, changed);
  }

  /** Rebuilds the dirty chunks of a snapshot; `keep` also stores them. */
  async #repaired(raw: RawSnapshot, keep: boolean): Promise<RawSnapshot> {
    let snapshot = raw;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const overtaken = await this.#repairOnce(snapshot, keep);
      if (!overtaken && missingPiece(snapshot) === undefined) return snapshot;
      snapshot = (await this.#read(snapshot.customerId)) ?? snapshot;
    }
    const missing = missingPiece(snapshot);
    if (missing !== undefined) throw missing;
    throw new Error(`customer ${raw.customerId} keeps being changed by other writers; its history cannot be rebuilt`);
  }

  async #repairOnce(snapshot: RawSnapshot, keep: boolean): Promise<boolean> {
    const { customerId } = snapshot;
    for (const [projection, { chunks, dirtyMarkers }] of snapshot.years)
      for (const [year, marker] of dirtyMarkers) {
        const chunk = chunks.get(year);
        const packed = keep
          ? await this.#rebuilder.repair({ projection, customerId, year, marker, chunk })
          : await this.#rebuilder.chunkOf(projection, customerId, year);
        if (packed === undefined) return true;
        chunks.set(year, wholeChunk(packed, (chunk?.revision ?? 0) + 1));
        if (keep) dirtyMarkers.delete(year);
      }
    return false;
  }
}
