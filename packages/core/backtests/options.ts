import * as z from "zod";
import { wholeFrom } from "../platform/whole-number.ts";

/** Bounds of a backtest's options: more draws do not improve the intervals, and take very long. */
export const backtestBounds = {
  horizonDays: { least: 7, most: 730, usual: 90 },
  seed: { least: 0, most: 2 ** 31, usual: 1 },
  resamples: { least: 20, most: 10_000, usual: 1_000 },
} as const;

const within = ({ least, most, usual }: { readonly least: number; readonly most: number; readonly usual: number }) =>
  wholeFrom(least, most).default(usual);

/** Options of a backtest; the same options on the same orders give the same report. */
export const backtestOptionsSchema = z.strictObject({
  horizonDays: within(backtestBounds.horizonDays),
  seed: within(backtestBounds.seed),
  resamples: within(backtestBounds.resamples),
});
export type BacktestOptions = Readonly<z.output<typeof backtestOptionsSchema>>;
