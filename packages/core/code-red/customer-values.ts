import type { Closure } from "../platform/closure.ts";
import type { History } from "../snapshots/history.ts";
import { isWithin } from "../platform/period.ts";
import { toDayNumber } from "../platform/values.ts";
import type { ComparisonPlan } from "./plan.ts";

/** What a customer bought in a period, in minor units of the base currency. */
export interface PeriodValue {
  /** Net goods of orders, without credits. */
  salesMinor: number;
  /** Net goods of credits, positive when they lower the value. */
  creditsMinor: number;
  /** Days with an order event; with the basis `invoice`, invoices. */
  orders: number;
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
  const sums = new Sums(plan, history.closures);
  if (plan.settings.basis === "invoice") addInvoices(history, sums);
  else addOrders(history, sums);
  return sums.values();
}

const noValue = (): PeriodValue => ({ salesMinor: 0, creditsMinor: 0, orders: 0 });

class Sums {
  readonly #plan: ComparisonPlan;
  readonly #closures: readonly Closure[];
  readonly #columns: { readonly current: PeriodValue; readonly previous: PeriodValue }[];
  readonly #months: number[];
  readonly #earliest: number;
  #firstDay: number | undefined;
  #withoutRate = 0;

  constructor(plan: ComparisonPlan, closures: readonly Closure[]) {
    this.#plan = plan;
    this.#closures = closures;
    this.#columns = plan.columns.map(() => ({ current: noValue(), previous: noValue() }));
    this.#months = plan.months.map(() => 0);
    this.#earliest = Math.min(
      ...plan.months.map(({ from }) => from),
      ...plan.columns.map(({ previous }) => previous.from),
    );
  }

  add(on: number, salesMinor: number, creditsMinor: number, withoutRate: number, isOrder: boolean): void {
    if (this.#firstDay === undefined || on < this.#firstDay) this.#firstDay = on;
    if (on < this.#earliest) return;
    this.#withoutRate += withoutRate;
    this.#plan.columns.forEach(({ current, previous }, i) => {
      const column = this.#columns[i];
      if (column === undefined) return;
      if (isWithin(on, current)) addTo(column.current, salesMinor, creditsMinor, isOrder);
      if (isWithin(on, previous)) addTo(column.previous, salesMinor, creditsMinor, isOrder);
    });
    const month = this.#plan.months.findIndex((period) => isWithin(on, period));
    if (month !== -1) this.#months[month] = (this.#months[month] ?? 0) + salesMinor - creditsMinor;
  }

  values(): CustomerValues {
    return {
      columns: this.#columns,
      months: this.#months,
      firstDay: this.#firstDay,
      closures: this.#closures,
      withoutRate: this.#withoutRate,
    };
  }
}

function addTo(value: PeriodValue, salesMinor: number, creditsMinor: number, isOrder: boolean): void {
  value.salesMinor += salesMinor;
  value.creditsMinor += creditsMinor;
  if (isOrder) value.orders += 1;
}

/** Each day with goods is added once; its orders are one order event (docs/reference/insights.md G6). */
function addOrders({ documents, itemOf }: History, sums: Sums): void {
  const { count, day, isCredit, firstLine, item, quantity, netMinor } = documents;
  let d = 0;
  while (d < count) {
    const on = day[d] ?? 0;
    let salesMinor = 0;
    let creditsMinor = 0;
    let withoutRate = 0;
    let hasGoods = false;
    let isOrder = false;
    for (; d < count && day[d] === on; d += 1) {
      const credits = isCredit[d] === 1;
      for (let l = firstLine[d] ?? 0; l < (firstLine[d + 1] ?? 0); l += 1) {
        if (!itemOf(item[l] ?? -1).isGoods) continue;
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
