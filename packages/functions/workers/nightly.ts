import { catalogOf } from "../catalog.ts";
import { nextNightly } from "@regulars/core/nightly/nightly-hours";
import { toInstant } from "@regulars/core/platform/values";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { digestToDo } from "@regulars/flows/monitors/digest-to-do";
import { openNightWatch } from "@regulars/flows/monitors/night-watch";
import { effectsOf } from "../effects.ts";
import type { Runtime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { type NightlyMessage, nightlyMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

const MS_PER_DAY = 86_400_000;

/** Runs nightly runs, one tenant per message. */
export const nightlyOfTenant = defineQueueJob({ id: "nightlyOfTenant", schema: nightlyMessageSchema, work });

async function work({ tenantId, ...message }: NightlyMessage, runtime: Runtime): Promise<void> {
  const startedAt = runtime.clock();
  const now = toInstant(startedAt);
  const { tenant, store, directory } = await openTenant(tenantId, runtime);
  const catalog = catalogOf(runtime, tenant);
  const { newId } = effectsOf(runtime.clock, runtime.elapsed);
  const watch = await openNightWatch({ tenant, catalog, store, now, newId }, message.asOf);
  const summary = await runNightly({
    ...message,
    tenant,
    catalog,
    watch,
    toDoOf: (userId, asOf) => digestToDo(store, userId, asOf),
    now,
    store: store.nightly,
    links: runtime.links,
  });
  if (message.isScheduled) await directory.scheduleNightly(tenantId, nextNightly(tenant, now));
  if (!message.isOnHold) await runtime.queues.send("outgoing", { tenantId });
  if (store.events.hasNews) await runtime.queues.send("webhooks", { tenantId });
  // What is older than the tenant keeps it, also where it kept it longer when it was queued.
  const forgotten = await store.outbox.forget(toInstant(startedAt - tenant.keepDays * MS_PER_DAY));
  runtime.report("nightly", {
    ...summary,
    edition: tenant.edition,
    ...store.usage,
    ...(forgotten === 0 ? {} : { forgotten }),
    ms: runtime.clock() - startedAt,
  });
}

export const handler = lambdaHandler(nightlyOfTenant);
