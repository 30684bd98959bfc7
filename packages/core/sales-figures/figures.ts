import { dayNumber } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import { type InvoicedSum, addInvoiced, invoicedWithin, noInvoices } from "./invoiced.ts";
import { LowestAccumulator, type LowestPerformers, type PerformanceWindow, performanceWindows } from "./lowest.ts";
import { type SalesSum, addSales, addSum, noSales } from "./sum.ts";

/** The sales of a scope's customers up to a day: two weeks to compare, and the lowest performers of each window. */
export interface SalesFigures {
  readonly week: SalesSum;
  readonly previousWeek: SalesSum;
  /** The same weeks by invoices; absent in figures stored before invoices were included. */
  readonly invoiced?: Readonly<Record<"week" | "previousWeek", InvoicedSum>> | undefined;
  readonly lowest: Readonly<Record<`${PerformanceWindow}`, LowestPerformers>>;
}

const WEEK = 7;

/** Adds up customers, each read once; its memory does not grow with their number. */
export class SalesAccumulator {
  readonly #week = noSales();
  readonly #previousWeek = noSales();
  #invoiced: Readonly<Record<"week" | "previousWeek", InvoicedSum>> = {
    week: noInvoices(),
    previousWeek: noInvoices(),
  };
  readonly #lowest = new Map(performanceWindows.map((days) => [days, new LowestAccumulator()]));

  add(sales: CustomerSales): void {
    addSum(this.#week, sales.week);
    addSum(this.#previousWeek, sales.previousWeek);
    const { week, previousWeek } = sales.invoiced;
    this.#invoiced = {
      week: addInvoiced(this.#invoiced.week, week),
      previousWeek: addInvoiced(this.#invoiced.previousWeek, previousWeek),
    };
    for (const [days, performer] of sales.performers) this.#lowest.get(days)?.add(performer);
  }

  /** Adds the figures of other customers. */
  join({ week, previousWeek, invoiced, lowest }: SalesFigures): void {
    addSum(this.#week, week);
    addSum(this.#previousWeek, previousWeek);
    this.#invoiced = {
      week: addInvoiced(this.#invoiced.week, invoiced?.week ?? noInvoices()),
      previousWeek: addInvoiced(this.#invoiced.previousWeek, invoiced?.previousWeek ?? noInvoices()),
    };
    for (const [days, list] of this.#lowest) list.join(lowest[`${days}`]);
  }

  figures(): SalesFigures {
    const lowestOf = (days: PerformanceWindow): LowestPerformers =>
      (this.#lowest.get(days) ?? new LowestAccumulator()).result();
    return {
      week: { ...this.#week },
      previousWeek: { ...this.#previousWeek },
      invoiced: this.#invoiced,
      lowest: { "7": lowestOf(7), "30": lowestOf(30), "90": lowestOf(90) },
    };
  }
}

/** What one customer adds. */
interface CustomerSales {
  readonly week: SalesSum;
  readonly previousWeek: SalesSum;
  readonly invoiced: Readonly<Record<"week" | "previousWeek", InvoicedSum>>;
  /**
   * The windows in which the customer ordered: one that did not order is silent, not a low performer
   * (docs/reference/insights.md 2.6).
   */
  readonly performers: ReadonlyMap<PerformanceWindow, Parameters<LowestAccumulator["add"]>[0]>;
}

/** A customer's sales up to the history's as-of day (docs/reference/insights.md 2.5, 2.6). */
export function customerSales(history: History): CustomerSales {
  const { asOf, customerId } = history;
  const lastOrder = history.orderDays[history.orderDayCount - 1] ?? Number.NEGATIVE_INFINITY;
  const performers = performanceWindows
    .filter((days) => lastOrder > asOf - days)
    .map((days) => {
      const { units, netMinor, costedNetMinor, costMinor } = salesWithin(history, asOf - days, asOf);
      return [days, { customerId, units, netMinor, costedNetMinor, costMinor }] as const;
    });
  return {
    week: salesWithin(history, asOf - WEEK, asOf),
    previousWeek: salesWithin(history, asOf - 2 * WEEK, dayNumber(asOf - WEEK)),
    invoiced: {
      week: invoicedWithin(history, asOf - WEEK, asOf),
      previousWeek: invoicedWithin(history, asOf - 2 * WEEK, asOf - WEEK),
    },
    performers: new Map(performers),
  };
}

function salesWithin(history: History, after: number, until: number): SalesSum {
  const sum = noSales();
  addSales(sum, history, after, until);
  return sum;
}
