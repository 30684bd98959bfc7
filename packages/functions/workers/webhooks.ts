import type { Webhook } from "@regulars/core/webhooks/webhook";
import { disabledNotices } from "@regulars/core/webhooks/webhook-notice";
import type { Instant, TenantId } from "@regulars/core/platform/values";
import { deliverWebhooks } from "@regulars/flows/webhooks/deliver-webhooks";
import type { Runtime } from "../runtime.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { tenantMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";
import { sendAgain } from "./send-again.ts";

/**
 * Informs a tenant's webhooks of changes. It has its own queue and function, so that no notification waits for anybody's
 * receiver, and stops in time to let other tenants have their turn.
 */
export const informWebhooks = defineQueueJob({
  id: "informWebhooks",
  schema: tenantMessageSchema,
  work: ({ tenantId }, runtime, patienceMs) => inform(tenantId, runtime, patienceMs),
});

async function inform(tenantId: TenantId, runtime: Runtime, patienceMs: number): Promise<void> {
  const { clock, elapsed, sendWebhook: send } = runtime;
  const { tenant, store } = await openTenant(tenantId, runtime);
  let hasNotices = false;
  const noticesOf = async (webhook: Webhook, at: Instant) => {
    hasNotices = true;
    return disabledNotices(webhook, tenant, await store.nightly.users(), at);
  };
  const given = await deliverWebhooks({
    webhooks: store.webhooks,
    send,
    clock,
    elapsed,
    patienceMs,
    random: () => Math.random(),
    noticesOf,
  });
  if (hasNotices) await runtime.queues.send("outgoing", { tenantId });
  await sendAgain("webhooks", tenantId, given, runtime);
  runtime.report("webhooks", { tenantId, ...given });
}

export const handler = lambdaHandler(informWebhooks, { queues: cloudQueues });
