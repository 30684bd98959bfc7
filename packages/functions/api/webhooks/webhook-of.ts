import type { Webhook } from "@regulars/core/webhooks/webhook";
import { unknownWebhook } from "@regulars/flows/webhooks/change-webhook";
import type { Context } from "hono";
import type { ApiEnv } from "../http/environment.ts";
import { refused } from "../http/problem.ts";

/** The webhook in the path; refused when there is none. */
export async function webhookOf(c: Context<ApiEnv>): Promise<Webhook> {
  const webhook = await c.var.store.webhooks.find(c.req.param("webhookId") ?? "");
  if (webhook === undefined) throw refused(unknownWebhook());
  return webhook;
}
