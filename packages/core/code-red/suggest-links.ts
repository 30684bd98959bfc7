import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { choiceFrom } from "../platform/choice.ts";
import { compareText } from "../platform/compare.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { wholeFrom } from "../platform/whole-number.ts";
import { type ItemId, daySchema, itemIdSchema } from "../platform/values.ts";
import { linkEffect } from "./link-effect.ts";
import { type Baskets, type PairCount, countPairs } from "./pairs.ts";
import type { QuantityTable } from "./purchases.ts";
import type { CodeRedSettings } from "./settings.ts";

export const suggestionMetrics = ["confidence", "support"] as const;

/** What is asked for when links are suggested (docs/reference/code-red.md 7). */
export const suggestionRequestSchema = z.strictObject({
  /** The first day of the orders that are counted. */
  from: daySchema,
  percent: wholeFrom(1, 100),
  /** Of all orders that have the first item, or of all orders. */
  metric: choiceFrom(suggestionMetrics).default("confidence"),
  /** The fewest orders with both; default: 20 for more than 5,000 orders, else 5. */
  minJoint: wholeFrom(1, 1_000_000).optional(),
  /** Without guards: every pair that reaches the percent, however rare or by chance. */
  literal: z.boolean().default(false),
  /** Also those that would be red for more than a third of the customers who buy the item. */
  all: z.boolean().default(false),
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
  /** Of the customers who buy the item, those for whom the link would be red. */
  buyers: z.int(),
  wouldBeRed: z.int(),
});
export type LinkSuggestion = Immutable<z.output<typeof linkSuggestionSchema>>;

/** The figures of a suggestion as shares of 1, and its lift. */
export const figuresOf = ({ joint, orders, withItem, withLinked }: LinkSuggestion) => ({
  support: joint / orders,
  confidence: joint / withItem,
  lift: (joint * orders) / (withItem * withLinked),
});

/** Whether it is offered without being asked for: it would be red for at most a third of those who buy the item. */
export const isOffered = ({ buyers, wouldBeRed }: Pick<LinkSuggestion, "buyers" | "wouldBeRed">): boolean =>
  wouldBeRed * 3 <= buyers;

/** The suggestions that are offered, the most frequent first, and how many are held back. */
interface Suggestions {
  readonly offered: readonly LinkSuggestion[];
  readonly held: number;
}

/** More than anybody can use are a sign of a percent that is too low, and would not fit into memory. */
const MOST_SUGGESTIONS = 200_000;

const USUAL_JOINT = 5;
const MANY_ORDERS = 5_000;
const JOINT_OF_MANY = 20;

/** Suggests links from baskets and window totals. `itemOf` names the item numbers of both. */
export function suggestLinks(
  baskets: Baskets,
  request: SuggestionRequest,
  totals: QuantityTable,
  settings: Pick<CodeRedSettings, "percent" | "linkDirection">,
  itemOf: (number: number) => ItemId,
): Result<Suggestions> {
  const offered: LinkSuggestion[] = [];
  let held = 0;
  for (const pair of countPairs(baskets, minJointOf(request, baskets.count))) {
    if (offered.length >= MOST_SUGGESTIONS)
      return refuse(
        "too-many-suggestions",
        `percent "${request.percent}" suggests more than ${MOST_SUGGESTIONS} links: take a higher percent or more joint orders`,
      );
    for (const { a, b, joint, withA, withB } of directionsOf(pair, baskets.count, request, itemOf)) {
      const effect = linkEffect(totals, a, b, settings);
      if (request.all || request.literal || isOffered(effect))
        offered.push({
          itemId: itemOf(a),
          linkedItemId: itemOf(b),
          joint,
          withItem: withA,
          withLinked: withB,
          orders: baskets.count,
          ...effect,
        });
      else held += 1;
    }
  }
  return ok({ offered: offered.toSorted(byFrequency), held });
}

const minJointOf = ({ minJoint, literal }: SuggestionRequest, orders: number): number =>
  minJoint ?? (literal ? 1 : orders > MANY_ORDERS ? JOINT_OF_MANY : USUAL_JOINT);

/** A lift of at least 1.2, in whole numbers. */
const isLifted = ({ joint, withA, withB }: PairCount, orders: number): boolean =>
  joint * orders * 5 >= 6 * withA * withB;

/** The directions of a pair that the request accepts; by support one, from the rarer item. */
function directionsOf(
  pair: PairCount,
  orders: number,
  request: SuggestionRequest,
  itemOf: (number: number) => ItemId,
): readonly PairCount[] {
  if (!request.literal && !isLifted(pair, orders)) return [];
  const turned = { a: pair.b, b: pair.a, joint: pair.joint, withA: pair.withB, withB: pair.withA };
  if (request.metric === "support") {
    if (pair.joint * 100 < request.percent * orders) return [];
    const isFromA = pair.withA < pair.withB || (pair.withA === pair.withB && itemOf(pair.a) < itemOf(pair.b));
    return [isFromA ? pair : turned];
  }
  return [pair, turned].filter(({ joint, withA }) => joint * 100 >= request.percent * withA);
}

const byFrequency = (x: LinkSuggestion, y: LinkSuggestion): number =>
  y.joint - x.joint || compareText(x.itemId, y.itemId) || compareText(x.linkedItemId, y.linkedItemId);
