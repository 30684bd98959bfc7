import { addDays, instantOf, lastCompletedDay, localDay } from "@regulars/core/period";
import type { User } from "@regulars/core/people";
import type { AsOf } from "@regulars/core/ports";
import type { Tenant } from "@regulars/core/tenant";
import { type Instant, toInstant } from "@regulars/core/values";
import { notOver } from "@regulars/flows/list-findings";
import { runNight } from "@regulars/flows/run-night";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants";
import type { Context, SQSEvent } from "aws-lambda";
import { dailyTimes } from "../../../infra/spec.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";
import { type NightMessage, nightMessageSchema } from "./messages.ts";

/** Runs the nights that are asked for, one message one tenant. */
export const tenantNight = (runtime: Runtime) =>
  queueHandler(nightMessageSchema, (message) => night(message, runtime), runtime);

async function night(message: NightMessage, runtime: Runtime): Promise<void> {
  const startedAt = runtime.clock();
  const directory = openTenantDirectory(runtime.table);
  const tenant = await directory.find(message.tenantId);
  if (tenant === undefined) throw new Error(`there is no tenant ${message.tenantId}`);
  const now = toInstant(startedAt);
  const store = openTenantStore(runtime.table, tenant);
  const summary = await runNight({
    tenant,
    at: dayOf(message, tenant, now),
    store: store.night,
    links: runtime.links,
    alertsDueAt: now,
    digestsDueAt: (rep) => (message.isScheduled ? morningOf(rep, tenant, now) : now),
    isWithheld: message.isWithheld,
  });
  if (message.isScheduled) await directory.scheduleNight(tenant.tenantId, nextNight(tenant, now));
  if (!message.isWithheld) await runtime.queues.send("deliveries", { tenantId: tenant.tenantId });
  const { readRequestUnits, writeRequestUnits, itemsRead, itemsWritten } = store.usage;
  const ms = runtime.clock() - startedAt;
  runtime.report("night", { ...summary, itemsRead, itemsWritten, readRequestUnits, writeRequestUnits, ms });
}

/** The day after the night's day is seen too when it is today: it may clear (insights.md G2). */
function dayOf({ asOf }: NightMessage, tenant: Tenant, now: Instant): AsOf {
  const last = lastCompletedDay(now, tenant.timeZone);
  if (asOf > last) throw new Error(notOver(asOf, last, tenant));
  return asOf === last ? { asOf, liveOn: addDays(asOf, 1) } : { asOf };
}

function morningOf(rep: User, tenant: Tenant, now: Instant): Instant {
  const zone = rep.timeZone ?? tenant.timeZone;
  const morning = instantOf(localDay(now, zone), dailyTimes.digest, zone);
  return morning < now ? now : morning;
}

/** The tenant's next local night time after now. */
export function nextNight(tenant: Pick<Tenant, "timeZone">, now: Instant): Instant {
  const today = localDay(now, tenant.timeZone);
  const tonight = instantOf(today, dailyTimes.night, tenant.timeZone);
  return tonight > now ? tonight : instantOf(addDays(today, 1), dailyTimes.night, tenant.timeZone);
}

export const handler = (event: SQSEvent, context: Context) => tenantNight(cloudRuntime())(event, context);
