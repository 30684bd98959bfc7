import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type ItemLink, type LinkedPair, mirrored, pairName } from "../catalog/item-link.ts";
import { daysBetween } from "../platform/period.ts";
import { type Day, type Instant, type UserId, daySchema, instantSchema, userIdSchema } from "../platform/values.ts";
import { type LinkSuggestion, linkSuggestionSchema, suggestionRequestSchema } from "./suggest-links.ts";

/** The last suggestions of a tenant: what was asked for, by whom and when, and what was found. */
export const suggestionRunSchema = z.object({
  ...suggestionRequestSchema.shape,
  /** The last day of the orders that were counted. */
  asOf: daySchema,
  orders: z.int(),
  held: z.int(),
  at: instantSchema,
  by: userIdSchema.optional(),
});
export type SuggestionRun = Immutable<z.output<typeof suggestionRunSchema>>;

export const decisions = ["accepted", "rejected"] as const;

/** What somebody has decided about a suggested pair, with its figures of then. */
export const linkDecisionSchema = linkSuggestionSchema.extend({
  state: z.enum(decisions),
  at: instantSchema,
  by: userIdSchema.optional(),
  /** The days whose orders were counted. */
  from: daySchema,
  asOf: daySchema,
});
export type LinkDecision = Immutable<z.output<typeof linkDecisionSchema>>;

export const suggestionStates = ["suggested", ...decisions] as const;

/** A suggestion with its state, and who made it so and when. */
export interface ReviewedSuggestion extends LinkSuggestion {
  readonly state: (typeof suggestionStates)[number];
  readonly at: Instant;
  readonly by?: UserId | undefined;
  /** When the pair was rejected that is suggested again, because its orders have doubled. */
  readonly rejectedAt?: Instant | undefined;
}

export interface ReviewGiven {
  readonly run: SuggestionRun | undefined;
  readonly suggestions: readonly LinkSuggestion[];
  readonly decisions: readonly LinkDecision[];
  readonly links: readonly LinkedPair[];
}

/**
 * The suggestions to review, and those that were decided (docs/reference/code-red.md 7): one decision counts for both
 * directions of its pair. Pairs that are linked otherwise are left out.
 */
export function reviewed({ run, suggestions, decisions: made, links }: ReviewGiven): readonly ReviewedSuggestion[] {
  const linked = new Set(links.map(pairName));
  const byPair = new Map(made.map((decision) => [pairName(decision), decision]));
  const decided = made.filter(({ state, ...pair }) => state === "rejected" || linked.has(pairName(pair)));
  if (run === undefined) return decided.map(ofDecision);
  const open = suggestions.flatMap((suggestion): ReviewedSuggestion[] => {
    const name = pairName(suggestion);
    if (linked.has(name)) return [];
    const decision = byPair.get(name);
    const isRejected = decision?.state === "rejected";
    if (isRejected && !hasDoubled(decision, suggestion, run)) return [];
    const { at, by } = run;
    return [{ ...suggestion, state: "suggested", at, by, ...(isRejected ? { rejectedAt: decision.at } : {}) }];
  });
  const reopened = new Set(open.map(pairName));
  return [...open, ...decided.filter((decision) => !reopened.has(pairName(decision))).map(ofDecision)];
}

const ofDecision = ({ from: _from, asOf: _asOf, ...decision }: LinkDecision): ReviewedSuggestion => decision;

/**
 * Whether the orders with both items have at least doubled since a pair was rejected. Of a longer past twice as many a
 * day are needed, so that an earlier first day alone brings nothing back.
 */
export function hasDoubled(
  { joint: before, from, asOf }: LinkDecision,
  { joint }: Pick<LinkSuggestion, "joint">,
  run: Pick<SuggestionRun, "from" | "asOf">,
): boolean {
  if (run.from >= from) return joint >= 2 * before;
  return joint * daysOf(from, asOf) >= 2 * before * daysOf(run.from, run.asOf);
}

const daysOf = (from: Day, to: Day): number => daysBetween(from, to) + 1;

/** The suggestion of a pair in this direction, else in the other one. */
export const suggestionOf = <T extends LinkedPair>(suggestions: readonly T[], pair: LinkedPair): T | undefined =>
  suggestions.find((one) => isPair(one, pair)) ?? suggestions.find((one) => isPair(one, mirrored(pair)));

export const isPair = (one: LinkedPair, other: LinkedPair): boolean =>
  one.itemId === other.itemId && one.linkedItemId === other.linkedItemId;

/** The link that an accepted suggestion makes. */
export const linkOf = ({ itemId, linkedItemId, ratio, linkedRatio }: LinkSuggestion): ItemLink => ({
  itemId,
  linkedItemId,
  ratio,
  linkedRatio,
});
