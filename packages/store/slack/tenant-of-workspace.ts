import { type TenantId, tenantIdSchema } from "@regulars/core/platform/values";
import { LRUCache } from "lru-cache";
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

/** How old an answer may be, ms. */
const REMEMBERED_MS = 30_000;
const MOST_REMEMBERED = 1_000;

const remembered = new WeakMap<Table, LRUCache<string, Promise<TenantId | undefined>>>();

/**
 * The same, as it was found up to half a minute ago: many who click at once ask once. For whoever looks again before they
 * do anything. A workspace that is nobody's is asked about each time.
 */
export async function lateTenantOfWorkspace(platform: Table, workspaceId: string): Promise<TenantId | undefined> {
  const known = remembered.get(platform) ?? new LRUCache({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });
  remembered.set(platform, known);
  const before = known.get(workspaceId);
  const asked = before ?? tenantOfWorkspace(platform, workspaceId);
  if (before === undefined) known.set(workspaceId, asked);
  const found = await asked.catch((error: unknown) => {
    known.delete(workspaceId);
    throw error;
  });
  if (found === undefined) known.delete(workspaceId);
  return found;
}
