import type { Courier } from "@regulars/core/ports";
import { sendDue } from "@regulars/flows/send-due";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants";
import type { Context, SQSEvent } from "aws-lambda";
import { cloudCourier } from "../cloud-courier.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";
import { tenantMessageSchema } from "./messages.ts";

/** Sends what is due of the tenants it is asked for; more than one call's worth is asked for again. */
export const deliver = (runtime: Runtime, courier: Courier) =>
  queueHandler(
    tenantMessageSchema,
    async ({ tenantId }) => {
      const table = runtime.tableFor(tenantId);
      const tenant = await openTenantDirectory(table).find(tenantId);
      if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
      const { outbox } = openTenantStore(table, tenant);
      const report = await sendDue({ outbox, courier, clock: runtime.clock });
      const delaySeconds = report.hasMore ? undefined : delayOf(report.retryInMs);
      if (report.hasMore || delaySeconds !== undefined)
        await runtime.queues.send("deliveries", { tenantId }, delaySeconds);
      runtime.report("deliver", { tenantId, ...report });
    },
    runtime,
  );

/** What is due again before the next tick asks for itself; SQS keeps a message back for fifteen minutes at most. */
function delayOf(retryInMs: number | undefined): number | undefined {
  if (retryInMs === undefined) return undefined;
  const seconds = Math.ceil(retryInMs / 1000);
  return seconds > 900 ? undefined : seconds;
}

export const handler = (event: SQSEvent, context: Context) => deliver(cloudRuntime(), cloudCourier())(event, context);
