import type { History } from "../snapshots/history.ts";

/**
 * Sales of some days in minor units of the base currency, goods only; returns are subtracted
 * (docs/reference/insights.md 2.5, G8, G9).
 */
export interface SalesSum {
  readonly netMinor: number;
  /** Net value of the lines with a known cost, and that cost. */
  readonly costedNetMinor: number;
  readonly costMinor: number;
  /** The same with absolute values per line: the base of the cost coverage. */
  readonly absoluteNetMinor: number;
  readonly absoluteCostedNetMinor: number;
  /** Base units sold less those returned. */
  readonly units: number;
  /** Lines without a price, or in a currency without a rate: in no sum (docs/reference/insights.md G9). */
  readonly linesWithoutValue: number;
}

type MutableSum = { -readonly [K in keyof SalesSum]: SalesSum[K] };

export const noSales = (): MutableSum => ({
  netMinor: 0,
  costedNetMinor: 0,
  costMinor: 0,
  absoluteNetMinor: 0,
  absoluteCostedNetMinor: 0,
  units: 0,
  linesWithoutValue: 0,
});

/** Adds one customer's goods lines of the days `(after, until]`. */
export function addSales(into: MutableSum, { documents, itemOf }: History, after: number, until: number): void {
  const { day, firstLine, item, quantity, netMinor, costMinor } = documents;
  for (let d = documents.count - 1; d >= 0 && (day[d] ?? 0) > after; d -= 1) {
    if ((day[d] ?? 0) > until) continue;
    for (let l = firstLine[d] ?? 0; l < (firstLine[d + 1] ?? 0); l += 1) {
      if (!itemOf(item[l] ?? -1).isGoods) continue;
      into.units += quantity[l] ?? 0;
      addLine(into, netMinor[l] ?? Number.NaN, costMinor[l] ?? Number.NaN);
    }
  }
}

function addLine(into: MutableSum, net: number, cost: number): void {
  if (Number.isNaN(net)) {
    into.linesWithoutValue += 1;
    return;
  }
  into.netMinor += net;
  into.absoluteNetMinor += Math.abs(net);
  if (Number.isNaN(cost)) return;
  into.costedNetMinor += net;
  into.costMinor += cost;
  into.absoluteCostedNetMinor += Math.abs(net);
}

/** Adds one sum to another. */
export function addSum(into: MutableSum, sum: SalesSum): void {
  into.netMinor += sum.netMinor;
  into.costedNetMinor += sum.costedNetMinor;
  into.costMinor += sum.costMinor;
  into.absoluteNetMinor += sum.absoluteNetMinor;
  into.absoluteCostedNetMinor += sum.absoluteCostedNetMinor;
  into.units += sum.units;
  into.linesWithoutValue += sum.linesWithoutValue;
}

/** A share in percent, rounded to `decimals`. */
export const percent = (part: number, whole: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.round((100 * scale * part) / whole) / scale;
};

/**
 * GP% over lines of known cost, two decimals, computed from sums, never as an average of percentages; absent when their
 * net value is zero or negative.
 */
export const gpPctOf = ({ costedNetMinor, costMinor }: Pick<SalesSum, "costedNetMinor" | "costMinor">) =>
  costedNetMinor > 0 ? percent(costedNetMinor - costMinor, costedNetMinor, 2) : undefined;

/** The share of the value with a known cost, in percent with one decimal; absent when the value is zero. */
export const costCoveragePctOf = ({ absoluteCostedNetMinor, absoluteNetMinor }: SalesSum): number | undefined =>
  absoluteNetMinor > 0 ? percent(absoluteCostedNetMinor, absoluteNetMinor, 1) : undefined;
