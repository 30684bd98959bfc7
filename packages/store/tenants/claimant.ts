import { type StoredApiKey, storedApiKeySchema } from "@regulars/core/access/api-key-store";
import { type User, userSchema } from "@regulars/core/access/user";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { Operations } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";
import { type Heads, headsOf } from "./heads.ts";
import { tenantOf } from "./tenants.ts";

/** Who sends a request, as its credential says. */
export type Claimant = { readonly userId: UserId } | { readonly keyId: string };

/** A tenant, and the user or API key as stored. */
export interface Claimed {
  readonly tenant?: Tenant | undefined;
  readonly user?: User | undefined;
  readonly apiKey?: StoredApiKey | undefined;
  /** What is known to be unchanged, for a request that only reads. */
  readonly heads?: Heads | undefined;
}

/** The tenant of a request and who sends it, as they are now: one call. A request that only reads wants the heads too. */
export async function readClaimant(
  table: Table,
  tenantId: TenantId,
  claimant: Claimant,
  wantsHeads = false,
): Promise<Claimed> {
  const keys = keysOf(tenantId);
  const isUser = "userId" in claimant;
  const own = isUser ? keys.user(claimant.userId) : keys.apiKey(claimant.keyId);
  const now = performance.now();
  const wanted = [keys.tenant(), own, ...(wantsHeads ? [keys.heads()] : [])];
  const items = await new Operations(table, noUsage()).batchGet(wanted);
  const at = ({ pk }: { readonly pk: string }) => items.find((item) => item["pk"] === pk);
  const [tenant, found] = [at(keys.tenant()), at(own)];
  return {
    tenant: tenant && tenantOf(tenant),
    user: isUser && found !== undefined ? userSchema.parse(found) : undefined,
    heads: wantsHeads ? headsOf(at(keys.heads()), now) : undefined,
    apiKey: !isUser && found !== undefined ? storedApiKeySchema.parse(found) : undefined,
  };
}
