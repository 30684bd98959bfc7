import { nextNight } from "@regulars/core/nightly/nightly-hours";
import { toInstant } from "@regulars/core/platform/values";
import { runNight } from "@regulars/flows/nightly/run-nightly";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Context, SQSEvent } from "aws-lambda";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";
import { type NightMessage, nightMessageSchema } from "./messages.ts";

/** Runs the nights that are asked for, one message one tenant. */
export const tenantNight = (runtime: Runtime) =>
  queueHandler(nightMessageSchema, (message) => night(message, runtime), runtime);

async function night({ tenantId, ...message }: NightMessage, runtime: Runtime): Promise<void> {
  const startedAt = runtime.clock();
  const now = toInstant(startedAt);
  const table = runtime.tableFor(tenantId);
  const directory = openTenantDirectory(table);
  const tenant = await directory.find(tenantId);
  if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
  const store = openTenantStore(table, tenant);
  const catalog = runtime.catalogOf(tenant);
  const summary = await runNight({ ...message, tenant, catalog, now, store: store.night, links: runtime.links });
  if (message.isScheduled) await directory.scheduleNight(tenantId, nextNight(tenant, now));
  if (!message.isWithheld) await runtime.queues.send("deliveries", { tenantId });
  runtime.report("night", { ...summary, ...store.usage, ms: runtime.clock() - startedAt });
}

export const handler = (event: SQSEvent, context: Context) => tenantNight(cloudRuntime())(event, context);
