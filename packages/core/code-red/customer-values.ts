import type { Closure } from "../platform/closure.ts";
import type { History } from "../snapshots/history.ts";
import { goodsOf } from "../snapshots/item-places.ts";
import type { Period } from "../platform/period.ts";
import { toDayNumber } from "../platform/values.ts";
import type { ComparisonPlan } from "./plan.ts";

/** What a customer bought in a period, in minor units of the base currency. */
export interface PeriodValue {
  /** Net goods of orders, without credits. */
  readonly salesMinor: number;
  /** Net goods of credits, positive when they lower the value. */
  readonly creditsMinor: number;
  /** Days with an order event; with the basis `invoice`, invoices. */
  readonly orders: number;
}

/** Orders less credits. */
export const netOf = ({ salesMinor, creditsMinor }: PeriodValue): number => salesMinor - creditsMinor;

/** A customer's purchases in the periods of a plan. */
export interface CustomerValues {
  /** In the order of the plan's columns. */
  readonly columns: readonly { readonly current: PeriodValue; readonly previous: PeriodValue }[];
  /** The value of each complete month of the plan, the last one first. */
  readonly months: readonly number[];
  /** The day of the first document with goods; `undefined` without one: the customer is not compared. */
  readonly firstDay: number | undefined;
  /** Closed days of the customer, with those of the tenant. */
  readonly closures: readonly Closure[];
  /** Lines or invoices of the periods without a rate: they are in no value (docs/reference/insights.md G9). */
  readonly withoutRate: number;
}

/** Adds up a customer's documents in one pass (docs/reference/code-red.md 1). */
export function customerValues(history: History, plan: ComparisonPlan): CustomerValues {
  const sums = new Sums(slotsOf(plan), history.closures);
  if (plan.settings.basis === "invoice") addInvoices(history, sums);
  else addOrders(history, sums);
  return sums.values();
}

/** Slots from `first` on, before `end`. */
interface SlotRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The days of a plan cut where any of its periods begins or ends: each period is a range of slots, so that a document is
 * added once, however many periods it lies in.
 */
interface Slots {
  readonly from: number;
  /** The slot of each day from `from` on. */
  readonly slotOfDay: Uint16Array;
  readonly columns: readonly { readonly current: SlotRange; readonly previous: SlotRange }[];
  readonly months: readonly SlotRange[];
  /** Used again for each customer. */
  readonly sales: Float64Array;
  readonly credits: Float64Array;
  readonly orders: Float64Array;
}

const slotsByPlan = new WeakMap<ComparisonPlan, Slots>();

function slotsOf(plan: ComparisonPlan): Slots {
  const known = slotsByPlan.get(plan);
  if (known !== undefined) return known;
  const periods = [...plan.columns.flatMap(({ current, previous }) => [current, previous]), ...plan.months];
  const cuts = [...new Set(periods.flatMap(({ from, to }) => (to < from ? [] : [from, to + 1])))].toSorted(
    (a, b) => a - b,
  );
  const [from = 0, end = from] = [cuts[0], cuts.at(-1)];
  const slotOfDay = new Uint16Array(end - from);
  for (const [slot, cut] of cuts.entries()) slotOfDay.fill(slot, cut - from, (cuts[slot + 1] ?? end) - from);
  const rangeOf = (period: Period): SlotRange =>
    period.to < period.from
      ? { first: 0, end: 0 }
      : { first: cuts.indexOf(period.from), end: cuts.indexOf(period.to + 1) };
  const columns = plan.columns.map(({ current, previous }) => ({
    current: rangeOf(current),
    previous: rangeOf(previous),
  }));
  const sums = () => new Float64Array(cuts.length);
  const slots = { from, slotOfDay, columns, months: plan.months.map(rangeOf) };
  const made = { ...slots, sales: sums(), credits: sums(), orders: sums() };
  slotsByPlan.set(plan, made);
  return made;
}

class Sums {
  readonly #slots: Slots;
  readonly #closures: readonly Closure[];
  #firstDay: number | undefined;
  #withoutRate = 0;

  constructor(slots: Slots, closures: readonly Closure[]) {
    this.#slots = slots;
    this.#closures = closures;
    slots.sales.fill(0);
    slots.credits.fill(0);
    slots.orders.fill(0);
  }

  /** Whether nothing of a day is added any more: its documents need not be looked at. */
  isBefore(on: number): boolean {
    return on < this.#slots.from && this.#firstDay !== undefined && this.#firstDay <= on;
  }

  add(on: number, salesMinor: number, creditsMinor: number, withoutRate: number, isOrder: boolean): void {
    if (this.#firstDay === undefined || on < this.#firstDay) this.#firstDay = on;
    const { from, slotOfDay, sales, credits, orders } = this.#slots;
    if (on < from) return;
    this.#withoutRate += withoutRate;
    const slot = slotOfDay[on - from];
    if (slot === undefined) return;
    sales[slot] = (sales[slot] ?? 0) + salesMinor;
    credits[slot] = (credits[slot] ?? 0) + creditsMinor;
    if (isOrder) orders[slot] = (orders[slot] ?? 0) + 1;
  }

  values(): CustomerValues {
    const { columns, months, sales, credits } = this.#slots;
    return {
      columns: columns.map(({ current, previous }) => ({
        current: this.#valueOf(current),
        previous: this.#valueOf(previous),
      })),
      months: months.map((range) => sumOf(sales, range) - sumOf(credits, range)),
      firstDay: this.#firstDay,
      closures: this.#closures,
      withoutRate: this.#withoutRate,
    };
  }

  #valueOf(range: SlotRange): PeriodValue {
    const { sales, credits, orders } = this.#slots;
    return {
      salesMinor: sumOf(sales, range),
      creditsMinor: sumOf(credits, range),
      orders: sumOf(orders, range),
    };
  }
}

function sumOf(sums: Float64Array, { first, end }: SlotRange): number {
  let sum = 0;
  for (let slot = first; slot < end; slot += 1) sum += sums[slot] ?? 0;
  return sum;
}

/** Each day with goods is added once; its orders are one order event (docs/reference/insights.md G6). */
function addOrders(history: History, sums: Sums): void {
  const { count, day, isCredit, firstLine, item, quantity, netMinor } = history.documents;
  const goods = goodsOf(history);
  let d = 0;
  while (d < count) {
    const on = day[d] ?? 0;
    if (sums.isBefore(on)) {
      d += 1;
      continue;
    }
    let salesMinor = 0;
    let creditsMinor = 0;
    let withoutRate = 0;
    let hasGoods = false;
    let isOrder = false;
    for (; d < count && day[d] === on; d += 1) {
      const credits = isCredit[d] === 1;
      const end = firstLine[d + 1] ?? 0;
      for (let l = firstLine[d] ?? 0; l < end; l += 1) {
        if (!goods.has(item[l] ?? -1)) continue;
        hasGoods = true;
        if (!credits && (quantity[l] ?? 0) > 0) isOrder = true;
        const net = netMinor[l] ?? Number.NaN;
        if (Number.isNaN(net)) withoutRate += 1;
        else if (credits) creditsMinor -= net;
        else salesMinor += net;
      }
    }
    if (hasGoods) sums.add(on, salesMinor, creditsMinor, withoutRate, isOrder);
  }
}

/** Totals as they were sent: invoices have no lines and may hold tax. Void ones are left out. */
function addInvoices({ receivables, currency }: History, sums: Sums): void {
  for (const { invoicedOn, type, totalMinor, currency: own, isVoid } of receivables) {
    if (isVoid === true) continue;
    const on = toDayNumber(invoicedOn);
    if (own !== currency) sums.add(on, 0, 0, 1, false);
    else if (type === "credit") sums.add(on, 0, totalMinor, 0, false);
    else sums.add(on, totalMinor, 0, 0, true);
  }
}
