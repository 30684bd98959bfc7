import { findingJson } from "@regulars/core/insights/finding-json";
import type { Card } from "@regulars/core/insights/ranking";
import { scopeName } from "@regulars/core/list-scope";
import type { ForYouPage } from "./for-you.ts";

const cardJson = ({ finding, folded, atStakeMinor }: Card) => ({
  ...findingJson(finding),
  cardAtStakeMinor: atStakeMinor,
  folded: folded.map(findingJson),
});

/** The page as programs get it, from the command line and over HTTP: the two sections of seed 000. */
export const forYouJson = ({ asOf, scope, forYou: list, insights }: ForYouPage) => ({
  asOf,
  scope: scopeName(scope),
  forYou: {
    budget: list.budget,
    ranked: list.ranked.map((card, i) => ({
      rank: i + 1,
      isWithinBudget: i < list.budget,
      isFresh: card.finding.since === asOf,
      ...cardJson(card),
    })),
    winBack: list.winBack.map(cardJson),
    setAside: list.setAside.map(cardJson),
  },
  insights,
});
