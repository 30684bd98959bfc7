import { counted } from "../../../platform/counted.ts";
import { churnBacktest } from "./backtest.ts";
import * as z from "zod";
import type { History } from "../../../snapshots/history.ts";
import { firstDocumentAfter, goodsOf } from "../../../snapshots/item-places.ts";
import { addMonths, isAtLeastMonthsAgo } from "../../../platform/period.ts";
import { mean, median, sampleVariance } from "../../../platform/statistics.ts";
import { type Variable, dayOf, numberOf, phraseOf } from "../../../platform/message-text.ts";
import { template } from "../../../platform/template.ts";
import { type Day, dayNumber, daySchema, minor, toDay, toDayNumber } from "../../../platform/values.ts";
import { type EvaluationContext, defineInsight, operandOf } from "../../define.ts";
import type { Assessment, FindingOutcome } from "../../finding.ts";
import { lastGapOf, openDays, orderGapsOf } from "../../order-gaps.ts";
import { meanGapOf } from "../../tenant-measures.ts";
import { type RecentGaps, type Severity, levelOf, paceOf, recentGapsOf, severityOf } from "./severity.ts";
import { evidenceTexts, translations } from "./texts.ts";
import { wholeAtLeast, wholeFrom } from "../../../platform/whole-number.ts";

const settingsSchema = z.strictObject({
  minMonths: wholeFrom(0, 120).default(3),
  /**
   * "at least 3 months" is counted up to the as-of day; `lastOrder` is the other reading (docs/reference/insights.md
   * 7).
   */
  tenureTo: z.enum(["asOf", "lastOrder"]).default("asOf"),
  minOrders: wholeFrom(3, 1000).default(5),
  /** "previous window of not ordering" is the last gap; the other values are options (docs/reference/insights.md 7). */
  baseline: z.enum(["previous", "max", "mean", "median"]).default("previous"),
  lapsedAfterDays: wholeAtLeast(1).default(180),
});
type Settings = z.infer<typeof settingsSchema>;

const factsSchema = z.object({
  orderCount: z.int(),
  firstOrderOn: daySchema,
  lastOrderOn: daySchema,
  gapCount: z.int(),
  meanGapDays: z.number(),
  gapVariance: z.number(),
  previousGapDays: z.number(),
  longestGapDays: z.number(),
  medianGapDays: z.number(),
  /** Absent in findings that were stored before it was used. */
  recentGaps: z.object({ count: z.number(), days: z.number() }).optional(),
  /** Net value of the 365 days up to the last order, and the number of days that it covers. */
  yearNetMinor: z.number(),
  yearDays: z.number(),
  documentsWithoutValue: z.int(),
  documents: z.array(z.string()),
});
type Facts = z.infer<typeof factsSchema>;

const YEAR_DAYS = 365;
const DAYS_PER_MONTH = YEAR_DAYS / 12;

function detect(history: History, asOf: Day, settings: Settings) {
  const { orderDays, orderDayCount: count } = history;
  const first = dayNumber(orderDays[0] ?? 0);
  const last = dayNumber(orderDays[count - 1] ?? 0);
  if (count < settings.minOrders) return undefined;
  const tenureEnd = settings.tenureTo === "asOf" ? history.asOf : last;
  if (!isAtLeastMonthsAgo(first, tenureEnd, settings.minMonths)) return undefined;
  if (history.orderedSince !== undefined || history.awaitedOn !== undefined) return [];
  const silentDays = openDays(last, toDayNumber(asOf), history.closures);
  // Most customers are not silent: their rhythm is not computed.
  if (settings.baseline === "previous" && silentDays <= lastGapOf(history)) return [];
  const rhythm = rhythmOf(history, orderGapsOf(history));
  if (silentDays <= baselineOf(rhythm, settings)) return [];
  const facts = { ...rhythm, ...yearValue(history, first, last), documents: lastDocuments(history, last) };
  return [{ episode: facts.lastOrderOn, facts }];
}

function rhythmOf(history: History, gaps: readonly number[]) {
  const first = history.orderDays[0] ?? 0;
  const last = history.orderDays[history.orderDayCount - 1] ?? 0;
  return {
    orderCount: history.orderDayCount,
    firstOrderOn: toDay(first),
    lastOrderOn: toDay(last),
    gapCount: gaps.length,
    meanGapDays: mean(gaps) ?? 0,
    gapVariance: sampleVariance(gaps) ?? 0,
    previousGapDays: gaps.at(-1) ?? 0,
    longestGapDays: Math.max(...gaps),
    medianGapDays: median(gaps) ?? 0,
    recentGaps: recentGapsOf(gaps),
  };
}

/**
 * Net value of the goods of a year's documents, where known: freight and deposits are no purchases
 * (docs/reference/insights.md G9).
 */
function yearValue(history: History, first: number, last: number) {
  const { day, count, firstLine, item, netMinor } = history.documents;
  const goods = goodsOf(history);
  const from = Math.max(first, last - YEAR_DAYS + 1);
  let yearNetMinor = 0;
  let documentsWithoutValue = 0;
  for (let d = firstDocumentAfter(history.documents, from - 1); d < count && (day[d] ?? 0) <= last; d += 1) {
    const end = firstLine[d + 1] ?? 0;
    let net = 0;
    let isWhole = true;
    for (let l = firstLine[d] ?? 0; l < end; l += 1) {
      if (!goods.has(item[l] ?? -1)) continue;
      const value = netMinor[l] ?? Number.NaN;
      if (Number.isNaN(value)) isWhole = false;
      else net += value;
    }
    yearNetMinor += net;
    if (!isWhole) documentsWithoutValue += 1;
  }
  return { yearNetMinor, yearDays: last - from + 1, documentsWithoutValue };
}

/** The sales of the last order day; later documents may be returns. */
function lastDocuments({ documents }: History, last: number): string[] {
  const ids: string[] = [];
  for (let d = documents.count - 1; d >= 0 && (documents.day[d] ?? 0) >= last; d -= 1)
    if (documents.day[d] === last && documents.isCredit[d] === 0) ids.push(documents.ids[d] ?? "");
  return ids.toReversed().slice(0, 20);
}

type Gaps = Pick<Facts, "previousGapDays" | "longestGapDays" | "meanGapDays" | "medianGapDays">;

function baselineOf(gaps: Gaps, { baseline }: Settings): number {
  switch (baseline) {
    case "previous":
      return gaps.previousGapDays;
    case "max":
      return gaps.longestGapDays;
    case "mean":
      return gaps.meanGapDays;
    case "median":
      return gaps.medianGapDays;
  }
}

function assess(facts: Facts, context: EvaluationContext, settings: Settings): Assessment {
  const silentDays = openDays(toDayNumber(facts.lastOrderOn), toDayNumber(context.asOf), context.closures);
  const { recentGaps: _recent, ...operands } = facts;
  const rhythm = { ...facts, recentGaps: facts.recentGaps ?? evenGaps(facts) };
  const severity = severityOf(paceOf(rhythm, context.measures && meanGapOf(context.measures)), silentDays);
  const monthlyMinor = facts.yearNetMinor / Math.max(1, facts.yearDays / DAYS_PER_MONTH);
  const lapsedAfterDays = Math.max(settings.lapsedAfterDays, 6 * facts.medianGapDays);
  return {
    level: levelOf(severity),
    state: context.isOnCreditHold === true ? "credit_hold" : silentDays > lapsedAfterDays ? "lapsed" : "open",
    atStakeMinor: minor(Math.max(0, Math.round(3 * monthlyMinor * severity.q90))),
    currency: context.currency,
    since: sinceDay(facts, context, settings),
    rank: [-severity.q],
    evidence: {
      rule: "churn-risk/2",
      checks: checksOf(facts, silentDays, context, settings),
      ...operands,
      silentDays,
      baselineDays: baselineOf(facts, settings),
      ...severity,
      meanGapOfMonth: context.measures?.month ?? null,
      severityRule: SEVERITY_RULE,
      levelRule: levelText(severity),
      monthlyMinor: Math.round(monthlyMinor),
      atStakeRule: "3 months of monthlyMinor, times q90",
      lapsedAfterDays,
    },
  };
}

const SEVERITY_RULE =
  "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), " +
  "q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G is the tenant's mean gap up to the month before";

const percentText = (share: number): string => `${Math.round(1000 * share) / 10} %`;

const levelText = ({ q, H, "S(t)": survival }: Severity): string =>
  `Of customers with such a rhythm and silence about ${percentText(q)} order nothing in the next ${H} days: 50 % or more is high, 40 % or more is medium. Of such gaps ${percentText(survival)} are longer than the silence; where that is over 25 % the silence is ordinary, and it is only watched.`;

/** The gaps as if all were alike: for facts of a time when only their mean was stored. */
const evenGaps = ({ gapCount, meanGapDays }: Facts): RecentGaps =>
  recentGapsOf(Array.from({ length: gapCount }, () => meanGapDays));

function checksOf(facts: Facts, silentDays: number, { asOf }: EvaluationContext, settings: Settings) {
  const tenureEnd = settings.tenureTo === "asOf" ? asOf : facts.lastOrderOn;
  const tenured = addMonths(facts.firstOrderOn, settings.minMonths);
  return [
    {
      id: "CH1",
      says: `first order plus ${counted(settings.minMonths, "month")}, on or before the day`,
      values: { mnth: settings.minMonths },
      value: tenured,
      op: "<=",
      threshold: tenureEnd,
    },
    { id: "CH2", says: "days with an order", value: facts.orderCount, op: ">=", threshold: settings.minOrders },
    {
      id: "CH3",
      says: `days silent, over the ${settings.baseline} gap`,
      values: { base: settings.baseline },
      value: silentDays,
      op: ">",
      threshold: baselineOf(facts, settings),
    },
  ] as const;
}

/**
 * The first day of this silence on which the rule held: silent for longer than the baseline, and a customer for long
 * enough.
 */
function sinceDay(facts: Facts, context: EvaluationContext, settings: Settings): Day {
  const last = toDayNumber(facts.lastOrderOn);
  const tenured = settings.tenureTo === "asOf" ? addMonths(facts.firstOrderOn, settings.minMonths) : facts.lastOrderOn;
  const baseline = baselineOf(facts, settings);
  let since = dayNumber(Math.max(last + Math.floor(baseline) + 1, toDayNumber(tenured)));
  while (since < toDayNumber(context.asOf) && openDays(last, since, context.closures) <= baseline)
    since = dayNumber(since + 1);
  return toDay(since);
}

/** A new order ends a silence; without one there was a correction, or an order is expected. */
const outcome = ({ lastOrderOn }: Facts, { orderDays, orderDayCount, orderedSince }: History): FindingOutcome =>
  orderedSince !== undefined || (orderDays[orderDayCount - 1] ?? 0) > toDayNumber(lastOrderOn)
    ? "won_back"
    : "resolved";

/** "50 %", "over 99 %": no more digits than were measured to be true. */
function chanceText(q: number): Variable {
  const percent = Math.round(100 * q);
  if (percent < 1) return phraseOf("under", { perc: numberOf(1) });
  return percent > 99 ? phraseOf("over", { perc: numberOf(99) }) : phraseOf("chance", { perc: numberOf(percent) });
}

/** Customers who have been silent for longer than before, and how unusual that is for them. */
export const churnRisk = defineInsight({
  id: "churn-risk",
  title: "Churn risk",
  noun: { one: "churn risk", many: "churn risks" },
  version: 2,
  position: 20,
  groupsItems: true,
  settings: settingsSchema,
  facts: factsSchema,
  detect,
  outcome,
  backtest: churnBacktest,
  assess,
  variables: (evidence) => ({
    dlst: numberOf(operandOf(evidence["silentDays"])),
    usul: numberOf(Math.round(operandOf(evidence["medianGapDays"]))),
    prev: numberOf(operandOf(evidence["previousGapDays"])),
    lsal: dayOf(daySchema.parse(evidence["lastOrderOn"])),
    ordr: numberOf(operandOf(evidence["orderCount"])),
    risk: chanceText(operandOf(evidence["q"])),
    hrzn: numberOf(operandOf(evidence["H"])),
  }),
  phrases: { chance: "about <perc> %", under: "under <perc> %", over: "over <perc> %" },
  moreVariables: ["prev", "ordr"],
  text: template(
    "silent {dlst, plural, one {# day} other {# days}}, usually every <usul>; last order <lsal>; of customers with such a rhythm and silence <risk> order nothing in the next {hrzn, plural, one {# day} other {# days}}",
  ),
  followUp: template(
    "Hello <pers>, it is a while since your order of <lsal>, so I wanted to ask how things are going. Is there anything you need, or anything we can do better? Just reply, or tell me when I may call. Best regards, <cont>",
  ),
  translations,
  evidenceTexts,
});
