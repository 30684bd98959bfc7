import * as z from "zod";

/** What a backtest may be asked with, wherever it is asked: draws beyond these change no interval, and take for ever. */
export const backtestBounds = {
  horizonDays: { least: 7, most: 730, usual: 90 },
  seed: { least: 0, most: 2 ** 31, usual: 1 },
  resamples: { least: 20, most: 10_000, usual: 1_000 },
} as const;

const within = ({ least, most, usual }: { readonly least: number; readonly most: number; readonly usual: number }) =>
  z.int().min(least).max(most).default(usual);

/** How a backtest is run; the same options on the same orders give the same report. */
export const backtestOptionsSchema = z.strictObject({
  horizonDays: within(backtestBounds.horizonDays),
  seed: within(backtestBounds.seed),
  resamples: within(backtestBounds.resamples),
});
export type BacktestOptions = Readonly<z.output<typeof backtestOptionsSchema>>;
