import { backtestIdSchema } from "@regulars/core/insights/backtests/backtest";
import { jobIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { daySchema, tenantIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";

/** A night to run: `{tenantId, asOf}` is what makes it one night. */
export const nightMessageSchema = z.object({
  tenantId: tenantIdSchema,
  asOf: daySchema,
  /** Started by the clock: its end sets the next night, and its digests wait for the morning. */
  isScheduled: z.boolean().default(false),
  /** Findings only: messages are kept back. */
  isWithheld: z.boolean().default(false),
});
export type NightMessage = z.output<typeof nightMessageSchema>;

/** A tenant whose notifications, or whose marked customer-years, are to be seen to. */
export const tenantMessageSchema = z.object({ tenantId: tenantIdSchema });

/** A backtest that somebody asked for. */
export const backtestMessageSchema = z.object({ tenantId: tenantIdSchema, backtestId: backtestIdSchema });

/** A plan at whose desk something waits, or a mass action that is not done. */
export const planMessageSchema = z.union([
  z.object({ tenantId: tenantIdSchema, jobId: jobIdSchema }),
  z.object({ tenantId: tenantIdSchema, planId: planIdSchema }),
]);
