import { type Estimate, type Resampling, drawn, estimateOf, once, round, share } from "./estimate.ts";
import { type CustomerTrial, type StatedLevel, statedLevels } from "./kind-backtest.ts";
import { percent } from "./simpler.ts";
import { BINS, StatementSums, type Statements } from "./statement-sums.ts";

/** What came of the statements with a chance in `[from, to)`. */
interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly statements: number;
  readonly stated: number | null;
  readonly cameTrue: number | null;
}

/** What came of the statements at a level. */
interface LevelCalibration {
  readonly level: StatedLevel;
  readonly statements: number;
  readonly stated: number | null;
  readonly cameTrue: Estimate | null;
}

/** How true the stated chances and sums were. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  readonly levels: readonly LevelCalibration[];
  /** The mean distance of what was stated from what came true, weighted by statements. */
  readonly error: number;
  /**
   * Money stated as at stake of what was to act on, and what of it was lost, minor units; their ratio, absent where
   * nothing was lost.
   */
  readonly statedMinor: number;
  readonly lostMinor: number;
  readonly statedByLost: number | null;
  /** The same in number: the sum of the stated chances of loss, and the losses. */
  readonly statedLosses: number;
  readonly losses: number;
  /** What the three customers with the most have of the stated money. */
  readonly largestThree: number | null;
  /** Of the error and of the ratio; draws in which nothing was lost have no ratio. */
  readonly intervals: { readonly error: Estimate | null; readonly statedByLost: Estimate | null };
  /** Bins that are off by more than .15 with at least 50 statements, in words; the chances are not changed by it. */
  readonly notes: readonly string[];
  /** Of the silences that ended with an order, the shares that had reached each level. */
  readonly ended: { readonly silences: number; readonly medium: number | null; readonly high: number | null };
}

const OFF = 0.15;
const ENOUGH = 50;
/** Intervals of chances need fewer draws than a table of rules. */
const MOST_RESAMPLES = 200;

/** Compares what was stated with what came. Yields after each draw, so that the caller can do other work. */
export function* calibrationSteps(
  trials: readonly CustomerTrial[],
  { seed, resamples }: Resampling,
): Generator<undefined, Calibration | null> {
  const telling = trials.flatMap(({ candidates = [] }) => (candidates.length === 0 ? [] : [candidates]));
  if (telling.length === 0) return null;
  const customers = telling.map(StatementSums.of);
  const sums = StatementSums.total(customers, once(customers.length));
  const samples: StatementSums[] = [];
  for (const weights of drawn(customers.length, trials.length, {
    seed,
    resamples: Math.min(resamples, MOST_RESAMPLES),
  })) {
    samples.push(StatementSums.total(customers, weights));
    yield;
  }
  const estimate = (figure: (of: StatementSums) => number | undefined): Estimate | null =>
    estimateOf(figure(sums), samples.map(figure));
  const bins = sums.bins().map(binOf);
  const stated = customers.map(({ statedMinor }) => statedMinor).toSorted((a, b) => b - a);
  return {
    bins,
    levels: statedLevels.map((level) => {
      const { statements, stated: chances } = sums.level(level);
      return {
        level,
        statements,
        stated: partOf(chances, statements),
        cameTrue: estimate((of) => share(of.level(level).cameTrue, of.level(level).statements)),
      };
    }),
    error: round(errorOf(sums) ?? 0, 4),
    statedMinor: Math.round(sums.statedMinor),
    lostMinor: Math.round(sums.lostMinor),
    statedByLost: partOf(sums.statedMinor, sums.lostMinor, 3),
    statedLosses: round(sums.statedLosses, 1),
    losses: sums.losses,
    largestThree: partOf(
      stated.slice(0, 3).reduce((total, one) => total + one, 0),
      sums.statedMinor,
    ),
    intervals: { error: estimate(errorOf), statedByLost: estimate((of) => share(of.statedMinor, of.lostMinor)) },
    notes: bins.flatMap(noteOf),
    ended: endedOf(trials),
  };
}

function errorOf(sums: StatementSums): number | undefined {
  let [off, all] = [0, 0];
  for (const { statements, stated, cameTrue } of sums.bins()) {
    off += Math.abs(stated - cameTrue);
    all += statements;
  }
  return share(off, all);
}

function partOf(part: number, whole: number, decimals = 4): number | null {
  const value = share(part, whole);
  return value === undefined ? null : round(value, decimals);
}

const binOf = ({ statements, stated, cameTrue }: Statements, i: number): CalibrationBin => ({
  from: i / BINS,
  to: (i + 1) / BINS,
  statements,
  stated: partOf(stated, statements),
  cameTrue: partOf(cameTrue, statements),
});

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
  return { silences, medium: partOf(medium, silences), high: partOf(high, silences) };
}
