import type { CustomerLog, LogSpan } from "../../../backtests/customer-log.ts";
import { firstOver } from "../../../backtests/first-over.ts";
import {
  type Candidate,
  type CustomerTrial,
  type Episode,
  type KindBacktest,
  type RuleCount,
  type RuleTitle,
  noCount,
} from "../../../backtests/kind-backtest.ts";
import { type TenantPast, lastDayUpTo } from "../../../backtests/tenant-past.ts";
import {
  ALERT_LIMIT_DAYS,
  PaceByDay,
  type Degree,
  type Silence,
  degreeAt,
  degrees,
  isEmptyAfter,
  isAssessable,
  isKnownAfter,
  isListed,
  isLoss,
  levelDays,
  silencesOf,
} from "./backtest-silence.ts";
import { emptyChance, levelOf, severityOf } from "./severity.ts";

/** Days between two lists that are compared. */
const EVERY_DAYS = 7;
const MONTHS_3 = 90;

const over = (degree: Degree): number => degrees.indexOf(degree);

/** Rules that alert when a measure is over a limit. */
const limits: readonly (RuleTitle & { readonly degree: number; readonly limit: number })[] = [
  {
    id: "literal",
    title: "The seed's words: longer than the gap before",
    isOurs: false,
    degree: over("previous"),
    limit: 1,
  },
  ...[30, 60, 90].map((days) => ({
    id: `hiatus-${days}`,
    title: `Silent for ${days} days`,
    isOurs: false,
    degree: over("days"),
    limit: days,
  })),
  { id: "longest-2", title: "Twice the longest gap", isOurs: false, degree: over("longest"), limit: 2 },
  {
    id: "gamma-99",
    title: "Rare by a gamma curve of its gaps: 1 %",
    isOurs: false,
    degree: over("gamma"),
    limit: 0.99,
  },
  { id: "mbg-nbd", title: "MBG/NBD: more likely nothing comes", isOurs: false, degree: over("model"), limit: 0.5 },
];

const rules: readonly RuleTitle[] = [
  { id: "high", title: "Regulars, high: alerted immediately", isOurs: true },
  { id: "medium", title: "Regulars, medium or high: in the digest", isOurs: true },
  ...limits,
  { id: "rfm", title: "RFM at month's end: at risk", isOurs: false },
];

const rankings = [
  { id: "ours", title: "Regulars" },
  { id: "days", title: "Longest silence" },
  { id: "previous", title: "The seed's words: most times the gap before" },
  { id: "longest", title: "Most times the longest gap" },
  { id: "rfm", title: "RFM: at risk, then longest silence" },
  { id: "gamma", title: "Rarest by a gamma curve of its gaps" },
  { id: "mbg-nbd", title: "MBG/NBD: least likely to order" },
] as const;

/** The first day of each rule in a silence, in the rules' order. */
function alertDays(silence: Silence, episode: Episode, log: CustomerLog, past: TenantPast): (number | undefined)[] {
  const { high, medium } = levelDays(silence, past);
  const { days } = past.rfm;
  const [first, last] = [silence.last + episode.from, silence.last + episode.to];
  const rfm = days.find((on) => on >= first && on <= last && past.rfm.isAtRisk(log, on));
  return [
    high,
    medium,
    ...limits.map(({ degree, limit }) => firstOver(episode, degree, limit)),
    rfm === undefined ? undefined : rfm - silence.last,
  ];
}

function tryOn(log: CustomerLog, span: LogSpan, past: TenantPast): CustomerTrial {
  const counts: RuleCount[] = rules.map(noCount);
  const silences = silencesOf(log, span);
  const episodes: Episode[] = [];
  const ended = { count: 0, medium: 0, high: 0 };
  let truths = 0;
  for (const silence of silences) {
    if (!isAssessable(silence)) continue;
    const bare = episodeOf(silence, past);
    const days = alertDays(silence, bare, log, past);
    const [high, medium] = days;
    if (isLoss(silence)) truths += 1;
    days.forEach((day, r) => countAlert(silence, day, counts[r]));
    if (silence.next !== undefined) {
      ended.count += 1;
      if (medium !== undefined) ended.medium += 1;
      if (high !== undefined) ended.high += 1;
    }
    if (high !== undefined || silence.to > Math.min(30, silence.longestGapDays)) episodes.push({ ...bare, high });
  }
  const candidates = silences.flatMap((silence) => candidatesOf(silence, log, span, past));
  return { isEligible: silences.length > 0, truths, rules: counts, episodes, candidates, ended };
}

function episodeOf(silence: Silence, past: TenantPast): Episode {
  const model = past.modelOn(silence.last + silence.from);
  return {
    last: silence.last,
    from: silence.from,
    to: silence.limit,
    valueMinor: 3 * silence.monthlyMinor,
    degreeAt: (degree, day) => degreeAt(silence, model, degrees[degree] ?? "days", day),
    isRightOn: (day) => isEmptyAfter(silence, day, silence.horizonDays),
    high: undefined,
  };
}

function countAlert(silence: Silence, day: number | undefined, count: RuleCount | undefined): void {
  if (day === undefined || count === undefined) return;
  const valueMinor = 3 * silence.monthlyMinor;
  count.alerts += 1;
  count.valueMinor += valueMinor;
  if (isLoss(silence)) count.found += 1;
  if (!isEmptyAfter(silence, day, silence.horizonDays)) return;
  count.hits += 1;
  count.hitValueMinor += valueMinor;
  const silentDays = silence.silentDaysOn(day);
  count.silentDays.push(silentDays);
  count.leadDays.push(ALERT_LIMIT_DAYS + silence.horizonDays - silentDays);
}

/** The silence on the lists of every seventh day on which the seed's rule holds and what came is known. */
function candidatesOf(silence: Silence, log: CustomerLog, span: LogSpan, past: TenantPast): Candidate[] {
  const { last } = silence;
  const least = Math.max(silence.previousGapDays + 1, silence.from);
  const first = least + ((EVERY_DAYS - ((last + least - span.from) % EVERY_DAYS)) % EVERY_DAYS);
  if (first > silence.to) return [];
  const paces = new PaceByDay(silence, past);
  const model = past.modelOn(last + silence.from);
  const valueMinor = 3 * silence.monthlyMinor;
  const candidates: Candidate[] = [];
  for (let day = first; day <= silence.to && isKnownAfter(silence, day, silence.horizonDays); day += EVERY_DAYS) {
    const silent = silence.silentDaysOn(day);
    if (!isListed(silence, silent)) continue;
    const pace = paces.on(day);
    const severity = severityOf(pace, silent);
    const chance = emptyChance(pace, silent, severity["S(t)"], silence.horizonDays);
    const of = (degree: Degree): number => degreeAt(silence, model, degree, day);
    const monthEnd = lastDayUpTo(past.rfm.days, last + day);
    const isAtRisk = monthEnd !== undefined && past.rfm.isAtRisk(log, monthEnd);
    candidates.push({
      on: last + day,
      episode: last,
      repId: log.repId ?? "",
      chance,
      lossChance: severity.q90,
      atStakeMinor: valueMinor * severity.q90,
      valueMinor,
      level: levelOf(severity),
      scores: [chance, day, of("previous"), of("longest"), (isAtRisk ? 10_000 : 0) + day, of("gamma"), of("model")],
      cameTrue: isEmptyAfter(silence, day, silence.horizonDays),
      isLost: isKnownAfter(silence, day, MONTHS_3) ? isEmptyAfter(silence, day, MONTHS_3) : undefined,
    });
  }
  return candidates;
}

/**
 * Tests the churn rule against the seed's literal rule, fixed silences, the longest gap, a gamma curve, RFM and
 * MBG/NBD.
 */
export const churnBacktest: KindBacktest = {
  kind: "churn-risk",
  title: "Churn risk",
  says:
    "One alert for each silence, on the first day a rule holds by what is known then, up to its day 120. Right: nothing is ordered " +
    "in the customer's own horizon after it (three usual gaps, 14 to 90 days). To find: silences that last longer than 120 days " +
    "and the horizon. Silences of which that is not known are left out for all rules.",
  rules: rules.map(({ id, title, isOurs, degree }) => ({ id, title, isOurs, degree })),
  rankings,
  tryOn,
};
