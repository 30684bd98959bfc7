import type { UserId } from "@regulars/core/platform/values";
import type { SlackCall } from "@regulars/core/slack/slack-call";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { Runtime } from "../runtime.ts";

interface Place {
  readonly tenant: Pick<Tenant, "tenantId">;
  readonly store: Pick<TenantStore, "slack">;
}

/** Has the message in Slack show what somebody has just done with its finding or its request; nothing without Slack. */
export async function tellSlack(
  { tenant: { tenantId }, store }: Place,
  call: Extract<SlackCall, { readonly type: "acted" | "answered" }>,
  { queues, slack }: Pick<Runtime, "queues" | "slack">,
): Promise<void> {
  const installation = slack === undefined ? undefined : await store.slack.installation();
  if (installation === undefined) return;
  await queues.send("slack", { tenantId, workspaceId: installation.workspaceId, call });
}

/** Whether a tenant has a Slack workspace. */
export const hasSlack = async (
  { slack: installations }: Place["store"],
  { slack }: Pick<Runtime, "slack">,
): Promise<boolean> => slack !== undefined && (await installations.installation()) !== undefined;

/** Whether somebody has direct messages in the tenant's Slack workspace. */
export const isInSlack = async (
  userId: UserId,
  store: Pick<TenantStore, "slack" | "user">,
  runtime: Pick<Runtime, "slack">,
): Promise<boolean> => (await hasSlack(store, runtime)) && (await store.user(userId))?.slackUserId !== undefined;
