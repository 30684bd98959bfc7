import { type Closing, type Deal, type LogEntry, isOpenDeal } from "@regulars/core/plans/deal";
import { type DealId, type PlanId, type StatusId, statusIdSchema } from "@regulars/core/plans/ids";
import type { ChangeOutcome, DealChange, DealCount } from "@regulars/core/plans/ports";
import { currencySchema, minorSchema, userIdSchema } from "@regulars/core/values";
import { NOBODY, type keysOf } from "../keys.ts";
import type { NamelessWrite, Operations, StoredItem } from "../operations.ts";
import { writesOf } from "../receipt.ts";
import { CountChanges, personWrites, putClosing, putDeal, putDelivery, putLog, unchanged } from "./deal-writes.ts";
import { closingSchema, dealSchema, logEntrySchema } from "./stored.ts";

/** Deals with their logs and closings, and the counts of a plan. */
export class Deals {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async deal(dealId: DealId): Promise<Deal | undefined> {
    const item = await this.#operations.get(this.#keys.deal(dealId));
    return item === undefined ? undefined : dealSchema.parse(item);
  }

  async deals(dealIds: readonly DealId[]): Promise<Map<DealId, Deal>> {
    const items = await this.#operations.batchGet([...new Set(dealIds)].map((dealId) => this.#keys.deal(dealId)));
    return new Map(items.map((item) => dealSchema.parse(item)).map((deal) => [deal.dealId, deal]));
  }

  async logEntry(dealId: DealId, version: number): Promise<LogEntry | undefined> {
    const item = await this.#operations.get(this.#keys.dealLog(dealId, version));
    return item === undefined ? undefined : logEntrySchema.parse(item);
  }

  /** A deal's log and notes, oldest first. */
  async timeline(dealId: DealId): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    for (const prefix of ["LOG#", "NOTE#"])
      for await (const item of this.#operations.partition(this.#keys.dealPartition(dealId), prefix))
        entries.push(logEntrySchema.parse(item));
    return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.version - b.version));
  }

  async closings(dealId: DealId): Promise<Closing[]> {
    const closings: Closing[] = [];
    for await (const item of this.#operations.partition(this.#keys.dealPartition(dealId), "CLOSING#"))
      closings.push(closingSchema.parse(item));
    return closings;
  }

  /** Writes one change of a deal: the deal, its log, its closing, the plan's counts, the person's deals, the delivery. */
  async save({ before, after, log, closing, delivery, receipt }: DealChange): Promise<ChangeOutcome> {
    const counts = new CountChanges();
    counts.change(before, after);
    const person = personWrites(this.#keys, before, after);
    const writes: NamelessWrite[] = [
      putDeal(this.#keys, after, unchanged(before.version)),
      putLog(this.#keys, { ...log, dealId: after.dealId, version: after.version }),
      ...person,
      ...(closing === undefined ? [] : [putClosing(this.#keys, closing)]),
      ...counts.writes(this.#keys, after.planId),
      ...this.#leavesTray(before, after),
      ...writesOf(receipt),
      ...(delivery === undefined ? [] : [putDelivery(this.#keys, delivery, log.at)]),
    ];
    const failed = await this.#operations.transactOrFailed(writes);
    if (failed.length === 0) return "saved";
    if (failed.includes(0) || failed.includes(1)) return "stale";
    return delivery !== undefined && failed.includes(writes.length - 1) ? "key-taken" : "person-has-open-deal";
  }

  /** A lead that was nobody's is no longer offered once somebody has it, or once it is closed or removed. */
  #leavesTray(before: Deal, after: Deal): NamelessWrite[] {
    if (before.managerId !== undefined || before.ticket === undefined) return [];
    if (after.managerId === undefined && isOpenDeal(after)) return [];
    return [{ Delete: { Key: this.#keys.trayLead(after.planId, before.ticket) } }];
  }

  async column(planId: PlanId, statusId: StatusId, limit: number): Promise<Deal[]> {
    const deals: Deal[] = [];
    for await (const item of this.#operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :column",
      ExpressionAttributeValues: { ":column": this.#keys.dealColumn(planId, statusId) },
      ScanIndexForward: false,
      Limit: limit,
    })) {
      deals.push(dealSchema.parse(item));
      if (deals.length === limit) break;
    }
    return deals;
  }

  async counts(planId: PlanId): Promise<DealCount[]> {
    const counts: DealCount[] = [];
    for await (const item of this.#operations.partition(this.#keys.dealCounts(planId))) counts.push(...countsOf(item));
    return counts;
  }
}

/** A manager's row as one count for each status. */
function countsOf(item: StoredItem): DealCount[] {
  const sk = String(item["sk"]);
  const managerId = sk === NOBODY ? undefined : userIdSchema.parse(sk);
  return Object.keys(item)
    .filter((name) => name.startsWith("n:"))
    .map((name) => {
      const statusId = statusIdSchema.parse(name.slice(2));
      const sums = Object.entries(item)
        .filter(([other]) => other.startsWith(`m:${statusId}:`))
        .map(([other, sum]) => [currencySchema.parse(other.slice(-3)), minorSchema.parse(sum)] as const)
        .filter(([, sum]) => sum !== 0);
      return { managerId, statusId, count: Number(item[name]), sums: Object.fromEntries(sums) };
    })
    .filter(({ count }) => count !== 0);
}
