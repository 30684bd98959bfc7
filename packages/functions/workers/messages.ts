import { isDeepStrictEqual } from "node:util";
import { backtestIdSchema } from "@regulars/core/backtests/backtest";
import { operationIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import {
  type CustomerId,
  type TenantId,
  customerIdSchema,
  daySchema,
  tenantIdSchema,
} from "@regulars/core/platform/values";
import { nightPartSchema } from "@regulars/core/nightly/night-parts";
import type { SettingsChange } from "@regulars/core/insights/tenant-settings";
import { changesStatuses, namesStatusTerms } from "@regulars/core/monitors/tenant-settings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import * as z from "zod";

/** A nightly run to start; `{tenantId, asOf}` identifies it. */
export const nightlyMessageSchema = z.object({
  tenantId: tenantIdSchema,
  asOf: daySchema,
  /** Started by the clock: the run sets the time of the next one, and its digests are due in the morning. */
  isScheduled: z.boolean().default(false),
  /** Saves findings, but keeps messages on hold. */
  isOnHold: z.boolean().default(false),
  /** Runs even if a later day's nightly run has run. */
  mayRewind: z.boolean().default(false),
  /** A part of the night of a large tenant. */
  part: nightPartSchema.optional(),
});
export type NightlyMessage = z.output<typeof nightlyMessageSchema>;

/** A tenant with due notifications, or with dirty markers to rebuild. */
export const tenantMessageSchema = z.object({ tenantId: tenantIdSchema });

/**
 * A tenant with dirty markers to rebuild, and the customers whose statuses may be others; `everybody`: all;
 * `isOfAllChanged`: whoever has changed since the last nightly run, because earlier messages may be lost. Of what an
 * earlier message had no time for: one shard to rebuild, or the first shard whose statuses are left.
 */
export const rebuildMessageSchema = tenantMessageSchema.extend({
  customerIds: z.array(customerIdSchema).optional(),
  everybody: z.boolean().optional(),
  isOfAllChanged: z.boolean().optional(),
  shard: z.int().nonnegative().optional(),
  settleFrom: z.int().nonnegative().optional(),
});
export type RebuildMessage = z.output<typeof rebuildMessageSchema>;

/** More changed customers than this are everybody. */
const MOST_NAMED = 500;

/** The message after changes: what was changed is packed anew, and the statuses of these customers are settled. */
export const rebuildMessageOf = (
  tenantId: TenantId,
  changed: ReadonlySet<CustomerId> = new Set(),
): z.output<typeof rebuildMessageSchema> => ({
  tenantId,
  ...(changed.size === 0 ? {} : changed.size > MOST_NAMED ? { everybody: true } : { customerIds: [...changed] }),
});

/**
 * The message after a change of settings by which other statuses may hold; `undefined` after any other. Settings that were
 * stored already get it again: whoever repeats a change may do so because its message was lost.
 */
export const settingsMessageOf = (
  before: Tenant,
  after: Tenant,
  change: SettingsChange = {},
): z.output<typeof rebuildMessageSchema> | undefined =>
  changesStatuses(before, after) || (isDeepStrictEqual(before, after) && namesStatusTerms(change))
    ? { tenantId: after.tenantId, everybody: true }
    : undefined;

/** A queued erasure. */
export const erasureMessageSchema = z.object({ tenantId: tenantIdSchema, erasureId: z.string().min(1) });

/** A queued backtest. */
export const backtestMessageSchema = z.object({ tenantId: tenantIdSchema, backtestId: backtestIdSchema });

/** A plan with queued leads, or a bulk operation that is not done. */
export const planMessageSchema = z.union([
  z.object({ tenantId: tenantIdSchema, operationId: operationIdSchema }),
  z.object({ tenantId: tenantIdSchema, planId: planIdSchema }),
]);
