import { type CustomerLog, type LogSpan, dayAfterOpen } from "../../../backtests/customer-log.ts";
import {
  type CustomerTrial,
  type KindBacktest,
  type RuleCount,
  type RuleTitle,
  noCount,
} from "../../../backtests/kind-backtest.ts";
import { type ItemAbsence, countWithin, isLost, measureAbsence, usualSettings } from "./rule.ts";

const settings = usualSettings;

/** Whether a rule finds an absence; `wasLost` when the gate has held before, because the finding then stays open. */
type Holds = (itemAbsence: ItemAbsence, wasLost: boolean) => boolean;

/** What every rule requires: a customer that orders often, and an item it has ordered often. */
const isRegular = (itemAbsence: ItemAbsence): boolean =>
  itemAbsence.windowOrders > settings.moreThanOrders && itemAbsence.itemOrders >= settings.minItemOrders;

const absent =
  (days: number): Holds =>
  (itemAbsence) =>
    isRegular(itemAbsence) && itemAbsence.ordersWithout > 0 && itemAbsence.silentDays > days;

const rules: readonly (RuleTitle & { readonly holds: Holds })[] = [
  {
    id: "high",
    title: "Regulars, high: told by the score",
    isOurs: true,
    holds: (itemAbsence) => isLost(itemAbsence, { ...settings, gate: "score" }),
  },
  {
    id: "listed",
    title: "Regulars, listed by rule or score",
    isOurs: true,
    holds: (_absence, wasLost) => wasLost,
  },
  {
    id: "literal",
    title: "The seed's words",
    isOurs: false,
    holds: (itemAbsence) => isLost(itemAbsence, { ...settings, gate: "rule" }),
  },
  { id: "absent-14", title: "Not bought for 14 days", isOurs: false, holds: absent(14) },
  { id: "absent-30", title: "Not bought for 30 days", isOurs: false, holds: absent(30) },
];

/** The time after one purchase of an item, until the next one or the end. */
interface Absence {
  readonly itemDays: readonly number[];
  readonly last: number;
  readonly next: number | undefined;
  readonly droppedOn: number | undefined;
}

/**
 * The days on which a rule can begin to hold: an order without the item, or the absence becomes longer than the longest
 * gap or a rule's number of days. (Purchases that leave the year's window in between may change a rate; those days are
 * not tested.)
 */
function turningDays({ orderDays }: CustomerLog, { itemDays, last }: Absence, end: number): number[] {
  const longest = itemDays.reduce((most, d, i) => Math.max(most, i === 0 ? 0 : d - (itemDays[i - 1] ?? d)), 0);
  const days = [last + longest + 1, last + 15, last + 31, ...orderDays.filter((d) => d > last)];
  return [...new Set(days)].filter((d) => d > last && d <= end).toSorted((a, b) => a - b);
}

/** The latest day of an absence on which an alert counts; of a made-up customer all until it expires. */
const ALERT_LIMIT_DAYS = 90;

const limitOf = ({ source }: CustomerLog): number =>
  source === undefined ? ALERT_LIMIT_DAYS : settings.expiresAfterDays;

/** Whether an absence can be assessed: all of it is known, and the customer went on ordering. */
function isAssessable(log: CustomerLog, { last }: Absence, span: LogSpan): boolean {
  if (log.source !== undefined) return true;
  const limit = dayAfterOpen(log, last, ALERT_LIMIT_DAYS);
  const until = dayAfterOpen(log, limit, span.horizonDays);
  const { orderDays } = log;
  return until <= span.to && countWithin(orderDays, orderDays.length, limit, until) > 0;
}

/** Whether an alert was right: the item was not bought in the horizon; of a made-up customer, it was given up. */
const isRight = (log: CustomerLog, { next, droppedOn, last }: Absence, on: number, span: LogSpan): boolean =>
  log.source === undefined
    ? next === undefined || next > dayAfterOpen(log, on, span.horizonDays)
    : droppedOn !== undefined && next === undefined && last < droppedOn;

function tryOn(log: CustomerLog, span: LogSpan): CustomerTrial {
  const counts: RuleCount[] = rules.map(noCount);
  if (log.orderDays.length <= settings.moreThanOrders) return { isEligible: false, truths: 0, rules: counts };
  let truths = 0;
  let isEligible = false;
  for (const [item, days] of log.items)
    for (let i = settings.minItemOrders - 1; i < days.length; i += 1) {
      const itemDays = days.slice(0, i + 1);
      const last = itemDays.at(-1) ?? 0;
      const next = days[i + 1];
      const absence = { itemDays, last, next, droppedOn: log.source?.droppedOn.get(item) };
      if (!isAssessable(log, absence, span)) continue;
      const found = tryAbsence(log, absence, span, counts);
      isEligible ||= found !== "not-regular";
      if (found === "lost") truths += 1;
    }
  return { isEligible, truths, rules: counts };
}

function tryAbsence(
  log: CustomerLog,
  absence: Absence,
  span: LogSpan,
  counts: readonly RuleCount[],
): "not-regular" | "lost" | "other" {
  const { itemDays, last, next } = absence;
  const limit = dayAfterOpen(log, last, limitOf(log));
  const end = Math.min(next === undefined ? span.to : next - 1, span.to, limit);
  const isLoss = isRight(log, absence, limit, span);
  const open = new Set(rules.keys());
  let found: "not-regular" | "lost" | "other" = "not-regular";
  let wasLost = false;
  for (const on of turningDays(log, absence, end)) {
    const itemAbsence = measureAbsence(log.orderDays, log.orderDays.length, itemDays, on, settings);
    if (itemAbsence === undefined || !isRegular(itemAbsence)) continue;
    if (found === "not-regular") found = isLoss ? "lost" : "other";
    wasLost ||= isLost(itemAbsence, settings);
    for (const r of open) {
      const count = counts[r];
      if (rules[r]?.holds(itemAbsence, wasLost) !== true || count === undefined) continue;
      open.delete(r);
      count.alerts += 1;
      if (isLoss) count.found += 1;
      if (!isRight(log, absence, on, span)) continue;
      count.hits += 1;
      count.silentDays.push(on - last);
      count.leadDays.push(limit + span.horizonDays - on);
    }
  }
  return found;
}

/** Tests the rule for lost items against the seed's literal rule and fixed absences. */
export const lostItemsBacktest: KindBacktest = {
  kind: "lost-items",
  title: "Lost items",
  says:
    "One alert for each absence of an item that was in five orders of the year, at a customer with more than ten in 90 days, " +
    "up to its day 90. Right: not bought in the horizon after it (made-up customers: the item was given up). To find: absences " +
    "that last longer than 90 days and the horizon while the customer orders. Those of which that is not known are left out for all rules.",
  rules: rules.map(({ id, title, isOurs }) => ({ id, title, isOurs })),
  tryOn,
};
