import { round } from "./estimate.ts";
import type { CustomerTrial } from "./kind-backtest.ts";

/** What came of the statements with a chance in `[from, to)`. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly statements: number;
  readonly stated: number | null;
  readonly cameTrue: number | null;
}

/** How true the stated chances and sums were. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** The mean distance of what was stated from what came true, weighted by statements. */
  readonly error: number;
  /**
   * Money stated as at stake of what was to act on, and what of it was lost, minor units; their ratio, absent where
   * nothing was lost.
   */
  readonly statedMinor: number;
  readonly lostMinor: number;
  readonly statedByLost: number | null;
  /** Bins that are off by more than .15 with at least 50 statements, in words; the chances are not changed by it. */
  readonly notes: readonly string[];
  /** Of the silences that ended with an order, the shares that had reached each level. */
  readonly ended: { readonly silences: number; readonly medium: number | null; readonly high: number | null };
}

const BINS = 10;
const OFF = 0.15;
const ENOUGH = 50;

export function calibrationOf(trials: readonly CustomerTrial[]): Calibration | null {
  const sums = Array.from({ length: BINS }, () => ({ statements: 0, stated: 0, cameTrue: 0 }));
  let [all, statedMinor, lostMinor] = [0, 0, 0];
  for (const { candidates = [] } of trials)
    for (const { chance, cameTrue, atStakeMinor, valueMinor, isLost, isToActOn } of candidates) {
      const sum = sums[Math.min(BINS - 1, Math.floor(chance * BINS))];
      if (sum === undefined) continue;
      all += 1;
      sum.statements += 1;
      sum.stated += chance;
      if (cameTrue) sum.cameTrue += 1;
      if (!isToActOn || isLost === undefined) continue;
      statedMinor += atStakeMinor;
      if (isLost) lostMinor += valueMinor;
    }
  if (all === 0) return null;
  const bins = sums.map(({ statements, stated, cameTrue }, i) => ({
    from: i / BINS,
    to: (i + 1) / BINS,
    statements,
    stated: statements === 0 ? null : round(stated / statements, 4),
    cameTrue: statements === 0 ? null : round(cameTrue / statements, 4),
  }));
  const off = sums.reduce((total, { stated, cameTrue }) => total + Math.abs(stated - cameTrue), 0);
  return {
    bins,
    error: round(off / all, 4),
    statedMinor: Math.round(statedMinor),
    lostMinor: Math.round(lostMinor),
    statedByLost: lostMinor === 0 ? null : round(statedMinor / lostMinor, 3),
    notes: bins.flatMap(noteOf),
    ended: endedOf(trials),
  };
}

const percent = (part: number): string => `${Math.round(100 * part)} %`;

function noteOf({ statements, stated, cameTrue }: CalibrationBin): string[] {
  if (stated === null || cameTrue === null || statements < ENOUGH || Math.abs(stated - cameTrue) <= OFF) return [];
  return [
    `Where about ${percent(stated)} was stated, ${percent(cameTrue)} of ${statements} ordered nothing: on these orders read it as that.`,
  ];
}

function endedOf(trials: readonly CustomerTrial[]): Calibration["ended"] {
  let [silences, medium, high] = [0, 0, 0];
  for (const { ended } of trials) {
    silences += ended?.count ?? 0;
    medium += ended?.medium ?? 0;
    high += ended?.high ?? 0;
  }
  const part = (count: number): number | null => (silences === 0 ? null : round(count / silences, 4));
  return { silences, medium: part(medium), high: part(high) };
}
