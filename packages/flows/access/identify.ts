import type { ApiKeyStore } from "@regulars/core/access/api-key-store";
import type { Actor } from "@regulars/core/access/actor";
import { type ApiKey, actorOf, isLive } from "@regulars/core/access/api-key";
import { type User, isActive } from "@regulars/core/access/user";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Day, UserId } from "@regulars/core/platform/values";

/** Finds the actor of an API key by the hash of its secret, and records the use once a day. */
export async function identifyKey(
  keys: ApiKeyStore,
  keyId: string,
  secretHash: string,
  today: Day,
): Promise<Result<Actor>> {
  const key = await keys.find(keyId);
  if (key === undefined || key.secretHash !== secretHash || !isLive(key))
    return refuse("unusable-key", "this API key is unknown or revoked");
  await noteUse(keys, key, today);
  return ok(actorOf(key));
}

/** Records that a key was used, as a secret or for a signature: at most one write a day. */
export async function noteUse(keys: ApiKeyStore, { keyId, lastUsedOn }: ApiKey, today: Day): Promise<void> {
  if (lastUsedOn === undefined || lastUsedOn < today) await keys.noteUse(keyId, today);
}

/** Reads one user as last saved. */
export interface UserFinder {
  readonly user: (userId: UserId) => Promise<User | undefined>;
}

/**
 * Finds the user of a token. Role and standing are read from the tenant's users, so that a change applies at once: who
 * has left is not let in.
 */
export async function identifyUser(store: UserFinder, userId: UserId): Promise<Result<Actor>> {
  const user = await store.user(userId);
  if (user === undefined)
    return refuse("unusable-token", "the token's user is not a user of this tenant: ask an admin to add them");
  if (!isActive(user)) return refuse("user-left", "the token's user has left: an admin can take them back");
  return ok({ type: "user", user });
}
