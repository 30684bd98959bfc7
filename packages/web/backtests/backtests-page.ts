import { isOpen, standingAt } from "@regulars/core/bulk-engine/attempts";
import { type BacktestId, type BacktestRun, backtestIdSchema } from "@regulars/core/backtests/backtest";
import { type BacktestOptions, backtestBounds, backtestOptionsSchema } from "@regulars/core/backtests/options";
import type { BacktestReport } from "@regulars/core/backtests/run";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant } from "@regulars/core/platform/values";
import { startBacktest } from "@regulars/flows/backtests/start-backtest";
import * as z from "zod";
import { STARTS_BACKTESTS, holdsOne } from "../page/needs.ts";
import { refuseField } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A tenant's backtests, newest first. */
export interface BacktestsPage {
  readonly tenant: Tenant;
  readonly mayStart: boolean;
  readonly backtestRuns: readonly BacktestRun[];
  /** Whether a backtest is running; another one cannot start meanwhile. */
  readonly isOneOpen: boolean;
}

const SHOWN = 20;

export async function readBacktestsPage(opened: OpenTenant, now: Instant): Promise<Result<BacktestsPage>> {
  const { tenant, whole } = opened;
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const { backtestRuns } = await whole.backtests.page(SHOWN);
  return ok({
    tenant,
    mayStart: holdsOne(opened, STARTS_BACKTESTS),
    backtestRuns: backtestRuns.map((backtestRun) => standingAt(backtestRun, now)),
    isOneOpen: backtestRuns.some((backtestRun) => isOpen(backtestRun, now)),
  });
}

export async function readReport(
  { tenant, words, whole: { backtests } }: OpenTenant,
  id: string,
): Promise<Result<BacktestReport>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const backtestId = backtestIdSchema.safeParse(id);
  const report = backtestId.success ? await backtests.report(backtestId.data) : undefined;
  return report === undefined ? refuse("unknown-backtest", words.say("backtests.noReport")) : ok(report);
}

const { least, most, usual } = backtestBounds.horizonDays;
const formSchema = z.object({ horizonDays: z.coerce.number().int().min(least).max(most).default(usual) });

/** Requests a backtest with the values of the page's form. The caller must then queue its message. */
export async function askForBacktest(
  { tenant, words, by: actorId, whole: { backtests: store } }: OpenTenant,
  form: unknown,
  now: Instant,
): Promise<Result<BacktestId>> {
  const asked = formSchema.safeParse(form);
  if (!asked.success) return refuseField("horizonDays", words.say("backtests.badHorizon", { from: least, upto: most }));
  const options: BacktestOptions = backtestOptionsSchema.parse(asked.data);
  const letters = crypto.randomUUID().replaceAll("-", "");
  const started = await startBacktest({ tenant, store, options, actorId, now, letters });
  return started.ok ? ok(started.value.backtestId) : started;
}
