import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { tenantMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/** Rebuilds all of a tenant's customer-years with dirty markers, so that the next nightly run need not. */
export const rebuild = defineQueueJob({
  id: "rebuild",
  schema: tenantMessageSchema,
  work: async ({ tenantId }, runtime) => {
    const { store } = await openTenant(tenantId, runtime);
    const rebuilt = await Promise.all(store.shards.map((shard) => store.rebuild(shard)));
    runtime.report("rebuild", { tenantId, customerYears: rebuilt.reduce((total, count) => total + count, 0) });
  },
});

export const handler = lambdaHandler(rebuild);
