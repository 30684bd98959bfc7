import type { History } from "../snapshots/history.ts";
import { openDayCounter } from "../platform/closure.ts";
import { type CustomerId, dayNumber } from "../platform/values.ts";

/** A customer's order days and items: all that a rule is tested on. Days are day numbers, ascending. */
export interface CustomerLog {
  readonly customerId: CustomerId;
  /** Whose list the customer is on; empty for nobody's. */
  readonly repId?: string | undefined;
  readonly orderDays: readonly number[];
  /** Net value of each order day, at the same index; 0 where unknown. */
  readonly netMinor: readonly number[];
  /** Days between two days on which an order could come; absent where all are. */
  readonly openDays?: ((after: number, until: number) => number) | undefined;
  /** Days on which each item was ordered. */
  readonly items: ReadonlyMap<number, readonly number[]>;
  /** The truth about a generated customer; for a real one only later orders show it. */
  readonly source?: Source | undefined;
}

/** When a generated customer left, and when it stopped ordering which items while it went on ordering others. */
export interface Source {
  readonly leftOn?: number | undefined;
  readonly droppedOn: ReadonlyMap<number, number>;
}

/** The days that are tested: from the first order to the last known day. */
export interface LogSpan {
  readonly from: number;
  readonly to: number;
  /** An alert is right when its statement stays true for this many days. */
  readonly horizonDays: number;
}

/** The log of a history: sales of goods, as docs/reference/insights.md G6 counts them. */
export function logOf(history: History): CustomerLog {
  const { documents, itemOf, orderDayCount } = history;
  const orderDays = Array.from(history.orderDays.subarray(0, orderDayCount));
  const net = new Map<number, number>();
  const items = new Map<number, number[]>();
  for (let d = 0; d < documents.count; d += 1) {
    if (documents.isCredit[d] === 1) continue;
    const on = documents.day[d] ?? 0;
    for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1) {
      const item = documents.item[l] ?? -1;
      if (!itemOf(item).isGoods) continue;
      const value = documents.netMinor[l] ?? Number.NaN;
      net.set(on, (net.get(on) ?? 0) + (Number.isNaN(value) ? 0 : value));
      if ((documents.quantity[l] ?? 0) > 0) noteDay(items, item, on);
    }
  }
  return {
    customerId: history.customerId,
    repId: history.repId,
    orderDays,
    netMinor: orderDays.map((on) => net.get(on) ?? 0),
    openDays: openDaysOf(history),
    items,
  };
}

function openDaysOf({ closures, orderDays, orderDayCount, asOf }: History): CustomerLog["openDays"] {
  if (closures.length === 0 || orderDayCount === 0) return undefined;
  return openDayCounter(dayNumber(orderDays[0] ?? asOf), asOf, closures);
}

/** Days on which an order could come, after one day and up to another (docs/reference/insights.md 2.2). */
export const openDaysBetween = ({ openDays }: Pick<CustomerLog, "openDays">, after: number, until: number): number =>
  openDays === undefined ? until - after : openDays(after, until);

/** The day after which so many open days have passed. */
export function dayAfterOpen(log: Pick<CustomerLog, "openDays">, from: number, days: number): number {
  let until = from + days;
  for (
    let short = days - openDaysBetween(log, from, until);
    short > 0;
    short = days - openDaysBetween(log, from, until)
  )
    until += short;
  return until;
}

/** The length of a gap between order days; at least 1, as in the product. */
export const gapBetween = (log: Pick<CustomerLog, "openDays">, after: number, until: number): number =>
  Math.max(1, openDaysBetween(log, after, until));

function noteDay(items: Map<number, number[]>, item: number, on: number): void {
  const days = items.get(item) ?? [];
  items.set(item, days);
  if (days.at(-1) !== on) days.push(on);
}
