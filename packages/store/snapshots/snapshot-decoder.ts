import type { History, ItemInfo } from "@regulars/core/snapshots/history";
import { closuresOf } from "@regulars/core/insights/evaluate";
import { mustSumExactly } from "@regulars/core/snapshots/exact-sums";
import { type OrderDayNet, collectOrderDays, orderDayNets } from "@regulars/core/snapshots/order-days";
import { type AsOf, awaitedDays } from "@regulars/core/snapshots/as-of";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { CustomerRecords } from "@regulars/core/snapshots/customer-records";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import { withoutNames, withoutNonPersons } from "@regulars/core/snapshots/non-persons";
import { type Receivable, isInvoice } from "@regulars/core/invoices/receivable";
import { memo } from "@regulars/core/platform/memo";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Day, type PersonId, toDayNumber } from "@regulars/core/platform/values";
import { CorruptChunkError } from "../engine/bytes.ts";
import { type Catalog, type CatalogParts, readCatalog } from "./snapshot-catalog.ts";
import { HistoryArrays } from "./history/history-arrays.ts";
import { decodeHistory } from "./history/history-chunk.ts";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import { activities } from "./activities/activities.ts";
import { ActivityArrays } from "./activities/activity-arrays.ts";
import { decodeActivities, decodeAllActivities, decodeInto } from "./activities/activities-chunk.ts";
import { mayBeAfter } from "./chunk.ts";
import { history } from "./history/history.ts";
import { cutAwaited, cutLive } from "./history/later-documents.ts";
import { decoded, isUnreadable, isWhole, naming, packedYears, packedYearsStamp } from "./packed-years.ts";
import { projects } from "./projects/projects.ts";
import { decodeProjects } from "./projects/projects-chunk.ts";
import { type RawSnapshot, yearsIn } from "./raw-snapshot.ts";
import { receivables } from "./receivables/receivables.ts";
import { decodeReceivables } from "./receivables/receivables-chunk.ts";
import { requests } from "./requests/requests.ts";
import { decodeRequests } from "./requests/requests-chunk.ts";
import { sales } from "./sales/sales.ts";
import { decodeSales } from "./sales/sales-chunk.ts";

/** What snapshots are decoded into, one after the other. Shards are read at the same time: each has its own. */
export interface SnapshotArrays {
  readonly documents: HistoryArrays;
  readonly activities: ActivityArrays;
}

export const newArrays = (): SnapshotArrays => ({ documents: new HistoryArrays(), activities: new ActivityArrays() });

/** What a decoder knows of the tenant and its items. */
export interface DecoderParts extends CatalogParts {
  readonly tenant: Tenant;
}

/** Makes customer snapshots of stored chunks. It is for one run; the numbers of items must have been loaded. */
export class SnapshotDecoder {
  readonly #parts: DecoderParts;
  readonly #numbers: ItemNumbers;
  readonly #tenant: Tenant;
  /** Made once for all shards: the item cards of a tenant are many objects. */
  readonly catalog = memo(() => readCatalog(this.#parts));
  /** Made when the first is decoded: a store is opened for every request, and most read no history. */
  #ahead: HistoryArrays | undefined;

  constructor(parts: DecoderParts) {
    this.#parts = parts;
    this.#numbers = parts.numbers;
    this.#tenant = parts.tenant;
  }

  /** What snapshots say of items and links: equal states give equal histories. */
  async catalogState(): Promise<object> {
    const ended = await this.#parts.endedItems();
    const { links, nonPersons, outPersons } = await this.catalog();
    const persons = { nonPersons: [...nonPersons].toSorted(), outPersons: [...outPersons].toSorted() };
    return { ended: [...ended.values()], links, ...persons };
  }

  /** Of a snapshot with nothing to repair, as most are: without waiting. `undefined` for others, and what cannot be read. */
  atOnce(raw: RawSnapshot, at: AsOf, arrays: SnapshotArrays, catalog: Catalog): CustomerSnapshot | undefined {
    if (!isWhole(raw)) return undefined;
    try {
      this.#decodeYears(raw, arrays.documents, untilOf(at));
      return this.#present(raw, at, arrays, catalog);
    } catch (error) {
      if (isUnreadable(error)) return undefined;
      throw error;
    }
  }

  /** Throws `CorruptChunkError`, and others of `isUnreadable`, when the customer's data cannot be read. */
  async read(raw: RawSnapshot, at: AsOf, arrays: SnapshotArrays, catalog: Catalog): Promise<CustomerSnapshot> {
    await this.#decode(raw, arrays.documents, untilOf(at));
    return this.#present(raw, at, arrays, catalog);
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
      ...this.#receivables(raw, at),
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
    mustSumExactly(ofCustomer);
    return {
      customer,
      history: ofCustomer,
      findings: raw.findings,
      dismissals: raw.dismissals,
      statuses: raw.statuses,
      outPersons,
      stamp: () => packedYearsStamp(raw),
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

  #receivables(raw: RawSnapshot, { asOf, liveOn = asOf }: AsOf): Pick<History, "receivables" | "isInvoicedSince"> {
    const until = toDayNumber(liveOn);
    const known = packedYears(raw, receivables).flatMap(([year, bytes]) =>
      naming(raw.customerId, "receivables", year, () =>
        decodeReceivables(bytes, raw.customerId, this.#tenant.currency, until),
      ),
    );
    const isSince = ({ invoicedOn }: Receivable): boolean => invoicedOn > asOf;
    if (!known.some(isSince)) return { receivables: known };
    return {
      receivables: known.filter((one) => !isSince(one)),
      isInvoicedSince: known.some((one) => isSince(one) && isInvoice(one)),
    };
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
    const arrays = (this.#ahead ??= new HistoryArrays());
    arrays.clear();
    for (const [year, bytes] of packedYears(raw, history))
      if (year >= Number(asOf.slice(0, 4)))
        naming(raw.customerId, "history", year, () => decodeHistory(bytes, arrays, this.#numbers.unitPriceOf));
    let first = arrays.count;
    while (first > 0 && (arrays.day[first - 1] ?? 0) > toDayNumber(asOf)) first -= 1;
    const ahead = orderDayNets(arrays, (number) => itemOf(number).isGoods, first);
    return ahead.length === 0 ? undefined : ahead;
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
