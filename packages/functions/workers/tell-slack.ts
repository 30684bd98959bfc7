import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { Runtime } from "../runtime.ts";

interface Acted {
  readonly tenant: Pick<Tenant, "tenantId">;
  readonly store: Pick<TenantStore, "slack">;
  readonly findingId: string;
}

/** Has the alert of a finding show what somebody has just done with it; nothing without Slack. */
export async function tellSlack(
  { tenant: { tenantId }, store, findingId }: Acted,
  { queues, slack }: Pick<Runtime, "queues" | "slack">,
): Promise<void> {
  const installation = slack === undefined ? undefined : await store.slack.installation();
  if (installation === undefined) return;
  const { workspaceId } = installation;
  await queues.send("slack", { tenantId, workspaceId, call: { type: "acted", findingId } });
}
