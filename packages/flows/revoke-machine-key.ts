import type { MachineKeyStore, ReceiptOf } from "@regulars/core/access-ports";
import { type MachineKey, isLive } from "@regulars/core/machine-key";
import { type Result, ok, refuse } from "@regulars/core/result";
import type { Instant } from "@regulars/core/values";

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
