import { addMonthsTo } from "../platform/period.ts";
import { type DayNumber, dayNumber, toDay, toDayNumber, day } from "../platform/values.ts";
import type { CustomerLog, LogSpan } from "./customer-log.ts";

const YEAR = 365;

/** A customer's recency, frequency and monetary value in the year up to a day. */
interface Rfm {
  readonly recencyDays: number;
  readonly frequency: number;
  readonly monetaryMinor: number;
}

interface Limits {
  readonly recencyDays: readonly number[];
  readonly frequency: readonly number[];
  readonly monetaryMinor: readonly number[];
}

/** The month ends within a span. */
function monthEnds({ from, to }: LogSpan): readonly DayNumber[] {
  const ends: DayNumber[] = [];
  let first = toDayNumber(day(`${toDay(from).slice(0, 7)}-01`));
  for (;;) {
    first = addMonthsTo(first, 1);
    const end = dayNumber(first - 1);
    if (end > to) return ends;
    ends.push(end);
  }
}

/**
 * RFM at every month's end: recency, frequency and monetary value of the year before, each in quintiles of that day's
 * customers. "At risk" is the usual segment: the two quintiles with the oldest last order, and the upper three
 * quintiles both by frequency and by value.
 */
export class RfmScores {
  readonly days: readonly DayNumber[];
  readonly #limits: ReadonlyMap<number, Limits>;

  constructor(logs: readonly CustomerLog[], span: LogSpan) {
    this.days = monthEnds(span);
    this.#limits = new Map(this.days.map((on) => [on, limitsOn(logs, on)]));
  }

  isAtRisk(log: CustomerLog, on: number): boolean {
    const limits = this.#limits.get(on);
    const rfm = rfmOf(log, on);
    if (limits === undefined || rfm === undefined) return false;
    return (
      rfm.recencyDays > (limits.recencyDays[2] ?? Infinity) &&
      rfm.frequency > (limits.frequency[1] ?? Infinity) &&
      rfm.monetaryMinor > (limits.monetaryMinor[1] ?? Infinity)
    );
  }
}

function rfmOf({ orderDays, netMinor }: CustomerLog, on: number): Rfm | undefined {
  let frequency = 0;
  let monetaryMinor = 0;
  let last: number | undefined;
  for (const [i, d] of orderDays.entries()) {
    if (d > on) break;
    if (d <= on - YEAR) continue;
    frequency += 1;
    monetaryMinor += netMinor[i] ?? 0;
    last = d;
  }
  return last === undefined ? undefined : { recencyDays: on - last, frequency, monetaryMinor };
}

function limitsOn(logs: readonly CustomerLog[], on: number): Limits {
  const all = logs.map((log) => rfmOf(log, on)).filter((rfm) => rfm !== undefined);
  return {
    recencyDays: fifths(all.map(({ recencyDays }) => recencyDays)),
    frequency: fifths(all.map(({ frequency }) => frequency)),
    monetaryMinor: fifths(all.map(({ monetaryMinor }) => monetaryMinor)),
  };
}

/** The upper limits of the lower four quintiles. */
function fifths(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [1, 2, 3, 4].map((k) => sorted[Math.max(0, Math.ceil((k * sorted.length) / 5) - 1)] ?? Infinity);
}
