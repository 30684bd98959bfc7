import * as z from "zod";
import { attemptFields, queued } from "../bulk-engine/attempts.ts";
import type { Instant } from "../platform/values.ts";
import { backtestOptionsSchema } from "./options.ts";

declare const brand: unique symbol;
/** `bt_…`: the time of the request, then letters. Text order is the order of time. */
export type BacktestId = string & { readonly [brand]: "BacktestId" };

export const backtestIdSchema = z
  .string()
  .regex(/^bt_\d{17}_[0-9a-z]{10}$/, "is not the id of a backtest")
  .transform((text) => text as BacktestId);

const LETTERS = 10;

/** The id of a backtest requested now; `letters` make ids of the same millisecond different. */
export const backtestIdOf = (now: Instant, letters: string): BacktestId =>
  backtestIdSchema.parse(`bt_${now.replaceAll(/\D/g, "")}_${letters.slice(0, LETTERS)}`);

/** A requested backtest; its report is stored separately. */
export const backtestRunSchema = z.object({
  ...attemptFields,
  backtestId: backtestIdSchema,
  options: backtestOptionsSchema,
  createdBy: z.string(),
  customersRead: z.int(),
  customersTried: z.int(),
});
export type BacktestRun = Readonly<z.output<typeof backtestRunSchema>>;

/** The progress of a backtest that has just begun. */
export const noProgress = { customersRead: 0, customersTried: 0 } as const satisfies Partial<BacktestRun>;
export type BacktestProgress = Pick<BacktestRun, keyof typeof noProgress>;

/** A newly requested backtest. */
export const queuedBacktest = ({
  createdAt,
  ...asked
}: Pick<BacktestRun, "backtestId" | "options" | "createdAt" | "createdBy">): BacktestRun => ({
  ...asked,
  ...queued(createdAt),
  ...noProgress,
});
