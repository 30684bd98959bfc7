import { addDays } from "../platform/period.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type Currency, type CustomerId, type Day, type Minor, minor, minorSum } from "../platform/values.ts";
import type { SalesFigures } from "./figures.ts";
import type { SalesBasis } from "./invoiced.ts";
import type { PerformanceMetric, PerformanceWindow, Performer } from "./lowest.ts";
import { type SalesSum, costCoveragePctOf, gpPctOf, percent } from "./sum.ts";

/** Sales of the last 7 days against the 7 before (docs/reference/insights.md 2.5). */
export interface WeeklySales {
  readonly basis: SalesBasis;
  readonly from: Day;
  readonly to: Day;
  readonly salesMinor: Minor;
  readonly previousMinor: Minor;
  readonly currency: Currency;
  /** One decimal; null when there is nothing to compare with, and then the reason is given. */
  readonly changePct: number | null;
  readonly changeReason?: "new" | "negative";
  /** Lines in no sum, because they have no price or no rate; by invoices, the invoices without a rate. */
  readonly linesWithoutValue: number;
  /** Only with price editing on, and by orders, because invoices have no costs; otherwise absent. */
  readonly grossProfit?: GrossProfit;
}

/** GP% over lines of known cost; null when their net value is zero or negative. */
interface GrossProfit {
  readonly gpPct: number | null;
  readonly previousGpPct: number | null;
  /** In percentage points. */
  readonly changePoints: number | null;
  readonly costCoveragePct: number | null;
}

type Settings = Pick<Tenant, "currency" | "priceEditing">;

export function weeklySales({ week, previousWeek }: SalesFigures, asOf: Day, tenant: Settings): WeeklySales {
  return {
    ...comparedWeeks(week.netMinor, previousWeek.netMinor, asOf, tenant),
    basis: "order",
    linesWithoutValue: week.linesWithoutValue + previousWeek.linesWithoutValue,
    ...(tenant.priceEditing ? { grossProfit: grossProfitOf(week, previousWeek) } : {}),
  };
}

/** The same by invoices less credit memos, by invoice date; `undefined` when the figures do not include invoices. */
export function weeklyInvoices({ invoiced }: SalesFigures, asOf: Day, tenant: Settings): WeeklySales | undefined {
  if (invoiced === undefined) return undefined;
  const { week, previousWeek } = invoiced;
  return {
    ...comparedWeeks(week.totalMinor, previousWeek.totalMinor, asOf, tenant),
    basis: "invoice",
    linesWithoutValue: week.withoutRate + previousWeek.withoutRate,
  };
}

function comparedWeeks(current: number, previous: number, asOf: Day, { currency }: Settings) {
  return {
    from: addDays(asOf, -6),
    to: asOf,
    salesMinor: minorSum(current),
    previousMinor: minorSum(previous),
    currency,
    changePct: previous > 0 ? percent(current - previous, previous, 1) : null,
    ...(previous > 0 ? {} : { changeReason: previous === 0 ? ("new" as const) : ("negative" as const) }),
  };
}

function grossProfitOf(week: SalesSum, previousWeek: SalesSum): GrossProfit {
  const gpPct = gpPctOf(week) ?? null;
  const previousGpPct = gpPctOf(previousWeek) ?? null;
  return {
    gpPct,
    previousGpPct,
    changePoints: gpPct === null || previousGpPct === null ? null : Math.round(100 * (gpPct - previousGpPct)) / 100,
    costCoveragePct: costCoveragePctOf(week) ?? null,
  };
}

/**
 * The customers of a scope that sold least, or with the least margin, among those that ordered
 * (docs/reference/insights.md 2.6).
 */
export interface LowestReport {
  readonly metric: PerformanceMetric;
  readonly windowDays: PerformanceWindow;
  /** Customers with an order in the window. */
  readonly customers: number;
  readonly lowest: readonly LowPerformer[];
  /** By GP%: customers without a GP%, because no cost is known or their net sales are not positive. */
  readonly notComputable?: readonly LowPerformer[];
  readonly notComputableCount?: number;
}

export interface LowPerformer {
  readonly customerId: CustomerId;
  readonly units: number;
  readonly salesMinor: Minor;
  /** Only with price editing on. */
  readonly gpPct?: number | null;
}

export function lowestReport(
  figures: SalesFigures,
  metric: PerformanceMetric,
  windowDays: PerformanceWindow,
  { priceEditing }: Pick<Tenant, "priceEditing">,
): LowestReport {
  const window = figures.lowest[`${windowDays}`];
  const show = (performer: Performer): LowPerformer => ({
    customerId: performer.customerId,
    units: round(performer.units),
    salesMinor: minor(performer.netMinor),
    ...(priceEditing ? { gpPct: gpPctOf(performer) ?? null } : {}),
  });
  return {
    metric,
    windowDays,
    customers: window.customers,
    lowest: window[metric].map(show),
    ...(metric === "gpPct"
      ? { notComputable: window.withoutGp.map(show), notComputableCount: window.withoutGpCount }
      : {}),
  };
}

/** Quantities have at most six decimals, so their sums are rounded to six. */
const round = (units: number): number => Math.round(units * 1e6) / 1e6;
