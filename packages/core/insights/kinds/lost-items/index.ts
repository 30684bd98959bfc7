import type { History } from "../../../snapshots/history.ts";
import { median } from "../../../platform/statistics.ts";
import { type Variable, dayOf, numberOf, phraseOf, textOf } from "../../../platform/message-text.ts";
import { template } from "../../../platform/template.ts";
import { type Day, daySchema, minor, toDay, toDayNumber } from "../../../platform/values.ts";
import { type Detection, type EvaluationContext, defineInsight, operandOf } from "../../define.ts";
import type { Assessment, Evidence, FindingOutcome } from "../../finding.ts";
import { lostItemsBacktest } from "./backtest.ts";
import { checksOf } from "./checks.ts";
import { type SuppressionReason, suppressionOf } from "./suppression.ts";
import { type Facts, type Settings, factsSchema, settingsSchema } from "./facts.ts";
import { busyDaysOf, firstLostDay, lastLostDay } from "./hold-open.ts";
import { type ItemAbsence, absenceTail, countWithin, foundBy, isLost, measureAbsence, stayingAway } from "./rule.ts";
import { type Purchases, isBoughtAfter, itemDaysOf, purchasesOf } from "./purchases.ts";
import { evidenceTexts, translations } from "./texts.ts";

function detect(history: History, asOf: Day, settings: Settings): readonly Detection<Facts>[] | undefined {
  const today = toDayNumber(asOf);
  const windowOrders = countWithin(history.orderDays, history.orderDayCount, today - settings.windowDays, today);
  if (windowOrders <= settings.moreThanOrders) return undefined;
  const sinceDays = settings.gate === "rule" ? settings.windowDays : settings.expiresAfterDays;
  const after = today - settings.lookbackDays - sinceDays;
  return listed(history, after, settings, (itemDays) => {
    const itemAbsence = measureAbsence(history.orderDays, history.orderDayCount, itemDays, today, settings);
    return itemAbsence !== undefined && isLost(itemAbsence, settings) ? itemAbsence : undefined;
  }).map(({ item, itemAbsence }) => {
    const facts = factsOf(history, item, purchasesOf(history, item, after), itemAbsence, settings);
    return { subject: { type: "item", id: facts.itemId }, episode: facts.lastOrderOn, facts };
  });
}

interface Listed {
  readonly item: number;
  readonly itemAbsence: ItemAbsence;
}

/** The items bought after a day that are missed, without those that something explains. */
function listed(
  history: History,
  after: number,
  settings: Settings,
  missedOf: (itemDays: ArrayLike<number>) => ItemAbsence | undefined,
): readonly Listed[] {
  const found: Listed[] = [];
  const { places, days, first, end } = itemDaysOf(history, after);
  const latest = history.orderDays[history.orderDayCount - 1];
  for (let place = 0; place < places.count; place += 1) {
    const [from, to] = [first[place] ?? 0, end[place] ?? 0];
    // Neither the rule nor the score finds an item with fewer orders, or one of the last order.
    if (to - from < settings.minItemOrders || days[to - 1] === latest) continue;
    const itemAbsence = missedOf(days.subarray(from, to));
    const item = places.items[place] ?? -1;
    if (itemAbsence === undefined || suppressionOf(history, item, itemAbsence.lastOrderDay) !== undefined) continue;
    found.push({ item, itemAbsence });
  }
  return found;
}

/**
 * Items that were lost on some day since their last purchase, but no longer by the rule, because its window has moved
 * past the purchases. They stay open until they or their substitute are bought, or the finding expires. Computed from
 * the history alone, so that a missed nightly run changes nothing.
 */
function carryForward(history: History, asOf: Day, settings: Settings): readonly Detection<Facts>[] {
  const today = toDayNumber(asOf);
  const reach = settings.expiresAfterDays + settings.windowDays;
  const { orderDays, orderDayCount } = history;
  if (countWithin(orderDays, orderDayCount, today - reach, today) <= settings.moreThanOrders) return [];
  const busy = busyDaysOf(history, today - settings.expiresAfterDays, settings);
  if (busy.size === 0) return [];
  const after = today - settings.lookbackDays - settings.expiresAfterDays;
  return listed(history, after, settings, (itemDays) => {
    const last = itemDays[itemDays.length - 1] ?? 0;
    if (today - last > settings.expiresAfterDays) return undefined;
    const heldOpen = lastLostDay(history, itemDays, settings, busy);
    if (heldOpen === undefined || heldOpen === today) return undefined;
    return measureAbsence(orderDays, orderDayCount, itemDays, heldOpen, settings);
  }).map(({ item, itemAbsence }) => {
    const bought = purchasesOf(history, item, after);
    const facts = heldFacts(history, factsOf(history, item, bought, itemAbsence, settings), itemAbsence);
    return { subject: { type: "item", id: facts.itemId }, episode: facts.lastOrderOn, facts };
  });
}

/** The facts of the last day on which the rule held, with the orders without the item since. */
function heldFacts({ orderDays, orderDayCount, asOf }: History, facts: Facts, then: ItemAbsence): Facts {
  return {
    ...facts,
    ordersWithout: countWithin(orderDays, orderDayCount, then.lastOrderDay, asOf),
    latestOrderOn: toDay(orderDays[orderDayCount - 1] ?? then.latestOrderDay),
    heldOpen: {
      until: toDay(then.lastOrderDay + then.silentDays),
      ordersWithout: then.ordersWithout,
      latestOrderOn: toDay(then.latestOrderDay),
    },
  };
}

const outcomes: Readonly<Record<SuppressionReason, FindingOutcome>> = {
  bought: "won_back",
  substituted: "substituted",
  discontinued: "resolved",
  "out-of-stock": "resolved",
};

/** The outcome of an item that is no longer lost. */
function outcome(facts: Facts, history: History, settings: Settings): FindingOutcome {
  const last = toDayNumber(facts.lastOrderOn);
  if (isBoughtAfter(history, facts.itemId, last)) return "won_back";
  const suppression = suppressionOf(history, facts.itemId, last);
  if (suppression !== undefined) return outcomes[suppression];
  return history.asOf - last > settings.expiresAfterDays ? "expired" : "resolved";
}

function factsOf(
  history: History,
  item: number,
  bought: Purchases,
  itemAbsence: ItemAbsence,
  settings: Settings,
): Facts {
  const on = itemAbsence.lastOrderDay + itemAbsence.silentDays;
  const inLookback = bought.days.findIndex((d) => d > on - settings.lookbackDays);
  const inWindow = bought.days.findIndex((d) => d > itemAbsence.lastOrderDay - settings.windowDays);
  const windowNetMinor = bought.netMinor.slice(inWindow).reduce((total, net) => total + net, 0);
  return {
    itemId: history.itemOf(item).itemId,
    since: toDay(firstLostDay(history, bought.days, settings) ?? on),
    firstOrderOn: toDay(bought.days[inLookback] ?? 0),
    lastOrderOn: toDay(itemAbsence.lastOrderDay),
    latestOrderOn: toDay(itemAbsence.latestOrderDay),
    windowOrders: itemAbsence.windowOrders,
    windowItemOrders: itemAbsence.windowItemOrders,
    itemOrders: itemAbsence.itemOrders,
    steps: itemAbsence.steps,
    ordersWithout: itemAbsence.ordersWithout,
    longestGapDays: itemAbsence.longestGapDays,
    usualQuantity: median(bought.quantities.slice(inLookback)) ?? 0,
    foundBy: foundBy(itemAbsence, settings),
    windowNetMinor,
    documents: bought.documents.slice(inLookback).slice(-20),
    documentsWithout: documentsSince(history, itemAbsence.lastOrderDay).slice(0, 20),
  };
}

function documentsSince({ documents }: History, day: number): string[] {
  const ids: string[] = [];
  for (let d = documents.count - 1; d >= 0 && (documents.day[d] ?? 0) > day; d -= 1)
    if (documents.isCredit[d] === 0) ids.push(documents.ids[d] ?? "");
  return ids.toReversed();
}

function assess(facts: Facts, { asOf, currency }: EvaluationContext, settings: Settings): Assessment {
  const today = toDayNumber(asOf);
  const last = toDayNumber(facts.lastOrderOn);
  const silentDays = today - last;
  const staying = stayingAway(facts, facts.windowOrders);
  const { heldOpen: _held, unwanted: _unwanted, ...operands } = facts;
  return {
    level: facts.foundBy.includes("score") ? "high" : "watch",
    state: facts.unwanted === true ? "unwanted" : "open",
    atStakeMinor: minor(Math.max(0, Math.round(facts.windowNetMinor * staying))),
    currency,
    since: facts.since,
    ...(facts.heldOpen === undefined ? {} : { ruleHeldUntil: facts.heldOpen.until }),
    rank: [-staying],
    evidence: {
      rule: "lost-items/2",
      checks: checksOf(facts, silentDays, settings),
      ...operands,
      ...(facts.unwanted === true ? { suppressed: "nobody buys it", suppressedRule: UNWANTED_RULE } : {}),
      silentDays,
      tail: absenceTail(facts),
      levelRule: LEVEL_RULE,
      atStakeRule: AT_STAKE_RULE,
      ...(facts.heldOpen === undefined
        ? {}
        : { ruleHeldUntil: facts.heldOpen.until, expiresOn: toDay(last + settings.expiresAfterDays + 1) }),
    },
  };
}

const LEVEL_RULE =
  "High, and told, is what the score finds: so many orders without the item are 1 % or less likely by its own rate. What only the rule finds is watched.";

const UNWANTED_RULE =
  "no other customer ordered it in the 30 days up to the day, while at least 3 did in the 90 days before";

const AT_STAKE_RULE =
  "windowNetMinor, times how likely the item stays away in the next windowOrders orders by itemOrders, steps and ordersWithout";

/** "every order", "one of 2.2 orders": how often the item was in an order while it was bought. */
function usualInterval(evidence: Evidence): Variable {
  const orders = operandOf(evidence["steps"]) / Math.max(1, operandOf(evidence["itemOrders"]) - 1);
  return orders < 1.05 ? phraseOf("every") : phraseOf("some", { ordr: numberOf(Math.round(10 * orders) / 10) });
}

/** Items that a customer used to order and stopped, while it still orders others. */
export const lostItems = defineInsight({
  id: "lost-items",
  title: "Lost items",
  noun: { one: "customer with lost items", many: "customers with lost items" },
  version: 2,
  position: 30,
  settings: settingsSchema,
  facts: factsSchema,
  detect,
  carryForward,
  outcome,
  backtest: lostItemsBacktest,
  assess,
  variables: (evidence, itemName) => ({
    lost: textOf(itemName),
    wout: numberOf(operandOf(evidence["ordersWithout"])),
    usul: usualInterval(evidence),
    dlst: numberOf(operandOf(evidence["silentDays"])),
    lsal: dayOf(daySchema.parse(evidence["lastOrderOn"])),
    quan: numberOf(operandOf(evidence["usualQuantity"])),
  }),
  phrases: { every: "every order", some: "one of {ordr, plural, one {# order} other {# orders}}" },
  moreVariables: ["dlst"],
  text: template(
    "<lost>: not in the last {wout, plural, one {order} other {# orders}}, usually in <usul>; last <lsal>, usual quantity <quan>",
  ),
  followUp: template(
    "Hello <pers>, <lost> was not in your last orders. Shall I add it to the next one, <quan> as usual? And if it did not suit you, tell me: I will gladly find something else. Best regards, <cont>",
  ),
  translations,
  evidenceTexts,
});
