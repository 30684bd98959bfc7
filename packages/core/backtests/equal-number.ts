import { firstOver } from "./first-over.ts";
import type { Episode } from "./kind-backtest.ts";

/** An alert of a rule whose limit was moved. */
export interface MovedAlert {
  readonly customer: number;
  /** Of the silence. */
  readonly day: number;
  readonly isRight: boolean;
  /** 1, or less where of equally long silences not all may be told. */
  readonly part: number;
}

/** Episodes with the number of their customer. */
export type NumberedEpisode = readonly [customer: number, episode: Episode];

/**
 * The alerts of a rule if its limit were such that it alerts as often as `high`: the best that can be said for it,
 * because the limit is chosen with hindsight. Where more are equally long than may be told, each counts in part, as if
 * they were drawn by lot. `counts` says whether an alert on a day is compared.
 */
export function alertsAtEqualNumber(
  episodes: readonly NumberedEpisode[],
  degree: number,
  number: number,
  counts: (episode: Episode, day: number) => boolean = () => true,
): readonly MovedAlert[] {
  if (number === 0) return [];
  const limits = [...new Set(episodes.map(([, { to, degreeAt }]) => degreeAt(degree, to)))].toSorted((a, b) => a - b);
  const alertsOver = (limit: number): readonly Told[] =>
    episodes.flatMap(([customer, episode]) => {
      const day = firstOver(episode, degree, limit);
      return day === undefined || !counts(episode, day)
        ? []
        : [{ episode, alert: { customer, day, isRight: episode.isRightOn(day), part: 1 } }];
    });
  let [low, high] = [0, limits.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (alertsOver(limits[middle] ?? Infinity).length <= number) high = middle;
    else low = middle + 1;
  }
  const told = alertsOver(limits[low] ?? Infinity);
  const alerts = told.map(({ alert }) => alert);
  const toldEpisodes = new Set(told.map(({ episode }) => episode));
  const lower = limits[low - 1];
  if (lower === undefined || told.length === number) return alerts;
  const equal = alertsOver(lower).filter(({ episode }) => !toldEpisodes.has(episode));
  const part = (number - told.length) / equal.length;
  return [...alerts, ...equal.map(({ alert }) => ({ ...alert, part }))];
}

interface Told {
  readonly episode: Episode;
  readonly alert: MovedAlert;
}
