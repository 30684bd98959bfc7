import { counted } from "../platform/counted.ts";
import { toDay } from "../platform/values.ts";
import { type NumberedEpisode, alertsAtEqualNumber } from "./equal-number.ts";
import type { CustomerTrial, Episode } from "./kind-backtest.ts";

/** What a sales manager wants to know, for the last year that can be judged. */
export interface Headline {
  readonly from: string;
  readonly to: string;
  /** Alerts at `high`, and those after which the customer ordered nothing in the horizon. */
  readonly alerts: number;
  readonly left: number;
  /** The same of the longest silences, at as nearly as many alerts as possible. */
  readonly longestAlerts: number;
  readonly longestLeft: number;
  readonly says: string;
}

const YEAR_DAYS = 365;
/** Fewer alerts than these say nothing about a rule. */
const FEWEST_ALERTS = 5;
/** Days of silence are the first measure of an episode. */
const DAYS = 0;

/** The sentence that the report leads with; `null` when no silence can be judged. */
export function headlineOf(trials: readonly CustomerTrial[]): Headline | null {
  const episodes = trials.flatMap(({ episodes: own = [] }, customer) =>
    own.map((episode): NumberedEpisode => [customer, episode]),
  );
  const ends = episodes.map(([, { last, to }]) => last + to);
  if (ends.length === 0) return null;
  const until = ends.reduce((most, end) => Math.max(most, end), -Infinity);
  const begin = episodes.reduce((least, [, { last }]) => Math.min(least, last), Infinity);
  const from = Math.max(until - YEAR_DAYS + 1, begin);
  const isIn = ({ last }: Episode, day: number): boolean => last + day >= from && last + day <= until;
  const told = episodes.flatMap(([, episode]) =>
    episode.high === undefined || !isIn(episode, episode.high) ? [] : [episode.isRightOn(episode.high)],
  );
  const longest = alertsAtEqualNumber(episodes, DAYS, told.length, isIn);
  const figures = {
    from: toDay(from),
    to: toDay(until),
    alerts: told.length,
    left: told.filter(Boolean).length,
    longestAlerts: longest.length,
    longestLeft: longest.filter(({ isRight }) => isRight).length,
  };
  return { ...figures, says: sentenceOf(figures) };
}

function sentenceOf(figures: Omit<Headline, "says">): string {
  const { from, to, alerts, left, longestAlerts, longestLeft } = figures;
  if (alerts === 0) return `It would have told you about no customer from ${from} to ${to}: too few to judge.`;
  const as = longestAlerts === alerts ? "" : ` of ${longestAlerts}`;
  const few = alerts < FEWEST_ALERTS ? " These are too few to judge." : "";
  const better =
    longestLeft * alerts > left * longestAlerts && longestLeft > left
      ? " Here the longest silence is the better sign."
      : "";
  return `Of the ${counted(alerts, "customer")} it would have told you about from ${from} to ${to}, ${left} had left; the list of longest silence would have had ${longestLeft}${as}.${better}${few}`;
}
