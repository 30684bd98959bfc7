import { type TenantId, tenantIdSchema } from "@regulars/core/platform/values";
import { Operations } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { installationsOfWorkspace } from "./keys.ts";

/**
 * The tenant that a workspace is connected with. The index lags behind by moments. When two tenants claim a workspace at
 * the same time, it is nobody's until one lets go.
 */
export async function tenantOfWorkspace(platform: Table, workspaceId: string): Promise<TenantId | undefined> {
  const tenants: TenantId[] = [];
  for await (const item of new Operations(platform, noUsage()).query({
    IndexName: "gsi1",
    KeyConditionExpression: "g1p = :workspace",
    ExpressionAttributeValues: { ":workspace": installationsOfWorkspace(workspaceId) },
    Limit: 2,
  })) {
    tenants.push(tenantIdSchema.parse(/^T#([^#]+)#/.exec(String(item["pk"]))?.[1]));
    if (tenants.length > 1) return undefined;
  }
  return tenants[0];
}
