import { type LinkClaims, readLinkToken } from "@regulars/core/notifications/link-token";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Runtime } from "../../runtime.ts";

/** What a link opens: its claims, and the store of its tenant only. */
export interface OpenedLink {
  readonly claims: LinkClaims;
  readonly tenant: Tenant;
  readonly store: TenantStore;
}

export type LinkRefusal = "not-a-link" | "link-expired";

/** The HTTP status of each. */
export const LINK_STATUS = { "not-a-link": 400, "link-expired": 410 } as const satisfies Record<LinkRefusal, number>;

/** Opens a link by its token alone. A tenant that is gone is refused like a link that nobody signed. */
export async function openLink(token: string, runtime: Runtime): Promise<Result<OpenedLink, LinkRefusal>> {
  const claims = readLinkToken(token, runtime.linkSecrets, toInstant(runtime.clock()));
  if (!claims.ok) return claims;
  const { tenantId } = claims.value;
  const table = runtime.tableFor(tenantId);
  const tenant = await openTenantDirectory(table).find(tenantId);
  if (tenant === undefined) return refuse("not-a-link", "the link is not one of ours");
  return ok({ claims: claims.value, tenant, store: openTenantStore(table, tenant) });
}
