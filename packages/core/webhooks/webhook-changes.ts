import { refuse } from "../platform/result.ts";
import { toInstant } from "../platform/values.ts";
import { MOST_WEBHOOKS, OLD_SECRET_MS, type Webhook } from "./webhook.ts";

/** The refusal of one webhook more than a tenant may have. */
export const tooManyWebhooks = () =>
  refuse("too-many-webhooks", `a tenant has at most ${MOST_WEBHOOKS} webhooks: delete one first`);

/** Enabled or disabled. One that is enabled again starts a new period of failures. */
export function switched(
  { disabledReason, disabledAt, failingSince, pausedUntil, ...webhook }: Webhook,
  isActive: boolean,
): Webhook {
  return { ...webhook, isActive, ...(isActive ? {} : { disabledReason, disabledAt, failingSince, pausedUntil }) };
}

/** With a new secret; for a day the old one signs too. `nowMs` is the time of the rotation. */
export const rotated = (webhook: Webhook, secret: string, nowMs: number): Webhook => ({
  ...webhook,
  secret,
  oldSecret: webhook.secret,
  oldSecretUntil: toInstant(nowMs + OLD_SECRET_MS),
});
