import type { UserId } from "@regulars/core/platform/values";
import type { SlackCall } from "@regulars/core/slack/slack-call";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { Runtime } from "../runtime.ts";

interface Place {
  readonly tenant: Pick<Tenant, "tenantId">;
  readonly store: Pick<TenantStore, "slack">;
}

type Told = Extract<SlackCall, { readonly type: "acted" | "answered" }>;

/** What the queue of Slack is told of what somebody does with a finding or a request; nothing without Slack. */
export async function saidToSlack(
  { slack: installations }: Place["store"],
  call: Told,
  { slack }: Pick<Runtime, "slack">,
) {
  const installation = slack === undefined ? undefined : await installations.installation();
  return installation === undefined ? undefined : { workspaceId: installation.workspaceId, call };
}

/** Has the message in Slack show what somebody has just done with its finding or its request; nothing without Slack. */
export async function tellSlack(
  { tenant: { tenantId }, store }: Place,
  call: Told,
  { queues, slack }: Pick<Runtime, "queues" | "slack">,
): Promise<void> {
  const said = await saidToSlack(store, call, { slack });
  if (said !== undefined) await queues.send("slack", { tenantId, ...said });
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
