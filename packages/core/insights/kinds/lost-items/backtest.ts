import type { CustomerLog, LogSpan } from "../../../backtests/customer-log.ts";
import { type CustomerTrial, type KindBacktest, type RuleCount, noCount } from "../../../backtests/kind-backtest.ts";
import {
  type ItemAbsence,
  HIGH_TAIL,
  countWithin,
  absenceTail,
  isLost,
  measureAbsence,
  usualSettings,
} from "./rule.ts";

const settings = { ...usualSettings, gate: "rule" } as const;

/**
 * Whether a rule finds an absence; `wasLost` when the seed's rule has held before, because the finding then stays open.
 */
type Holds = (itemAbsence: ItemAbsence, wasLost: boolean) => boolean;

/** What every rule requires: a customer that orders often, and an item it has ordered often. */
const isRegular = (itemAbsence: ItemAbsence): boolean =>
  itemAbsence.windowOrders > settings.moreThanOrders && itemAbsence.itemOrders >= settings.minItemOrders;

const absent =
  (days: number): Holds =>
  (itemAbsence) =>
    isRegular(itemAbsence) && itemAbsence.ordersWithout > 0 && itemAbsence.silentDays > days;

/** The rules by which the product alerts. */
const ours = new Set(["high", "score"]);

const rules: readonly { readonly id: string; readonly title: string; readonly holds: Holds }[] = [
  {
    id: "high",
    title: "Regulars, high: alerted immediately",
    holds: (itemAbsence, wasLost) => wasLost && absenceTail(itemAbsence) <= HIGH_TAIL,
  },
  {
    id: "score",
    title: "Regulars with gate=score: alerted immediately",
    holds: (itemAbsence) => isLost(itemAbsence, { ...settings, gate: "score" }),
  },
  { id: "literal", title: "The seed's words", holds: (itemAbsence) => isLost(itemAbsence, settings) },
  { id: "absent-14", title: "Not bought for 14 days", holds: absent(14) },
  { id: "absent-30", title: "Not bought for 30 days", holds: absent(30) },
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

/**
 * Whether an alert was right; `undefined` when that is unknown: the horizon goes beyond the known days, or the customer
 * left altogether.
 */
function isRight(log: CustomerLog, { next, droppedOn, last }: Absence, on: number, span: LogSpan): boolean | undefined {
  if (log.source !== undefined) return droppedOn !== undefined && next === undefined && last < droppedOn;
  const until = on + span.horizonDays;
  if (until > span.to) return undefined;
  if (countWithin(log.orderDays, log.orderDays.length, on, until) === 0) return undefined;
  return next === undefined || next > until;
}

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
  const end = Math.min(next === undefined ? span.to : next - 1, span.to, last + settings.expiresAfterDays);
  const open = new Set(rules.keys());
  let found: "not-regular" | "lost" | "other" = "not-regular";
  let wasLost = false;
  for (const on of turningDays(log, absence, end)) {
    const itemAbsence = measureAbsence(log.orderDays, log.orderDays.length, itemDays, on, settings);
    if (itemAbsence === undefined || !isRegular(itemAbsence)) continue;
    const right = isRight(log, absence, on, span);
    if (found === "not-regular") found = right === true ? "lost" : "other";
    wasLost ||= isLost(itemAbsence, settings);
    for (const r of open) {
      const count = counts[r];
      if (rules[r]?.holds(itemAbsence, wasLost) !== true || count === undefined) continue;
      open.delete(r);
      if (right === undefined) continue;
      count.alerts += 1;
      if (!right) continue;
      count.hits += 1;
      count.leadDays.push(last + span.horizonDays + 1 - on);
    }
  }
  return found;
}

/** Tests the rule for lost items against the seed's literal rule and fixed absences. */
export const lostItemsBacktest: KindBacktest = {
  kind: "lost-items",
  title: "Lost items",
  says:
    "One alert for each absence of an item that was in five orders of the year, at a customer with more than ten in 90 days. " +
    "Right: not bought in the horizon after it while the customer ordered (made-up customers: the item was given up). " +
    "To find: absences of which that was so on the first day on which any rule could speak.",
  rules: rules.map(({ id, title }) => ({ id, title, isOurs: ours.has(id) })),
  tryOn,
};
