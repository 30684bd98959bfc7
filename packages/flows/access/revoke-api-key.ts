import type { MachineKeyStore } from "@regulars/core/access/api-key-store";
import type { ReceiptOf } from "@regulars/core/platform/idempotency";
import { type MachineKey, isLive } from "@regulars/core/access/api-key";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";

/** Ends a machine key at once; one that is ended stays as it is. */
export async function revokeMachineKey(
  keys: MachineKeyStore,
  keyId: string,
  now: Instant,
  receiptOf?: ReceiptOf<MachineKey>,
): Promise<Result<MachineKey>> {
  const found = await keys.find(keyId);
  if (found === undefined) return refuse("unknown-key", `there is no machine key ${keyId}`);
  const { secretHash: _secretHash, ...key } = found;
  if (!isLive(key)) return ok(key);
  const revoked = { ...key, revokedAt: now };
  if (!(await keys.revoke(keyId, key.name, now, receiptOf?.(revoked))))
    throw new Error(`machine key ${keyId} was not revoked: another request of the same kind came between; try again`);
  return ok(revoked);
}
