import type { Message } from "@regulars/core/notifications/message";
import { customersIn, readdressed } from "@regulars/core/notifications/readdress";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { memo } from "@regulars/core/platform/memo";
import type { Webhook } from "@regulars/core/webhooks/webhook";
import { disabledNotices } from "@regulars/core/webhooks/webhook-notice";
import type { Instant, TenantId } from "@regulars/core/platform/values";
import { deliverWebhooks } from "@regulars/flows/webhooks/deliver-webhooks";
import { sendDue } from "@regulars/flows/notifications/send-due";
import { cloudMessageSender } from "../message-sender.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { tenantMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/** Sends what is due of a tenant; sends itself a message if more is due. */
export const deliver = defineQueueJob({
  id: "deliver",
  schema: tenantMessageSchema,
  work: ({ tenantId }, runtime) => sendWhatIsDue(tenantId, runtime),
});

async function sendWhatIsDue(tenantId: TenantId, runtime: Runtime): Promise<void> {
  const { clock, sendWebhook: send, messageSender } = runtime;
  if (messageSender === undefined) throw new Error("this function has no message sender");
  const { tenant, store } = await openTenant(tenantId, runtime);
  const { outbox, webhooks, nightly } = store;
  const noticesOf = async (webhook: Webhook, at: Instant) =>
    disabledNotices(webhook, tenant, await nightly.users(), at);
  const given = await deliverWebhooks({ webhooks, send, clock, random: () => Math.random(), noticesOf });
  // After the webhooks, so that notices of disabled webhooks are sent in the same run.
  const texts = runtime.catalogOf(tenant).textOf;
  const report = await sendDue({ outbox, messageSender, texts, addressed: addressedToday(nightly), clock });
  const hasMore = report.hasMore || given.hasMore;
  const delays = [report.retryInMs, given.retryInMs].map(delayOf).filter((delay) => delay !== undefined);
  if (hasMore || delays.length > 0)
    await runtime.queues.send("outgoing", { tenantId }, hasMore ? undefined : Math.min(...delays));
  runtime.report("deliver", { tenantId, ...report, webhooksSent: given.sent, webhooksFailed: given.failed });
}

/** Queued messages, for whom they are meant now; the users are read once, when there is something to send. */
function addressedToday({ users, profiles }: Pick<NightlyStore, "users" | "profiles">) {
  const known = memo(async () => new Map((await users()).map((user) => [user.userId, user])));
  return async (message: Message) => readdressed(message, await known(), await profiles(customersIn(message)));
}

/** Delay until the next retry, if it is before the next tick; SQS delays a message by at most fifteen minutes. */
function delayOf(retryInMs: number | undefined): number | undefined {
  if (retryInMs === undefined) return undefined;
  const seconds = Math.ceil(retryInMs / 1000);
  return seconds > 900 ? undefined : seconds;
}

export const handler = lambdaHandler(deliver, () => ({ ...cloudRuntime(), messageSender: cloudMessageSender() }));
