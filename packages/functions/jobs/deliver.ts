import { sendDue } from "@regulars/flows/send-due";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants";
import type { Context, SQSEvent } from "aws-lambda";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";
import { tenantMessageSchema } from "./messages.ts";

/** Sends what is due of the tenants it is asked for; more than one call's worth is asked for again. */
export const deliver = (runtime: Runtime) =>
  queueHandler(
    tenantMessageSchema,
    async ({ tenantId }) => {
      const tenant = await openTenantDirectory(runtime.table).find(tenantId);
      if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
      const { outbox } = openTenantStore(runtime.table, tenant);
      const report = await sendDue({ outbox, courier: runtime.courier, clock: runtime.clock });
      if (report.hasMore) await runtime.queues.send("deliveries", { tenantId });
      runtime.report("deliver", { tenantId, ...report });
    },
    runtime,
  );

export const handler = (event: SQSEvent, context: Context) => deliver(cloudRuntime())(event, context);
