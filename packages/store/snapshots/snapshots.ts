import type { History, ItemInfo } from "@regulars/core/snapshots/history";
import { closuresOf } from "@regulars/core/insights/evaluate";
import { type OrderDayNet, collectOrderDays, orderDayNets } from "@regulars/core/snapshots/order-days";
import type { Item } from "@regulars/core/catalog/item";
import { type AsOf, awaitedDays } from "@regulars/core/snapshots/as-of";
import type { ItemLink } from "@regulars/core/catalog/item-link";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { CustomerRecords } from "@regulars/core/snapshots/customer-records";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import { withoutNames, withoutNonPersons } from "@regulars/core/snapshots/non-persons";
import type { BlockOptions, OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { memo } from "@regulars/core/platform/memo";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type CustomerId, type Day, type ItemId, type PersonId, toDayNumber } from "@regulars/core/platform/values";
import { CorruptChunkError } from "../engine/bytes.ts";
import { HistoryArrays } from "./history/history-arrays.ts";
import { decodeHistory } from "./history/history-chunk.ts";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import { SHARDS } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { afterPrefix } from "./keys.ts";
import { activities } from "./activities/activities.ts";
import { ActivityArrays } from "./activities/activity-arrays.ts";
import { decodeActivities, decodeAllActivities, decodeInto } from "./activities/activities-chunk.ts";
import { mayBeAfter, wholeChunk } from "./chunk.ts";
import { history } from "./history/history.ts";
import { cutAwaited, cutLive } from "./history/later-documents.ts";
import {
  decoded,
  isUnreadable,
  isWhole,
  missingPiece,
  naming,
  packedYears,
  reasonOf,
  stampOf,
} from "./packed-years.ts";
import { projects } from "./projects/projects.ts";
import { decodeProjects } from "./projects/projects-chunk.ts";
import { type RawSnapshot, yearsIn } from "./raw-snapshot.ts";
import { rawSnapshotsIn } from "./raw-snapshots.ts";
import type { Rebuilder } from "./rebuild.ts";
import { receivables } from "./receivables/receivables.ts";
import { decodeReceivables } from "./receivables/receivables-chunk.ts";
import { requests } from "./requests/requests.ts";
import { decodeRequests } from "./requests/requests-chunk.ts";
import { sales } from "./sales/sales.ts";
import { decodeSales } from "./sales/sales-chunk.ts";
import { Operations } from "../engine/operations.ts";
import type { Table, Usage } from "../engine/table.ts";
import { putApart } from "./put-apart.ts";
import { wirePages } from "../engine/wire.ts";
import type { ChangedParts, Changes } from "./changes.ts";
import { verified } from "./verify.ts";

const MAX_ROUNDS = 5;

/** What is read of the items once for a run. */
interface Catalog {
  readonly links: readonly ItemLink[];
  /** Who is stored as a person and is none: activities with them are no contacts. */
  readonly nonPersons: ReadonlySet<PersonId>;
  /** Persons who opted out: their activities name nobody. */
  readonly outPersons: ReadonlySet<string>;
  /** What is known of an item, by its number: made once for all customers, asked for each line. */
  readonly itemOf: (number: number) => ItemInfo;
}

/** What snapshots are decoded into, one after the other. Shards are read at the same time: each has its own. */
interface SnapshotArrays {
  readonly documents: HistoryArrays;
  readonly activities: ActivityArrays;
}

const newArrays = (): SnapshotArrays => ({ documents: new HistoryArrays(), activities: new ActivityArrays() });

/** What of a partition is read: the customers with a prefix, from a place in their order. */
interface Reading {
  readonly prefix?: string;
  readonly from?: string;
  readonly consistent?: boolean;
}

/** How many customer-years of a shard were rebuilt, and whether none is left. */
export interface RepairedShard {
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
  readonly #tenant: Tenant;
  readonly #endedItems: () => Promise<ReadonlyMap<ItemId, Item>>;
  readonly #links: () => Promise<readonly ItemLink[]>;
  readonly #nonPersons: () => Promise<ReadonlySet<PersonId>>;
  readonly #outPersons: () => Promise<ReadonlySet<string>>;
  readonly #changes: Changes;
  /** Made once for all shards: the item cards of a tenant are many objects. */
  readonly #catalog = memo(() => this.#readCatalog());
  readonly #ahead = new HistoryArrays();

  constructor(parts: {
    readonly table: Table;
    readonly usage: Usage;
    readonly keys: Keys;
    readonly numbers: ItemNumbers;
    readonly rebuilder: Rebuilder;
    readonly tenant: Tenant;
    readonly endedItems: () => Promise<ReadonlyMap<ItemId, Item>>;
    readonly links: () => Promise<readonly ItemLink[]>;
    readonly nonPersons: () => Promise<ReadonlySet<PersonId>>;
    readonly outPersons: () => Promise<ReadonlySet<string>>;
    readonly changes: Changes;
  }) {
    this.#table = parts.table;
    this.#usage = parts.usage;
    this.#keys = parts.keys;
    this.#numbers = parts.numbers;
    this.#rebuilder = parts.rebuilder;
    this.#tenant = parts.tenant;
    this.#endedItems = parts.endedItems;
    this.#links = parts.links;
    this.#nonPersons = parts.nonPersons;
    this.#outPersons = parts.outPersons;
    this.#changes = parts.changes;
  }

  /**
   * The customer snapshots of a shard in id order. Each is valid until the next is read, because the arrays are reused.
   */
  async *ofShard(shard: number, at: AsOf, options: BlockOptions): AsyncGenerator<CustomerSnapshot> {
    await this.#numbers.load();
    const catalog = await this.#catalog();
    const arrays = newArrays();
    const from = options.after === undefined ? "C#" : afterPrefix(this.#keys.snapshot(options.after).prefix);
    const changed = await this.#changes.ofShard(shard, options.repair, from);
    for await (const raws of this.#rawSnapshots(this.#keys.shard(shard), changed, { from }))
      for (const raw of raws) {
        if (!raw.isCustomer) continue;
        if (options.repair && raw.misplaced.length > 0)
          await putApart(new Operations(this.#table, this.#usage), this.#keys, raw.misplaced);
        const snapshot =
          this.#wholeBlock(raw, at, arrays, catalog) ??
          (await this.#blockUnlessUnreadable(raw, at, arrays, catalog, options));
        if (snapshot !== undefined) yield snapshot;
      }
  }

  /** What snapshots say of items and links: equal states give equal histories. */
  async catalogState(): Promise<object> {
    const ended = await this.#endedItems();
    const { links, nonPersons, outPersons } = await this.#catalog();
    const persons = { nonPersons: [...nonPersons].toSorted(), outPersons: [...outPersons].toSorted() };
    return { ended: [...ended.values()], links, ...persons };
  }

  async #readCatalog(): Promise<Catalog> {
    const [ended, links, nonPersons, outPersons] = await Promise.all([
      this.#endedItems(),
      this.#links(),
      this.#nonPersons(),
      this.#outPersons(),
    ]);
    const cards: (ItemInfo | undefined)[] = [];
    const made = (number: number): ItemInfo => {
      const card = this.#card(number, ended);
      // An array with holes is slow to read, and this one is read for each line.
      while (cards.length < this.#numbers.count) cards.push(undefined);
      cards[number] = card;
      return card;
    };
    return { links, nonPersons, outPersons, itemOf: (number) => cards[number] ?? made(number) };
  }

  /** Of a snapshot with nothing to repair, as most are: without waiting. `undefined` for others, and what cannot be read. */
  #wholeBlock(raw: RawSnapshot, at: AsOf, arrays: SnapshotArrays, catalog: Catalog): CustomerSnapshot | undefined {
    if (!isWhole(raw)) return undefined;
    try {
      this.#decodeYears(raw, arrays.documents, untilOf(at));
      return this.#present(raw, at, arrays, catalog);
    } catch (error) {
      if (isUnreadable(error)) return undefined;
      throw error;
    }
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
      await this.#decode(repaired, arrays.documents, untilOf(at));
      return this.#present(repaired, at, arrays, catalog);
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
    const catalog = await this.#catalog();
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

  /** Of a snapshot whose documents are in the arrays. */
  #present(
    raw: RawSnapshot,
    at: AsOf,
    { documents: arrays, activities: columns }: SnapshotArrays,
    { links, nonPersons, outPersons, itemOf }: Catalog,
  ): CustomerSnapshot {
    const customer = raw.customer ?? { customerId: raw.customerId };
    const awaited = awaitedDays(at);
    const awaitedOn = cutAwaited(arrays, { awaited, until: toDayNumber(at.liveOn ?? at.asOf) }, itemOf);
    const orderedSince = cutLive(arrays, toDayNumber(at.asOf), itemOf);
    const orderDays = new Int32Array(arrays.count);
    const ofCustomer: History = {
      customerId: raw.customerId,
      repId: customer.repId,
      currency: this.#tenant.currency,
      closures: closuresOf(customer, this.#tenant),
      isOnCreditHold: customer.creditHold,
      asOf: toDayNumber(at.asOf),
      documents: arrays,
      orderDays,
      orderDayCount: collectOrderDays(arrays, (number) => itemOf(number).isGoods, orderDays),
      receivables: this.#receivables(raw, at),
      itemOf,
      links,
      statuses: raw.statuses.values?.held,
      orderedSince,
      awaitedOn,
      category: customer.category,
      activities: onceOf(() => {
        fillActivities(columns, raw, toDayNumber(at.liveOn ?? at.asOf), nonPersons);
        columns.unname(outPersons);
        return columns;
      }),
    };
    return {
      customer,
      history: ofCustomer,
      findings: raw.findings,
      dismissals: raw.dismissals,
      statuses: raw.statuses,
      outPersons,
      stamp: () => stampOf(raw),
      mayHaveSalesAhead: () =>
        [...yearsIn(raw, history).chunks].some(([year, chunk]) => mayBeAfter(year, chunk, at.asOf)),
      activities: onceOf(() =>
        withoutNames(withoutNonPersons(this.#activities(raw, toDayNumber(at.asOf)), nonPersons), outPersons),
      ),
      records: () => ({ ...this.#records(raw, nonPersons), ordersAhead: this.#ordersAhead(raw, at.asOf, itemOf) }),
    };
  }

  async #decode(raw: RawSnapshot, arrays: HistoryArrays, until: number): Promise<void> {
    try {
      this.#decodeYears(raw, arrays, until);
    } catch (error) {
      if (!(error instanceof CorruptChunkError)) throw error;
      // Another process may have given an item a number since. If the chunk is still unreadable with the new numbers,
      // it is corrupt.
      await this.#numbers.reload();
      this.#decodeYears(raw, arrays, until);
    }
  }

  #decodeYears(raw: RawSnapshot, arrays: HistoryArrays, until: number): void {
    if (raw.fault !== undefined) throw raw.fault;
    arrays.clear();
    for (const [year, bytes] of packedYears(raw, history))
      naming(raw.customerId, "history", year, () => {
        const before = arrays.count;
        decodeHistory(bytes, arrays, this.#numbers.unitPriceOf, until);
        this.#mustKnowItems(arrays, before);
      });
  }

  /** The items of a document ascend: its last line tells of the others. */
  #mustKnowItems(arrays: HistoryArrays, fromDocument: number): void {
    const { firstUnknown } = this.#numbers;
    const { firstLine, item, count } = arrays;
    for (let d = fromDocument; d < count; d += 1) {
      const end = firstLine[d + 1] ?? 0;
      if (end === 0 || (item[end - 1] ?? 0) < firstUnknown) continue;
      for (let line = firstLine[d] ?? 0; line < end; line += 1)
        if (this.#numbers.at(item[line] ?? -1) === undefined)
          throw new CorruptChunkError(`the chunk names item number ${item[line]}, which no item has`);
    }
  }

  #receivables(raw: RawSnapshot, at: AsOf): Receivable[] {
    const until = toDayNumber(at.asOf);
    const paidUntil = toDayNumber(at.liveOn ?? at.asOf);
    return packedYears(raw, receivables).flatMap(([year, bytes]) =>
      naming(raw.customerId, "receivables", year, () =>
        decodeReceivables(bytes, raw.customerId, this.#tenant.currency, until, paidUntil),
      ),
    );
  }

  #activities(raw: RawSnapshot, until: number): ActivityView[] {
    return decoded(raw, activities, (bytes) => decodeActivities(bytes, until));
  }

  #records(raw: RawSnapshot, nonPersons: ReadonlySet<PersonId>): CustomerRecords {
    const base = this.#tenant.currency;
    return {
      activities: withoutNonPersons(
        decoded(raw, activities, (bytes) => decodeAllActivities(bytes)),
        nonPersons,
      ),
      sales: decoded(raw, sales, (bytes) => decodeSales(bytes, base)),
      requests: decoded(raw, requests, decodeRequests),
      projects: decoded(raw, projects, (bytes) => decodeProjects(bytes, base)),
    };
  }

  /** The order days after `asOf`, decoded when monitors ask for them: few customers have any. */
  #ordersAhead(raw: RawSnapshot, asOf: Day, itemOf: (number: number) => ItemInfo): readonly OrderDayNet[] | undefined {
    const arrays = this.#ahead;
    arrays.clear();
    for (const [year, bytes] of packedYears(raw, history))
      if (year >= Number(asOf.slice(0, 4)))
        naming(raw.customerId, "history", year, () => decodeHistory(bytes, arrays, this.#numbers.unitPriceOf));
    let first = arrays.count;
    while (first > 0 && (arrays.day[first - 1] ?? 0) > toDayNumber(asOf)) first -= 1;
    const ahead = orderDayNets(arrays, (number) => itemOf(number).isGoods, first);
    return ahead.length === 0 ? undefined : ahead;
  }

  #card(number: number, ended: ReadonlyMap<ItemId, Item>): ItemInfo {
    const numbered = this.#numbers.at(number);
    if (numbered === undefined) throw new CorruptChunkError(`item number ${number} belongs to no item`);
    const item = ended.get(numbered.itemId);
    return {
      itemId: numbered.itemId,
      isGoods: numbered.kind === "goods",
      replacedBy: item?.replacedBy,
      discontinuedOn: item?.discontinuedOn,
      outOfStockFrom: item?.outOfStockFrom,
      outOfStockTo: item?.outOfStockTo,
    };
  }
}

function fillActivities(
  arrays: ActivityArrays,
  raw: RawSnapshot,
  until: number,
  nonPersons: ReadonlySet<PersonId>,
): void {
  arrays.clear();
  for (const [year, bytes] of packedYears(raw, activities))
    naming(raw.customerId, activities.name, year, () => decodeInto(arrays, bytes, until));
  arrays.leaveOut(nonPersons);
}

/** Several features ask for the same: it is unpacked once. */
function onceOf<T>(unpack: () => T): () => T {
  let unpacked: T | undefined;
  return () => (unpacked ??= unpack());
}

/** The last day that is decoded. */
const untilOf = (at: AsOf): number => awaitedDays(at)?.to ?? toDayNumber(at.liveOn ?? at.asOf);
