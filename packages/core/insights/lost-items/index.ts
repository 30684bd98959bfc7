import * as z from "zod";
import type { History } from "../../history.ts";
import { median } from "../../statistics.ts";
import { template } from "../../template.ts";
import { type Day, daySchema, itemIdSchema, minor, toDay, toDayNumber } from "../../values.ts";
import { type Found, type Setting, type Wording, defineInsight, numberOf } from "../define.ts";
import { type Assessment, type Evidence, levels } from "../finding.ts";
import { type Drought, countWithin, droughtTail, isLost, measureDrought } from "./rule.ts";
import { type Purchases, purchasesByItem } from "./purchases.ts";

const settingsSchema = z.object({
  lookbackDays: z.int().min(91).max(1095).default(365),
  windowDays: z.int().min(7).max(365).default(90),
  moreThanOrders: z.int().min(1).default(10),
  minItemOrders: z.int().min(2).default(5),
});
type Settings = z.infer<typeof settingsSchema>;

const factsSchema = z.object({
  itemId: itemIdSchema,
  since: daySchema,
  firstOrderOn: daySchema,
  lastOrderOn: daySchema,
  latestOrderOn: daySchema,
  windowOrders: z.int(),
  windowItemOrders: z.int(),
  itemOrders: z.int(),
  steps: z.int(),
  ordersWithout: z.int(),
  longestGapDays: z.int(),
  usualQuantity: z.number(),
  /** The item's net value on the window's days with it. */
  windowNetMinor: z.number(),
  documents: z.array(z.string()),
  /** The orders since the last one with the item, oldest first. */
  documentsWithout: z.array(z.string()),
});
type Facts = z.infer<typeof factsSchema>;

function detect(history: History, asOf: Day, settings: Settings): readonly Found<Facts>[] | undefined {
  const today = toDayNumber(asOf);
  const windowOrders = countWithin(history.orderDays, history.orderDayCount, today - settings.windowDays, today);
  if (windowOrders <= settings.moreThanOrders) return undefined;
  const found: Found<Facts>[] = [];
  const purchases = purchasesByItem(history, today - settings.lookbackDays - settings.windowDays);
  for (const [item, bought] of purchases) {
    const drought = measureDrought(history.orderDays, history.orderDayCount, bought.days, today, settings);
    if (drought === undefined || !isLost(drought, settings)) continue;
    if (isExcused(history, item, drought, purchases)) continue;
    const facts = factsOf(history, item, bought, drought, settings);
    found.push({ itemId: facts.itemId, episode: facts.lastOrderOn, facts });
  }
  return found;
}

/** A substitute bought since, a discontinued item, or an order of today: no reason to ask the customer (insights.md 2.3, G2). */
function isExcused(history: History, item: number, drought: Drought, purchases: Map<number, Purchases>): boolean {
  if (history.orderedSince?.has(item) === true) return true;
  const card = history.itemOf(item);
  if (card.discontinuedOn !== undefined && toDayNumber(card.discontinuedOn) <= history.asOf) return true;
  if (card.replacedBy === undefined) return false;
  for (const [other, bought] of purchases) {
    if (history.itemOf(other).itemId !== card.replacedBy) continue;
    if ((bought.days.at(-1) ?? 0) > drought.lastOrderDay) return true;
  }
  return false;
}

function factsOf(history: History, item: number, bought: Purchases, drought: Drought, settings: Settings): Facts {
  const inLookback = bought.days.findIndex((d) => d > history.asOf - settings.lookbackDays);
  const inWindow = bought.days.findIndex((d) => d > history.asOf - settings.windowDays);
  const windowNetMinor = bought.netMinor.slice(inWindow).reduce((total, net) => total + net, 0);
  return {
    itemId: history.itemOf(item).itemId,
    since: sinceDay(history, bought, drought, settings),
    firstOrderOn: toDay(bought.days[inLookback] ?? 0),
    lastOrderOn: toDay(drought.lastOrderDay),
    latestOrderOn: toDay(drought.latestOrderDay),
    windowOrders: drought.windowOrders,
    windowItemOrders: drought.windowItemOrders,
    itemOrders: drought.itemOrders,
    steps: drought.steps,
    ordersWithout: drought.ordersWithout,
    longestGapDays: drought.longestGapDays,
    usualQuantity: median(bought.quantities.slice(inLookback)) ?? 0,
    windowNetMinor,
    documents: bought.documents.slice(-20),
    documentsWithout: documentsSince(history, drought.lastOrderDay).slice(0, 20),
  };
}

function documentsSince({ documents }: History, day: number): string[] {
  const ids: string[] = [];
  for (let d = documents.count - 1; d >= 0 && (documents.day[d] ?? 0) > day; d -= 1)
    if (documents.isCredit[d] === 0) ids.push(documents.ids[d] ?? "");
  return ids.toReversed();
}

/** The first day of the unbroken run of days, ending at the as-of day, on which the rule held. */
function sinceDay(history: History, bought: Purchases, drought: Drought, settings: Settings): Day {
  let since: number = history.asOf;
  for (let d = since - 1; d > drought.lastOrderDay; d -= 1) {
    const earlier = measureDrought(history.orderDays, history.orderDayCount, bought.days, d, settings);
    if (earlier === undefined || !isLost(earlier, settings)) break;
    since = d;
  }
  return toDay(since);
}

function assess(facts: Facts, { asOf, currency }: Setting, settings: Settings): Assessment {
  const today = toDayNumber(asOf);
  const silentDays = today - toDayNumber(facts.lastOrderOn);
  const tail = droughtTail(facts);
  const level = tail <= 0.01 ? "high" : tail <= 0.05 ? "medium" : "watch";
  // The window's value was bought in its part up to the last purchase; 90 days at that rate are at stake.
  const boughtDays = Math.max(1, settings.windowDays - silentDays);
  const atStakeMinor = minor(Math.max(0, Math.round((facts.windowNetMinor * settings.windowDays) / boughtDays)));
  return {
    level,
    state: "open",
    atStakeMinor,
    currency,
    since: facts.since,
    rank: [levels.indexOf(level), tail, minor(-atStakeMinor)],
    evidence: {
      rule: "lost-items/1",
      checks: checksOf(facts, silentDays, settings),
      ...facts,
      silentDays,
      tail,
      boughtDays,
      atStakeRule: `windowNetMinor, scaled from boughtDays to ${settings.windowDays} days`,
    },
  };
}

function checksOf(facts: Facts, silentDays: number, settings: Settings) {
  return [
    {
      id: "LI1",
      says: `order days in the last ${settings.windowDays} days`,
      value: facts.windowOrders,
      op: ">",
      threshold: settings.moreThanOrders,
    },
    {
      id: "LI2",
      says: `order days with the item in the last ${settings.windowDays} days`,
      value: facts.windowItemOrders,
      op: ">=",
      threshold: settings.minItemOrders,
    },
    {
      id: "LI3",
      says: "orders without it times (item orders - 1), over twice the orders it usually took",
      value: facts.ordersWithout * (facts.itemOrders - 1),
      op: ">",
      threshold: 2 * facts.steps,
    },
    {
      id: "LI4",
      says: "days without the item, over its longest gap",
      value: silentDays,
      op: ">",
      threshold: facts.longestGapDays,
    },
    {
      id: "LI5",
      says: "last order with the item, before the latest order",
      value: facts.lastOrderOn,
      op: "<",
      threshold: facts.latestOrderOn,
    },
  ] as const;
}

/** "every order", "one of 2.2 orders": how often the item was in an order while it was bought. */
function usualInterval(evidence: Evidence, wording: Wording): string {
  const orders = numberOf(evidence["steps"]) / Math.max(1, numberOf(evidence["itemOrders"]) - 1);
  return orders < 1.05 ? "every order" : `one of ${wording.number(Math.round(10 * orders) / 10)} orders`;
}

/** Items a customer used to order and stopped, while ordering goes on. */
export const lostItems = defineInsight({
  id: "lost-items",
  title: "Lost items",
  noun: { one: "lost item", many: "lost items" },
  source:
    "seed 000, Lost items: more than 10 orders and 5+ with the item in 90 days, orders without it more than double its rate, longer than its biggest gap",
  version: 1,
  position: 30,
  settings: settingsSchema,
  facts: factsSchema,
  detect,
  assess,
  variables: (evidence, wording) => ({
    lost: wording.itemName,
    wout: wording.number(numberOf(evidence["ordersWithout"])),
    usul: usualInterval(evidence, wording),
    dlst: wording.number(numberOf(evidence["silentDays"])),
    lsal: wording.date(daySchema.parse(evidence["lastOrderOn"])),
    quan: wording.number(numberOf(evidence["usualQuantity"])),
  }),
  text: template("<lost>: not in the last <wout> orders, usually in <usul>; last <lsal>, usual quantity <quan>"),
  followUp: template(
    "Hello <name>, this is <cont>. You used to order <lost> (usually <quan>), the last time on <lsal>. Shall I add it to your next order?",
  ),
});
