import { join } from "node:path";
import type { UserId } from "@regulars/core/platform/values";
import { toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { localBot, localToken, localWorkspaceOf, localWorkspaces } from "./slack-workspaces.ts";
import type { LocalSystem } from "../system.ts";

/** Connects a tenant with a workspace of the local Slack, as an admin would; alerts go to its first channel. */
export async function connectLocalSlack(system: LocalSystem, tenant: Tenant, installedBy?: UserId): Promise<void> {
  const { runtime, folder } = system;
  if (runtime.slack === undefined) throw new Error("this local system has no sealing key");
  const workspace = localWorkspaceOf(tenant.tenantId, tenant.name);
  await localWorkspaces(join(folder, "slack")).save(workspace);
  const { store } = await system.openTenant(tenant.tenantId);
  const [channel] = workspace.channels;
  await store.slack.saveInstallation({
    workspaceId: workspace.id,
    workspaceName: workspace.name,
    botUserId: localBot,
    scopes: [],
    sealedToken: runtime.slack.sealing.seal(tenant.tenantId, localToken(workspace.id)),
    installedBy,
    installedAt: toInstant(runtime.clock()),
    ...(channel === undefined ? {} : { channel: { id: channel.id, name: channel.name } }),
    teamChannels: {},
    repChannels: {},
    version: 1,
  });
}
