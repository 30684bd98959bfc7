import { type StoredApiKey, storedApiKeySchema } from "@regulars/core/access/api-key-store";
import { type User, userSchema } from "@regulars/core/access/user";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { Operations } from "../engine/operations.ts";
import type { Key } from "../engine/key.ts";
import { OneTurn } from "../engine/one-turn.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { type Keys, keysOf } from "../keys.ts";
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

/** Requests of one sender that come together. */
const together = new OneTurn<Claimed>();

/**
 * The tenant of a request and who sends it, as they are now: one call, for all requests of a sender in one turn of the event
 * loop. A request that only reads wants the heads too.
 */
export async function readClaimant(
  table: Table,
  tenantId: TenantId,
  claimant: Claimant,
  wantsHeads = false,
): Promise<Claimed> {
  const keys = keysOf(tenantId);
  const { pk, sk } = "userId" in claimant ? keys.user(claimant.userId) : keys.apiKey(claimant.keyId);
  const read = (): Promise<Claimed> => readNow(table, keys, { claimant, own: { pk, sk }, wantsHeads });
  return (await together.join(table, `${pk} ${sk} ${wantsHeads}`, read)).result;
}

interface Sought {
  readonly claimant: Claimant;
  readonly own: Key;
  readonly wantsHeads: boolean;
}

async function readNow(table: Table, keys: Keys, { claimant, own, wantsHeads }: Sought): Promise<Claimed> {
  const isUser = "userId" in claimant;
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
