import { nextNight } from "@regulars/core/nightly/nightly-hours";
import { toInstant } from "@regulars/core/platform/values";
import { runNight } from "@regulars/flows/nightly/run-nightly";
import type { Runtime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { type NightMessage, nightMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/** Runs the nights that are asked for, one message one tenant. */
export const tenantNight = defineQueueJob({ id: "tenantNight", schema: nightMessageSchema, work });

async function work({ tenantId, ...message }: NightMessage, runtime: Runtime): Promise<void> {
  const startedAt = runtime.clock();
  const now = toInstant(startedAt);
  const { tenant, store, directory } = await openTenant(tenantId, runtime);
  const summary = await runNight({
    ...message,
    tenant,
    catalog: runtime.catalogOf(tenant),
    now,
    store: store.night,
    links: runtime.links,
  });
  if (message.isScheduled) await directory.scheduleNight(tenantId, nextNight(tenant, now));
  if (!message.isWithheld) await runtime.queues.send("deliveries", { tenantId });
  runtime.report("night", { ...summary, ...store.usage, ms: runtime.clock() - startedAt });
}

export const handler = lambdaHandler(tenantNight);
