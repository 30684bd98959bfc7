import { firstOver } from "./first-over.ts";
import type { Episode } from "./kind-backtest.ts";

/** An alert of a rule whose limit was moved. */
export interface MovedAlert {
  readonly customer: number;
  readonly isRight: boolean;
}

/** Episodes with the number of their customer. */
export type NumberedEpisode = readonly [customer: number, episode: Episode];

/**
 * The alerts of a rule if its limit were such that it alerts as often as `high`, as nearly as it can: the best that can
 * be said for it, because the limit is chosen with hindsight. `counts` says whether an alert on a day is compared.
 */
export function alertsAtEqualNumber(
  episodes: readonly NumberedEpisode[],
  degree: number,
  number: number,
  counts: (episode: Episode, day: number) => boolean = () => true,
): readonly MovedAlert[] {
  const limits = [...new Set(episodes.map(([, { to, degreeAt }]) => degreeAt(degree, to)))].toSorted((a, b) => a - b);
  const alertsOver = (limit: number): MovedAlert[] =>
    episodes.flatMap(([customer, episode]) => {
      const day = firstOver(episode, degree, limit);
      return day === undefined || !counts(episode, day) ? [] : [{ customer, isRight: episode.isRightOn(day) }];
    });
  let [low, high] = [0, limits.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (alertsOver(limits[middle] ?? Infinity).length <= number) high = middle;
    else low = middle + 1;
  }
  if (number === 0) return [];
  const fewer = alertsOver(limits[low] ?? Infinity);
  const more = low === 0 ? fewer : alertsOver(limits[low - 1] ?? Infinity);
  return more.length - number < number - fewer.length ? more : fewer;
}
