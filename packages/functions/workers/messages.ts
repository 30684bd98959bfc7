import { backtestIdSchema } from "@regulars/core/backtests/backtest";
import { operationIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { daySchema, tenantIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";

/** A nightly run to run: `{tenantId, asOf}` is what makes it one nightly run. */
export const nightlyMessageSchema = z.object({
  tenantId: tenantIdSchema,
  asOf: daySchema,
  /** Started by the clock: its end sets the next nightly run, and its digests wait for the morning. */
  isScheduled: z.boolean().default(false),
  /** Findings only: messages are kept back. */
  isOnHold: z.boolean().default(false),
});
export type NightlyMessage = z.output<typeof nightlyMessageSchema>;

/** A tenant whose notifications, or whose marked customer-years, are to be seen to. */
export const tenantMessageSchema = z.object({ tenantId: tenantIdSchema });

/** A backtest that somebody asked for. */
export const backtestMessageSchema = z.object({ tenantId: tenantIdSchema, backtestId: backtestIdSchema });

/** A plan with leads that wait for assignment, or a bulk operation that is not done. */
export const planMessageSchema = z.union([
  z.object({ tenantId: tenantIdSchema, operationId: operationIdSchema }),
  z.object({ tenantId: tenantIdSchema, planId: planIdSchema }),
]);
