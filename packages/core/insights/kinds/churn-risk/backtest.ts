import type { CustomerLog, LogSpan } from "../../../backtests/customer-log.ts";
import { type CustomerTrial, type KindBacktest, type RuleCount, noCount } from "../../../backtests/kind-backtest.ts";
import type { RfmScores } from "../../../backtests/rfm.ts";
import { addMonthsTo } from "../../../platform/period.ts";
import { mean, median, sampleVariance } from "../../../platform/statistics.ts";
import { dayNumber } from "../../../platform/values.ts";
import { type Pace, firstDayAt, paceOf, recentGapsOf } from "./severity.ts";

const MIN_ORDERS = 5;
const MIN_MONTHS = 3;
const LAPSED_AFTER_DAYS = 180;

/** A time without orders of a customer whom the rule applies to, as known at its beginning. */
interface Silence {
  readonly last: number;
  /** The first and the last day on which an alert is possible. */
  readonly from: number;
  readonly to: number;
  readonly next: number | undefined;
  readonly previousGapDays: number;
  readonly pace: Pace;
  readonly lapsedAfterDays: number;
}

type FirstDay = (silence: Silence, log: CustomerLog, rfm: RfmScores) => number | undefined;

/** Alerts on the first day after more than `days` days of silence. */
const hiatus =
  (days: number): FirstDay =>
  ({ last }) =>
    last + days + 1;

/** Alerts on the first day on which the seed's rule and the level hold; never for a lapsed customer. */
const levelled =
  (level: "high" | "medium"): FirstDay =>
  ({ last, from, previousGapDays, pace, lapsedAfterDays }) => {
    const days = firstDayAt(pace, level, Math.max(previousGapDays + 1, from - last), lapsedAfterDays);
    return days === undefined ? undefined : last + days;
  };

/** The rules by which the product alerts. */
const ours = new Set(["high", "medium"]);

const rules: readonly { readonly id: string; readonly title: string; readonly firstDay: FirstDay }[] = [
  { id: "high", title: "Regulars, high: alerted immediately", firstDay: levelled("high") },
  { id: "medium", title: "Regulars, medium or high: in the digest", firstDay: levelled("medium") },
  {
    id: "literal",
    title: "The seed's words: longer than the gap before",
    firstDay: ({ last, previousGapDays }) => last + previousGapDays + 1,
  },
  { id: "hiatus-30", title: "Silent for 30 days", firstDay: hiatus(30) },
  { id: "hiatus-60", title: "Silent for 60 days", firstDay: hiatus(60) },
  { id: "hiatus-90", title: "Silent for 90 days", firstDay: hiatus(90) },
  {
    id: "rfm",
    title: "RFM at month's end: at risk",
    firstDay: ({ from, to }, log, rfm) => rfm.days.find((on) => on >= from && on <= to && rfm.isAtRisk(log, on)),
  },
];

/** Every silence of a customer from its fifth order on. As in the product, there is at most one alert in each. */
function silencesOf({ orderDays }: CustomerLog, { to }: LogSpan): Silence[] {
  const [first] = orderDays;
  if (first === undefined) return [];
  const tenured = addMonthsTo(dayNumber(first), MIN_MONTHS);
  const gaps = orderDays.slice(1).map((d, i) => d - (orderDays[i] ?? d));
  const silences: Silence[] = [];
  for (let i = MIN_ORDERS - 1; i < orderDays.length; i += 1) {
    const last = orderDays[i] ?? 0;
    const next = orderDays[i + 1];
    const from = Math.max(last + 1, tenured);
    const end = Math.min(next === undefined ? to : next - 1, to);
    if (from > end) continue;
    const known = gaps.slice(0, i);
    silences.push({
      last,
      from,
      to: end,
      next,
      previousGapDays: known.at(-1) ?? 0,
      pace: paceOf(
        {
          gapCount: known.length,
          meanGapDays: mean(known) ?? 1,
          gapVariance: sampleVariance(known) ?? 0,
          medianGapDays: median(known) ?? 1,
          recentGaps: recentGapsOf(known),
        },
        undefined,
      ),
      lapsedAfterDays: Math.floor(Math.max(LAPSED_AFTER_DAYS, 6 * (median(known) ?? 0))),
    });
  }
  return silences;
}

/** Whether an alert was right; `undefined` when the horizon goes beyond the known days. */
function isRight({ next, last }: Silence, on: number, { source }: CustomerLog, span: LogSpan): boolean | undefined {
  if (source !== undefined) return source.leftOn !== undefined && next === undefined && last < source.leftOn;
  if (on + span.horizonDays > span.to) return undefined;
  return next === undefined || next > on + span.horizonDays;
}

function tryOn(log: CustomerLog, span: LogSpan, rfm: RfmScores): CustomerTrial {
  const counts: RuleCount[] = rules.map(noCount);
  const silences = silencesOf(log, span);
  let truths = 0;
  for (const silence of silences) {
    if (isRight(silence, silence.from, log, span) === true) truths += 1;
    rules.forEach(({ firstDay }, r) => {
      const first = firstDay(silence, log, rfm);
      const on = first === undefined ? undefined : Math.max(first, silence.from);
      const count = counts[r];
      if (on === undefined || on > silence.to || count === undefined) return;
      const right = isRight(silence, on, log, span);
      if (right === undefined) return;
      count.alerts += 1;
      if (!right) return;
      count.hits += 1;
      count.leadDays.push(silence.last + span.horizonDays + 1 - on);
    });
  }
  return { isEligible: silences.length > 0, truths, rules: counts };
}

/** Tests the churn rule against the seed's literal rule, fixed silences and RFM. */
export const churnBacktest: KindBacktest = {
  kind: "churn-risk",
  title: "Churn risk",
  says:
    "One alert for each silence, on the first day a rule holds by what is known then. Right: no order in the horizon after it " +
    "(made-up customers: the customer has left). To find: silences of which that was so on their first day.",
  rules: rules.map(({ id, title }) => ({ id, title, isOurs: ours.has(id) })),
  tryOn,
};
