import { cutText } from "@regulars/core/platform/cut-text";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { ApiKeyStore, KeyStamp } from "@regulars/core/access/api-key-store";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { type ApiKey, isLive } from "@regulars/core/access/api-key";
import { type Result, ok, refuse } from "@regulars/core/platform/result";

/** Revokes an API key at once; a key that is already revoked stays as it is. */
export async function revokeApiKey(
  keys: ApiKeyStore,
  keyId: string,
  stamp: KeyStamp,
  companionOf?: CompanionWritesOf<ApiKey>,
): Promise<Result<ApiKey>> {
  const found = await keys.find(keyId);
  if (found === undefined) return refuse("unknown-key", `there is no API key ${cutText(keyId, 200)}`);
  const { secretHash: _secretHash, ...key } = found;
  if (!isLive(key)) return ok(key);
  const revoked = { ...key, revokedAt: stamp.at };
  if (!(await keys.revoke(key, stamp, companionOf?.(revoked))))
    throw new ContentionError(`API key ${keyId} was not revoked because of a concurrent request: try again`);
  return ok(revoked);
}
