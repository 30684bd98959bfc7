import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { DealStore } from "@regulars/core/deals/deal-store";
import type { DealQueries } from "@regulars/core/boards/board-store";
import {
  type ClosedOutcome,
  type Deal,
  type LogEntry,
  closingSchema,
  dealSchema,
  isRetried,
  isOpenDeal,
  logEntrySchema,
} from "@regulars/core/deals/deal";
import type { DealId, PlanId, StatusId } from "@regulars/core/platform/ids";
import type { ClosingSpan } from "@regulars/core/deals/closing-span";
import type { ChangeOutcome, DealChange } from "@regulars/core/deals/deal-store";
import type { ColumnPage, ColumnPart, DealCount } from "@regulars/core/boards/board-store";
import type { ClosingCount, ClosingDay, CountedAs } from "@regulars/core/deals/closing-count";
import type { Day } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { DirtyBlocks } from "./dirty-blocks.ts";
import { ClosingCounterDelta, closingCounts, closingDays, countedPlace } from "./closing-counts.ts";
import { clarifiedIn, closingsIn } from "./closings.ts";
import { columnRange } from "./column-range.ts";
import { eventMark } from "./deal-events.ts";
import type { PublishedEvents } from "../engine/published-events.ts";
import { CounterDelta, dealCountsOf } from "./deal-counts.ts";
import type { KeptColumns } from "./kept-columns.ts";
import { personWrites, putClosing, putDeal, putIdempotencyRecord, putLog, unchanged } from "./deal-writes.ts";

interface DealsOptions {
  readonly zone: string;
  readonly kept?: KeptColumns | undefined;
}

/** Reads and writes deals with their logs, closed outcomes and counters. */
export class Deals implements DealStore, DealQueries {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #events: PublishedEvents;
  readonly #zone: string;
  readonly #kept: KeptColumns | undefined;

  /** `kept`: of a request that only reads. */
  constructor(operations: Operations, keys: Keys, events: PublishedEvents, { zone, kept }: DealsOptions) {
    this.#operations = operations;
    this.#keys = keys;
    this.#events = events;
    this.#zone = zone;
    this.#kept = kept;
  }

  /** Whether this process has written changes that webhooks must be called for. */
  hasNews(): boolean {
    return this.#events.hasNews;
  }

  async deal(dealId: DealId): Promise<Deal | undefined> {
    const item = await this.#operations.get(this.#keys.deal(dealId));
    return item === undefined ? undefined : rowAs(dealSchema, item);
  }

  async deals(dealIds: readonly DealId[]): Promise<Map<DealId, Deal>> {
    const items = await this.#operations.batchGet([...new Set(dealIds)].map((dealId) => this.#keys.deal(dealId)));
    return new Map(items.map((item) => rowAs(dealSchema, item)).map((deal) => [deal.dealId, deal]));
  }

  async logEntry(dealId: DealId, version: number): Promise<LogEntry | undefined> {
    const item = await this.#operations.get(this.#keys.dealLog(dealId, version));
    return item === undefined ? undefined : rowAs(logEntrySchema, item);
  }

  /** A deal's log and notes, oldest first. */
  async timeline(dealId: DealId): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :logs AND :notes",
      // Nothing else lies between them.
      ExpressionAttributeValues: { ":pk": this.#keys.dealPartition(dealId), ":logs": "LOG#", ":notes": "NOTE$" },
      ConsistentRead: true,
    }))
      entries.push(rowAs(logEntrySchema, item));
    return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.version - b.version));
  }

  async closings(dealId: DealId): Promise<ClosedOutcome[]> {
    const closings: ClosedOutcome[] = [];
    for await (const item of this.#operations.partition(this.#keys.dealPartition(dealId), "CLOSING#"))
      closings.push(rowAs(closingSchema, item));
    return closings;
  }

  /** Writes one change of a deal: deal, log, closed outcome, counters, rows of the contact, idempotency record. */
  async save(change: DealChange): Promise<ChangeOutcome> {
    const { before, after, log, idempotencyRecord, companion } = change;
    const isSubscribed = await this.#events.isWanted();
    const { own, shared } = this.#writesOf([change], isSubscribed);
    const writes: TransactWrite[] = [
      ...own,
      ...shared,
      ...writesOf(companion),
      ...(idempotencyRecord === undefined ? [] : [putIdempotencyRecord(this.#keys, idempotencyRecord, log.at)]),
    ];
    const failed = await this.#operations.transactOrFailed(writes);
    if (failed.length === 0) return "saved";
    if (failed.includes(0) || failed.includes(1)) return "stale";
    if (idempotencyRecord !== undefined && failed.includes(writes.length - 1)) return "key-taken";
    const isOpened = isOpenDeal(after) && !isOpenDeal(before);
    return isOpened && failed.includes(2) ? "person-has-open-deal" : "stale";
  }

  /** Writes changes of several deals of one sales plan together with `affectedRows`, all or nothing. */
  async saveTogether(changes: readonly DealChange[], affectedRows: readonly TransactWrite[]): Promise<boolean> {
    const isSubscribed = changes.length > 0 && (await this.#events.isWanted());
    const { own, shared } = this.#writesOf(changes, isSubscribed);
    return this.#operations.transact([...own, ...shared, ...affectedRows]);
  }

  /** The writes of each change (deal and log entry first), and those that changes share: counters and dirty markers. */
  #writesOf(
    changes: readonly DealChange[],
    isSubscribed: boolean,
  ): { readonly own: TransactWrite[]; readonly shared: TransactWrite[] } {
    const counts = new CounterDelta();
    const dirtyBlocks = new DirtyBlocks();
    const closings = new ClosingCounterDelta(this.#keys, this.#zone);
    const own = changes.flatMap(({ before, after, log, closing, isBulk }) => {
      counts.change(before, after);
      dirtyBlocks.note(after);
      closings.note(closing);
      const entry: LogEntry = { ...log, dealId: after.dealId, version: after.version };
      const mark = isSubscribed ? eventMark(this.#keys, entry, { before, after, isBulk }) : {};
      return [
        putDeal(this.#keys, after, unchanged(before.version)),
        putLog(this.#keys, entry, mark),
        ...personWrites(this.#keys, before, after),
        ...(closing === undefined ? [] : [putClosing(this.#keys, closing)]),
        ...this.#unassignedWrites(before, after),
      ];
    });
    const [first] = changes;
    const planCounts = first === undefined ? [] : counts.writes(this.#keys, first.after.planId);
    return { own, shared: [...planCounts, ...closings.writes(), ...dirtyBlocks.writes(this.#keys)] };
  }

  /**
   * Removes a lead from the unassigned queue when it gets a manager, is closed or removed; adds it again when it is
   * reopened.
   */
  #unassignedWrites(before: Deal, after: Deal): TransactWrite[] {
    const { planId, dealId, sequence } = after;
    if (before.managerId !== undefined || sequence === undefined) return [];
    const key = this.#keys.unassignedLead(planId, sequence);
    if (after.managerId !== undefined || !isOpenDeal(after)) return [{ Delete: { Key: key } }];
    if (isOpenDeal(before) || !isRetried(after)) return [];
    return [{ Put: { Item: { ...key, sequence, dealId } } }];
  }

  column(planId: PlanId, statusId: StatusId, limit: number): Promise<readonly Deal[]> {
    return this.columnPage(planId, { statusId }, { limit, isAscending: false });
  }

  /** A page of a column, or of one manager's deals in it, ordered by creation time. */
  columnPage(planId: PlanId, part: ColumnPart, page: ColumnPage): Promise<readonly Deal[]> {
    const read = () => this.#columnPage(planId, part, page);
    return this.#kept === undefined ? read() : this.#kept.page(planId, part, page, read);
  }

  async #columnPage(planId: PlanId, { statusId, managerId }: ColumnPart, page: ColumnPage): Promise<Deal[]> {
    const isManagers = managerId !== undefined;
    const [index, pk, sk] = isManagers ? ["gsi2", "g2p", "g2s"] : ["gsi1", "g1p", "g1s"];
    const partition = isManagers
      ? this.#keys.managerColumn(planId, statusId, managerId ?? undefined)
      : this.#keys.dealColumn(planId, statusId);
    const deals: Deal[] = [];
    const range = columnRange(page);
    if (range === undefined) return deals;
    for await (const item of this.#operations.query({
      IndexName: index,
      KeyConditionExpression: `${pk} = :column AND ${sk} BETWEEN :low AND :high`,
      ExpressionAttributeValues: { ":column": partition, ...range },
      ScanIndexForward: page.isAscending,
      Limit: page.limit + 1,
    })) {
      if (item[sk] !== page.after) deals.push(rowAs(dealSchema, item));
      if (deals.length === page.limit) break;
    }
    return deals;
  }

  /** Closed outcomes of a sales plan, latest first. */
  closingsOf(planId: PlanId, span: ClosingSpan): AsyncGenerator<ClosedOutcome> {
    return closingsIn(this.#operations, { index: "g1", partition: this.#keys.planClosings(planId) }, span);
  }

  closingsCountedAs(counted: CountedAs, span: ClosingSpan): AsyncGenerator<ClosedOutcome> {
    return closingsIn(this.#operations, { index: "g2", partition: countedPlace(this.#keys, counted) }, span);
  }

  clarifiedCounts(planId: PlanId, span: ClosingSpan): AsyncGenerator<ClosingCount> {
    return clarifiedIn(this.#operations, this.#keys.planClosings(planId), { ...span, planId });
  }

  closingCounts(planId: PlanId, from: Day | undefined, to: Day | undefined): Promise<ClosingCount[]> {
    return closingCounts(this.#operations, this.#keys, planId, from, to);
  }

  closingDays(planId: PlanId, from: Day | undefined, to: Day | undefined): AsyncGenerator<ClosingDay> {
    return closingDays(this.#operations, this.#keys, planId, from, to);
  }

  async counts(planId: PlanId): Promise<DealCount[]> {
    const rows: StoredItem[] = [];
    for await (const item of this.#operations.partition(this.#keys.dealCounts(planId))) rows.push(item);
    this.#kept?.note(planId, rows);
    return rows.flatMap((item) => dealCountsOf(item, String(item["sk"])));
  }
}
