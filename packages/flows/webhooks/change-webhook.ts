import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { ChangeStamp } from "@regulars/core/tenants/change-log";
import type { Webhook } from "@regulars/core/webhooks/webhook";
import type { WebhookStore } from "@regulars/core/webhooks/webhook-store";

/** With so many rounds a dozen writers of one webhook all get their turn. */
const MAX_ROUNDS = 12;

interface ChangeWebhookInput {
  readonly webhooks: Pick<WebhookStore, "find" | "save">;
  readonly webhookId: string;
  /** Pure: it is called again with the newer webhook when another writer was first. */
  readonly changeOf: (webhook: Webhook) => Webhook;
  readonly stamp: ChangeStamp;
  readonly companionOf?: ((webhook: Webhook) => CompanionWrites | undefined) | undefined;
}

/** Changes a webhook; what other requests change of it at the same time stays changed. */
export async function changeWebhook(input: ChangeWebhookInput): Promise<Result<Webhook>> {
  const { webhooks, webhookId, changeOf, stamp, companionOf } = input;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const webhook = await webhooks.find(webhookId);
    if (webhook === undefined) return unknownWebhook();
    const next = { ...changeOf(webhook), version: webhook.version + 1 };
    if (await webhooks.save(next, [], companionOf?.(next), { before: webhook, stamp })) return ok(next);
  }
  throw new ContentionError(`webhook ${webhookId} is being changed by many requests at once: try again`);
}

export const unknownWebhook = () => refuse("unknown-webhook", "there is no such webhook");
