import { addMonthsTo } from "../platform/period.ts";
import { day, toDay, toDayNumber } from "../platform/values.ts";
import { type CustomerLog, type LogSpan, gapBetween } from "./customer-log.ts";
import { type MbgNbd, fitMbgNbd } from "./mbg-nbd.ts";
import { RfmScores } from "./rfm.ts";

/** Months between two fits of the model that is compared; no customer is assessed in the first three. */
const FIT_MONTHS = 3;

/** What the rules may know of all customers on a day: nothing of it is later than that day. */
export class TenantPast {
  readonly rfm: RfmScores;
  readonly #months: number[] = [];
  readonly #meanGaps: (number | undefined)[] = [];
  readonly #fits: { readonly from: number; readonly model: MbgNbd | undefined }[] = [];

  constructor(logs: readonly CustomerLog[], span: LogSpan) {
    this.rfm = new RfmScores(logs, span);
    const first = toDayNumber(day(`${toDay(span.from).slice(0, 7)}-01`));
    for (let month = first; month <= span.to; month = addMonthsTo(month, 1)) this.#months.push(month);
    this.#meanGaps.push(...meanGapsBefore(logs, this.#months));
    for (let i = FIT_MONTHS; i < this.#months.length; i += FIT_MONTHS) {
      const from = this.#months[i] ?? 0;
      this.#fits.push({ from, model: fitMbgNbd(logs, from - 1) });
    }
  }

  /** The tenant's mean gap up to the month before the day's (docs/reference/insights.md 8.7). */
  meanGapOn(on: number): number | undefined {
    return this.#meanGaps[this.monthOf(on)];
  }

  /** The number of the day's month, counted from the first. */
  monthOf(on: number): number {
    let low = 0;
    let high = this.#months.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#months[middle] ?? Infinity) <= on) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The model as it was last fitted before a day; `undefined` in the first three months. */
  modelOn(on: number): MbgNbd | undefined {
    return this.#fits.findLast(({ from }) => from <= on)?.model;
  }
}

/** The mean of all gaps that ended before each of the ascending first days of months. */
function meanGapsBefore(logs: readonly CustomerLog[], months: readonly number[]): (number | undefined)[] {
  const counts = months.map(() => ({ gaps: 0, days: 0 }));
  for (const log of logs) {
    const { orderDays } = log;
    let month = 0;
    for (let i = 1; i < orderDays.length; i += 1) {
      const on = orderDays[i] ?? 0;
      while (month < months.length && (months[month] ?? 0) <= on) month += 1;
      const count = counts[month];
      if (count === undefined) break;
      count.gaps += 1;
      count.days += gapBetween(log, orderDays[i - 1] ?? on, on);
    }
  }
  let [gaps, days] = [0, 0];
  return counts.map((count) => {
    gaps += count.gaps;
    days += count.days;
    return gaps === 0 ? undefined : days / gaps;
  });
}

/** The last month's end up to a day, on which RFM is known. */
export const lastDayUpTo = (days: readonly number[], on: number): number | undefined =>
  days.findLast((one) => one <= on);
