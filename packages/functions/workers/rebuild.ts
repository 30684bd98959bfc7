import { catalogOf } from "../catalog.ts";
import { toInstant } from "@regulars/core/platform/values";
import { settleChanged } from "@regulars/flows/monitors/settle-changed";
import { effectsOf } from "../effects.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { rebuildMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/**
 * Rebuilds all of a tenant's customer-years with dirty markers, so that the next nightly run need not, and settles the
 * statuses of whoever was changed.
 */
export const rebuild = defineQueueJob({
  id: "rebuild",
  schema: rebuildMessageSchema,
  work: async ({ tenantId, customerIds = [], everybody = false }, runtime) => {
    const { tenant, store } = await openTenant(tenantId, runtime);
    const rebuilt = await Promise.all(store.shards.map((shard) => store.rebuild(shard)));
    const settled = await settleChanged({
      tenant,
      catalog: catalogOf(runtime, tenant),
      store,
      now: toInstant(runtime.clock()),
      newId: effectsOf(runtime.clock, runtime.elapsed).newId,
      customerIds,
      isEverybody: everybody,
    });
    const customerYears = rebuilt.reduce((total, count) => total + count, 0);
    runtime.report("rebuild", { tenantId, customerYears, statusesOf: settled.customers, changed: settled.written });
  },
});

export const handler = lambdaHandler(rebuild);
