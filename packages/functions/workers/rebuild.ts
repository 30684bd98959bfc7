import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Context, SQSEvent } from "aws-lambda";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";
import { tenantMessageSchema } from "./messages.ts";

/** Makes every marked customer-year of a tenant true, so that the next night does not have to. */
export const rebuild = (runtime: Runtime) =>
  queueHandler(
    tenantMessageSchema,
    async ({ tenantId }) => {
      const table = runtime.tableFor(tenantId);
      const tenant = await openTenantDirectory(table).find(tenantId);
      if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
      const store = openTenantStore(table, tenant);
      const rebuilt = await Promise.all(store.shards.map((shard) => store.rebuild(shard)));
      runtime.report("rebuild", { tenantId, customerYears: rebuilt.reduce((total, count) => total + count, 0) });
    },
    runtime,
  );

export const handler = (event: SQSEvent, context: Context) => rebuild(cloudRuntime())(event, context);
