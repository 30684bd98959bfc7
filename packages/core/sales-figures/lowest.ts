import type { CustomerId } from "../platform/values.ts";
import { gpPctOf } from "./sum.ts";

/** What "lowest performing" is measured by. */
export const performanceMetrics = ["units", "gpPct"] as const;
export type PerformanceMetric = (typeof performanceMetrics)[number];

/** The available windows, in days; the seed names none (docs/reference/insights.md 2.6). */
export const performanceWindows = [7, 30, 90] as const;
export type PerformanceWindow = (typeof performanceWindows)[number];

/** Which list of lowest performers is shown. */
export interface LowestChoice {
  readonly metric: PerformanceMetric;
  readonly windowDays: PerformanceWindow;
}

/** The defaults: units need no cost, and 30 days are those of the definition (docs/reference/insights.md 2.6). */
export const usualLowest: LowestChoice = { metric: "units", windowDays: 30 };

/** One customer in a window. */
export interface Performer {
  readonly customerId: CustomerId;
  readonly units: number;
  readonly netMinor: number;
  readonly costedNetMinor: number;
  readonly costMinor: number;
}

/** The number of customers in a list. */
const LOWEST = 10;

type Compare = (a: Performer, b: Performer) => number;

/** Ties: greater sales first, then by id (docs/reference/insights.md 2.6). */
const byTies: Compare = (a, b) => b.netMinor - a.netMinor || (a.customerId < b.customerId ? -1 : 1);

const byUnits: Compare = (a, b) => a.units - b.units || byTies(a, b);

/** Percentages are compared as fractions, so that rounding makes no ties. */
const byGp: Compare = (a, b) => {
  const left = BigInt(a.costedNetMinor - a.costMinor) * BigInt(b.costedNetMinor);
  const right = BigInt(b.costedNetMinor - b.costMinor) * BigInt(a.costedNetMinor);
  return left < right ? -1 : left > right ? 1 : byTies(a, b);
};

/** A window's lowest performers. Only as many as are shown are kept, so memory does not grow with the customers. */
export interface LowestPerformers {
  /** Customers with an order in the window. */
  readonly customers: number;
  readonly units: readonly Performer[];
  readonly gpPct: readonly Performer[];
  /** Customers without a computable GP%: the first of them, and their number. */
  readonly withoutGp: readonly Performer[];
  readonly withoutGpCount: number;
}

/** Collects the lowest performers of a window. */
export class LowestAccumulator {
  #customers = 0;
  #withoutGpCount = 0;
  readonly #units: Performer[] = [];
  readonly #gpPct: Performer[] = [];
  readonly #withoutGp: Performer[] = [];

  add(performer: Performer): void {
    this.#customers += 1;
    keep(this.#units, performer, byUnits);
    if (gpPctOf(performer) !== undefined) keep(this.#gpPct, performer, byGp);
    else {
      this.#withoutGpCount += 1;
      keep(this.#withoutGp, performer, byTies);
    }
  }

  /** Adds the lowest of other customers. */
  join({ customers, units, gpPct, withoutGp, withoutGpCount }: LowestPerformers): void {
    this.#customers += customers;
    this.#withoutGpCount += withoutGpCount;
    for (const performer of units) keep(this.#units, performer, byUnits);
    for (const performer of gpPct) keep(this.#gpPct, performer, byGp);
    for (const performer of withoutGp) keep(this.#withoutGp, performer, byTies);
  }

  result(): LowestPerformers {
    return {
      customers: this.#customers,
      units: this.#units,
      gpPct: this.#gpPct,
      withoutGp: this.#withoutGp,
      withoutGpCount: this.#withoutGpCount,
    };
  }
}

function keep(list: Performer[], performer: Performer, compare: Compare): void {
  const last = list.at(-1);
  if (list.length === LOWEST && last !== undefined && compare(last, performer) < 0) return;
  list.push(performer);
  list.sort(compare);
  list.length = Math.min(list.length, LOWEST);
}
