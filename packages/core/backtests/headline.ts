import { counted } from "../platform/counted.ts";
import { median } from "../platform/statistics.ts";
import { toDay } from "../platform/values.ts";
import { type MovedAlert, type NumberedEpisode, alertsAtEqualNumber } from "./equal-number.ts";
import type { CustomerTrial, Episode } from "./kind-backtest.ts";

/** What a sales manager wants to know, for the last year that can be assessed. */
export interface Headline {
  readonly from: string;
  readonly to: string;
  /** Alerts at `high`, and those after which the customer ordered nothing in the horizon. */
  readonly alerts: number;
  readonly left: number;
  /** The same of the longest silences, at as many alerts. */
  readonly longestAlerts: number;
  readonly longestLeft: number;
  /** Median days of silence at the alerts of each. */
  readonly silentDays: number | null;
  readonly longestSilentDays: number | null;
  readonly says: string;
}

const YEAR_DAYS = 365;
/** Fewer alerts than these say nothing about a rule. */
const FEWEST_ALERTS = 5;
/** Days of silence are the first measure of an episode. */
const DAYS = 0;

/** The sentence that the report leads with; `null` when no silence can be assessed. */
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
    episode.high === undefined || !isIn(episode, episode.high)
      ? []
      : [{ day: episode.high, isRight: episode.isRightOn(episode.high) }],
  );
  const longest = alertsAtEqualNumber(episodes, DAYS, told.length, isIn);
  const figures = {
    from: toDay(from),
    to: toDay(until),
    alerts: told.length,
    left: told.filter(({ isRight }) => isRight).length,
    longestAlerts: Math.round(partsOf(longest)),
    longestLeft: Math.round(partsOf(longest.filter(({ isRight }) => isRight))),
    silentDays: median(told.map(({ day }) => day)) ?? null,
    longestSilentDays: median(longest.map(({ day }) => day)) ?? null,
  };
  return { ...figures, says: sentenceOf(figures) };
}

const partsOf = (alerts: readonly MovedAlert[]): number => alerts.reduce((total, { part }) => total + part, 0);

function sentenceOf(figures: Omit<Headline, "says">): string {
  const { from, to, alerts, left, longestAlerts, longestLeft } = figures;
  if (alerts === 0) return `It would have told you about no customer from ${from} to ${to}: too few to tell.`;
  const as = longestAlerts === alerts ? "" : ` of ${longestAlerts}`;
  const few = alerts < FEWEST_ALERTS ? " These are too few to tell." : "";
  return `Of the ${counted(alerts, "customer")} it would have told you about from ${from} to ${to}, ${left} had left; the list of longest silence would have had ${longestLeft}${as}.${differenceText(figures)}${few}`;
}

/** Where the longest silence is the better sign, and how long one waits for it. */
function differenceText({ alerts, left, longestAlerts, longestLeft, ...days }: Omit<Headline, "says">): string {
  if (longestLeft * alerts <= left * longestAlerts || longestLeft <= left) return "";
  const later = (days.longestSilentDays ?? 0) > (days.silentDays ?? 0);
  const waits = later ? `, but on day ${days.longestSilentDays} of the silence instead of day ${days.silentDays}` : "";
  return ` Here the longest silence is right more often${waits}.`;
}
