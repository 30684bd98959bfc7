import type { ApiKeyStore, StoredApiKey } from "@regulars/core/access/api-key-store";
import type { Actor } from "@regulars/core/access/actor";
import { type ApiKey, actorOf, isLive } from "@regulars/core/access/api-key";
import { type User, isActive } from "@regulars/core/access/user";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";

/** The actor of an API key, by the hash of its secret; records the use once a day. */
export async function identifyKey(
  keys: Pick<ApiKeyStore, "noteUse">,
  key: StoredApiKey | undefined,
  secretHash: string,
  today: Day,
): Promise<Result<Actor>> {
  if (key === undefined || key.secretHash !== secretHash || !isLive(key))
    return refuse("unusable-key", "this API key is unknown or revoked");
  await noteUse(keys, key, today);
  return ok(actorOf(key));
}

/** Records that a key was used, as a secret or for a signature: at most one write a day. */
export async function noteUse(
  keys: Pick<ApiKeyStore, "noteUse">,
  { keyId, lastUsedOn }: ApiKey,
  today: Day,
): Promise<void> {
  if (lastUsedOn === undefined || lastUsedOn < today) await keys.noteUse(keyId, today);
}

/**
 * The user of a token. Role and standing are those that the tenant's users have now, so that a change applies at once:
 * who has left is not let in.
 */
export function identifyUser(user: User | undefined): Result<Actor> {
  if (user === undefined)
    return refuse("unusable-token", "the token's user is not a user of this tenant: ask an admin to add them");
  if (!isActive(user)) return refuse("user-left", "the token's user has left: an admin can take them back");
  return ok({ type: "user", user });
}
