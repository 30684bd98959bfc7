import { findingJson } from "@regulars/core/insights/finding-json";
import type { RankedEntry } from "@regulars/core/insights/rank";
import { scopeName } from "@regulars/core/customers/list-scope";
import type { ForYouPage } from "./for-you.ts";

const cardJson = ({ finding, folded, atStakeMinor }: RankedEntry) => ({
  ...findingJson(finding),
  cardAtStakeMinor: atStakeMinor,
  folded: folded.map(findingJson),
});

/**
 * The For You page as JSON, for the command line and HTTP: its two sections, with the user's open tasks. At most
 * `limit` of each list; the counts are of all.
 */
export const forYouJson = <Task>(
  { asOf, scope, forYou: list, insights }: ForYouPage,
  tasks: readonly Task[] = [],
  limit = Infinity,
) => ({
  asOf,
  scope: scopeName(scope),
  forYou: {
    budget: list.budget,
    customersSetAside: list.customersSetAside,
    counts: {
      ranked: list.ranked.length,
      toWatch: list.toWatch.length,
      winBack: list.winBack.length,
      setAside: list.setAside.length,
    },
    ranked: list.ranked.slice(0, limit).map((card, i) => ({
      rank: i + 1,
      isWithinBudget: i < list.budget,
      isFresh: card.finding.since === asOf,
      ...cardJson(card),
    })),
    toWatch: list.toWatch.slice(0, limit).map(cardJson),
    winBack: list.winBack.slice(0, limit).map(cardJson),
    setAside: list.setAside.slice(0, limit).map(cardJson),
    toDo: { count: tasks.length, tasks: tasks.slice(0, limit) },
  },
  insights,
});
