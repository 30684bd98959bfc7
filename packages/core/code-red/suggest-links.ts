import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { median } from "../platform/statistics.ts";
import { type ItemId, daySchema, itemIdSchema } from "../platform/values.ts";
import { linkLight } from "./link-light.ts";
import { type Baskets, type PairCount, countPairs } from "./pairs.ts";
import { nearestRatio } from "./ratio.ts";
import type { CodeRedSettings } from "./settings.ts";

/** What is asked for when links are suggested (docs/reference/code-red.md 7). */
export const suggestionRequestSchema = z.strictObject({
  /** The first day of the orders that are counted. */
  from: daySchema,
  percent: z.number().gt(0).max(100).default(10),
  /** Of all orders that have the first item, or of all orders. */
  metric: z.enum(["confidence", "support"]).default("confidence"),
  /** The fewest orders with both; default: 20 from 5,000 orders on, else 5. */
  minJoint: z.int().min(1).max(1_000_000).optional(),
  /** The least lift; 0 switches the guard off. */
  minLift: z.number().min(0).max(1000).default(1.2),
});
export type SuggestionRequest = Immutable<z.output<typeof suggestionRequestSchema>>;

/** A link that the orders suggest. */
export const linkSuggestionSchema = z.object({
  itemId: itemIdSchema,
  linkedItemId: itemIdSchema,
  ratio: z.int(),
  linkedRatio: z.int(),
  /** Orders with both, with the item, with the linked item, and all. */
  joint: z.int(),
  withItem: z.int(),
  withLinked: z.int(),
  orders: z.int(),
  lift: z.number(),
  /** Of the customers who buy the item, those for whom the link would be red. */
  buyers: z.int(),
  wouldBeRed: z.int(),
});
export type LinkSuggestion = Immutable<z.output<typeof linkSuggestionSchema>>;

/** One customer's quantities of items in the links' window, by item number. */
export type WindowQuantities = ReadonlyMap<number, number>;

/** Whether it is offered without being asked for: it would be red for at most a third of those who buy the item. */
export const isOffered = ({ buyers, wouldBeRed }: Pick<LinkSuggestion, "buyers" | "wouldBeRed">): boolean =>
  wouldBeRed * 3 <= buyers;

const USUAL_JOINT = 5;
const MANY_ORDERS = 5_000;
const JOINT_OF_MANY = 20;

/** Suggests links from baskets, the most frequent first. `itemOf` names the baskets' item numbers. */
export function suggestLinks(
  baskets: Baskets,
  request: SuggestionRequest,
  customers: readonly WindowQuantities[],
  settings: Pick<CodeRedSettings, "percent" | "linkDirection">,
  itemOf: (number: number) => ItemId,
): readonly LinkSuggestion[] {
  const minJoint = request.minJoint ?? (baskets.count > MANY_ORDERS ? JOINT_OF_MANY : USUAL_JOINT);
  const buyers = buyersByItem(customers);
  const suggestions: LinkSuggestion[] = [];
  for (const pair of countPairs(baskets, minJoint))
    for (const directed of directionsOf(pair, baskets.count, request))
      suggestions.push(suggestionOf(directed, baskets.count, buyers, customers, settings, itemOf));
  return suggestions.toSorted(byFrequency);
}

/** The directions of a pair that the request accepts; by support, the direction from the rarer item. */
function directionsOf(pair: PairCount, orders: number, request: SuggestionRequest): readonly PairCount[] {
  if (pair.joint * orders < request.minLift * pair.withA * pair.withB) return [];
  const turned = { a: pair.b, b: pair.a, joint: pair.joint, withA: pair.withB, withB: pair.withA };
  if (request.metric === "support") {
    if (pair.joint * 100 < request.percent * orders) return [];
    return [pair.withA <= pair.withB ? pair : turned];
  }
  return [pair, turned].filter(({ joint, withA }) => joint * 100 >= request.percent * withA);
}

function buyersByItem(customers: readonly WindowQuantities[]): ReadonlyMap<number, readonly number[]> {
  const buyers = new Map<number, number[]>();
  customers.forEach((quantities, customer) => {
    for (const [item, quantity] of quantities) {
      if (quantity <= 0) continue;
      const own = buyers.get(item);
      if (own === undefined) buyers.set(item, [customer]);
      else own.push(customer);
    }
  });
  return buyers;
}

function suggestionOf(
  { a, b, joint, withA, withB }: PairCount,
  orders: number,
  buyers: ReadonlyMap<number, readonly number[]>,
  customers: readonly WindowQuantities[],
  settings: Pick<CodeRedSettings, "percent" | "linkDirection">,
  itemOf: (number: number) => ItemId,
): LinkSuggestion {
  const quantities = (buyers.get(a) ?? []).map((customer) => ({
    anchor: customers[customer]?.get(a) ?? 0,
    linked: Math.max(0, customers[customer]?.get(b) ?? 0),
  }));
  const typical = median(quantities.flatMap(({ anchor, linked }) => (linked > 0 ? [linked / anchor] : [])));
  const ratio = nearestRatio(typical ?? 1);
  const wouldBeRed = quantities.filter((one) => linkLight(one, ratio, settings).light === "red").length;
  return {
    itemId: itemOf(a),
    linkedItemId: itemOf(b),
    ...ratio,
    joint,
    withItem: withA,
    withLinked: withB,
    orders,
    lift: (joint * orders) / (withA * withB),
    buyers: quantities.length,
    wouldBeRed,
  };
}

const byFrequency = (x: LinkSuggestion, y: LinkSuggestion): number =>
  y.joint - x.joint || (x.itemId < y.itemId ? -1 : x.itemId > y.itemId ? 1 : x.linkedItemId < y.linkedItemId ? -1 : 1);
