import type { Closure } from "../platform/closure.ts";
import type { History } from "../snapshots/history.ts";
import { firstDocumentAfter, itemPlacesOf } from "../snapshots/item-places.ts";
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

interface CustomerColumn {
  readonly current: PeriodValue;
  readonly previous: PeriodValue;
}

/** A customer's purchases in the periods of a plan. */
export interface CustomerValues {
  /** In the order of the plan's columns. */
  readonly columns: readonly CustomerColumn[];
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
  const sums = slotsOf(plan);
  sums.clear();
  if (plan.settings.basis === "invoice") addInvoices(history, sums);
  else addOrders(history, sums);
  return sums.values(history.closures);
}

/** Slots from `first` on, before `end`. */
interface SlotRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The days of a plan cut where any of its periods begins or ends: each period is a range of slots, so that a document is
 * added once, however many periods it lies in. Used again for each customer.
 */
class Slots {
  readonly from: number;
  /** The slot of each day from `from` on. */
  readonly #slotOfDay: Uint16Array;
  readonly #columns: readonly { readonly current: SlotRange; readonly previous: SlotRange }[];
  readonly #months: readonly SlotRange[];
  /** The sums of a slot lie at the slot after it, so that they can be added up to those of all slots before. */
  readonly #sales: Float64Array;
  readonly #credits: Float64Array;
  readonly #orders: Float64Array;
  firstDay: number | undefined;
  #withoutRate = 0;

  constructor(plan: ComparisonPlan) {
    const periods = [...plan.columns.flatMap(({ current, previous }) => [current, previous]), ...plan.months];
    const cuts = [...new Set(periods.flatMap(({ from, to }) => (to < from ? [] : [from, to + 1])))].toSorted(
      (a, b) => a - b,
    );
    const [from = 0, end = from] = [cuts[0], cuts.at(-1)];
    this.from = from;
    this.#slotOfDay = new Uint16Array(end - from);
    for (const [slot, cut] of cuts.entries()) this.#slotOfDay.fill(slot, cut - from, (cuts[slot + 1] ?? end) - from);
    const rangeOf = (period: Period): SlotRange =>
      period.to < period.from
        ? { first: 0, end: 0 }
        : { first: cuts.indexOf(period.from), end: cuts.indexOf(period.to + 1) };
    this.#columns = plan.columns.map(({ current, previous }) => ({
      current: rangeOf(current),
      previous: rangeOf(previous),
    }));
    this.#months = plan.months.map(rangeOf);
    this.#sales = new Float64Array(cuts.length + 1);
    this.#credits = new Float64Array(cuts.length + 1);
    this.#orders = new Float64Array(cuts.length + 1);
  }

  clear(): void {
    this.#sales.fill(0);
    this.#credits.fill(0);
    this.#orders.fill(0);
    this.firstDay = undefined;
    this.#withoutRate = 0;
  }

  add(on: number, salesMinor: number, creditsMinor: number, withoutRate: number, isOrder: boolean): void {
    if (this.firstDay === undefined || on < this.firstDay) this.firstDay = on;
    if (on < this.from) return;
    this.#withoutRate += withoutRate;
    const slot = this.#slotOfDay[on - this.from];
    if (slot === undefined) return;
    this.#sales[slot + 1] = (this.#sales[slot + 1] ?? 0) + salesMinor;
    this.#credits[slot + 1] = (this.#credits[slot + 1] ?? 0) + creditsMinor;
    if (isOrder) this.#orders[slot + 1] = (this.#orders[slot + 1] ?? 0) + 1;
  }

  /** What was added since `clear`. Sums are whole, so that those of a range are the difference of two. */
  values(closures: readonly Closure[]): CustomerValues {
    const [sales, credits, orders] = [this.#sales, this.#credits, this.#orders];
    for (let slot = 1; slot < sales.length; slot += 1) {
      sales[slot] = (sales[slot] ?? 0) + (sales[slot - 1] ?? 0);
      credits[slot] = (credits[slot] ?? 0) + (credits[slot - 1] ?? 0);
      orders[slot] = (orders[slot] ?? 0) + (orders[slot - 1] ?? 0);
    }
    const columns: CustomerColumn[] = [];
    for (const { current, previous } of this.#columns)
      columns.push({ current: this.#valueOf(current), previous: this.#valueOf(previous) });
    const months: number[] = [];
    for (const { first, end } of this.#months)
      months.push((sales[end] ?? 0) - (sales[first] ?? 0) - ((credits[end] ?? 0) - (credits[first] ?? 0)));
    return { columns, months, firstDay: this.firstDay, closures, withoutRate: this.#withoutRate };
  }

  #valueOf({ first, end }: SlotRange): PeriodValue {
    const [sales, credits, orders] = [this.#sales, this.#credits, this.#orders];
    return {
      salesMinor: (sales[end] ?? 0) - (sales[first] ?? 0),
      creditsMinor: (credits[end] ?? 0) - (credits[first] ?? 0),
      orders: (orders[end] ?? 0) - (orders[first] ?? 0),
    };
  }
}

const slotsByPlan = new WeakMap<ComparisonPlan, Slots>();

function slotsOf(plan: ComparisonPlan): Slots {
  const known = slotsByPlan.get(plan);
  if (known !== undefined) return known;
  const slots = new Slots(plan);
  slotsByPlan.set(plan, slots);
  return slots;
}

/** Each day with goods is added once; its orders are one order event (docs/reference/insights.md G6). */
function addOrders(history: History, sums: Slots): void {
  const { documents } = history;
  const { count, day, isCredit, firstLine, quantity, netMinor } = documents;
  const { ofLine } = itemPlacesOf(history);
  let d = 0;
  while (d < count) {
    const on = day[d] ?? 0;
    // Of documents before the compared days only the first one counts.
    if (on < sums.from && sums.firstDay !== undefined) {
      d = firstDocumentAfter(documents, sums.from - 1);
      continue;
    }
    let salesMinor = 0;
    let creditsMinor = 0;
    let withoutRate = 0;
    let hasGoods = false;
    let isOrder = false;
    for (; d < count && day[d] === on; d += 1) {
      const isSale = isCredit[d] !== 1;
      const end = firstLine[d + 1] ?? 0;
      let minor = 0;
      for (let l = firstLine[d] ?? 0; l < end; l += 1) {
        if ((ofLine[l] ?? -1) < 0) continue;
        hasGoods = true;
        if (isSale && !isOrder) isOrder = (quantity[l] ?? 0) > 0;
        const net = netMinor[l] ?? Number.NaN;
        if (Number.isNaN(net)) withoutRate += 1;
        else minor += net;
      }
      if (isSale) salesMinor += minor;
      else creditsMinor -= minor;
    }
    if (hasGoods) sums.add(on, salesMinor, creditsMinor, withoutRate, isOrder);
  }
}

/** Totals as they were sent: invoices have no lines and may hold tax. Void ones are left out. */
function addInvoices({ receivables, currency }: History, sums: Slots): void {
  for (const { invoicedOn, type, totalMinor, currency: own, isVoid } of receivables) {
    if (isVoid === true) continue;
    const on = toDayNumber(invoicedOn);
    if (own !== currency) sums.add(on, 0, 0, 1, false);
    else if (type === "credit") sums.add(on, 0, totalMinor, 0, false);
    else sums.add(on, totalMinor, 0, 0, true);
  }
}
