import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type StoredApiKey, storedApiKeySchema } from "@regulars/core/access/api-key-store";
import { type User, userSchema } from "@regulars/core/access/user";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Key } from "../engine/key.ts";
import { OneTurn } from "../engine/one-turn.ts";
import { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
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

/** What a request needs besides, read in the same call: where it is, and what it is among the items that were read. */
export interface Further<T> {
  readonly wanted: readonly Key[];
  readonly among: (items: readonly StoredItem[]) => T;
}

interface Wanted<T> {
  /** A request that only reads wants the heads too. */
  readonly heads?: boolean | undefined;
  readonly further?: Further<T> | undefined;
}

/** Requests of one sender that come together. */
const together = new OneTurn<Read>();

/**
 * The tenant of a request and who sends it, as they are now: one call, for all requests of a sender in one turn of the event
 * loop.
 */
export async function readClaimant<T>(
  table: Table,
  tenantId: TenantId,
  claimant: Claimant,
  { heads = false, further }: Wanted<T> = {},
): Promise<Claimed & { readonly further?: T | undefined }> {
  const keys = keysOf(tenantId);
  const own = "userId" in claimant ? keys.user(claimant.userId) : keys.apiKey(claimant.keyId);
  const wanted = [keys.tenant(), own, ...(heads ? [keys.heads()] : []), ...(further?.wanted ?? [])];
  const asked = wanted.map(({ pk, sk }) => `${pk} ${sk}`).join("\n");
  const { result } = await together.join(table, asked, () => readNow(table, keys, { claimant, own, heads, wanted }));
  return { ...result.claimed, further: further?.among(result.items) };
}

interface Sought {
  readonly claimant: Claimant;
  readonly own: Key;
  readonly heads: boolean;
  readonly wanted: readonly Key[];
}

interface Read {
  readonly claimed: Claimed;
  readonly items: readonly StoredItem[];
}

async function readNow(table: Table, keys: Keys, { claimant, own, heads, wanted }: Sought): Promise<Read> {
  const isUser = "userId" in claimant;
  const now = performance.now();
  const items = await new Operations(table, noUsage()).batchGet(wanted);
  const at = ({ pk }: { readonly pk: string }) => items.find((item) => item["pk"] === pk);
  const [tenant, found] = [at(keys.tenant()), at(own)];
  const claimed = {
    tenant: tenant && tenantOf(tenant),
    user: isUser && found !== undefined ? rowAs(userSchema, found) : undefined,
    heads: heads ? headsOf(at(keys.heads()), now) : undefined,
    apiKey: !isUser && found !== undefined ? rowAs(storedApiKeySchema, found) : undefined,
  };
  return { claimed, items };
}
