import type { MachineKeyStore, ReceiptOf } from "@regulars/core/access-ports";
import { type MachineKey, checkNewKey, isLive } from "@regulars/core/machine-key";
import { type Result, ok } from "@regulars/core/result";
import type { Right } from "@regulars/core/rights";
import type { Instant } from "@regulars/core/values";

interface NewKeyInput {
  readonly keys: MachineKeyStore;
  readonly name: string;
  readonly actions: readonly Right[];
  readonly createdBy: string;
  readonly now: Instant;
  /** A fresh id, and the SHA-256 of a fresh secret, in hex. */
  readonly keyId: string;
  readonly secretHash: string;
  readonly receiptOf?: ReceiptOf<MachineKey> | undefined;
}

const MAX_ROUNDS = 5;

/** Makes a machine key: at most two of a name are alive, however many are asked for at once. */
export async function createMachineKey(input: NewKeyInput): Promise<Result<MachineKey>> {
  const { keys, name, actions, createdBy, now, keyId, secretHash } = input;
  const key: MachineKey = { keyId, name, actions: [...new Set(actions)], createdAt: now, createdBy };
  const receipt = input.receiptOf?.(key);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const known = await keys.list();
    const allowed = checkNewKey(name, actions, known);
    if (!allowed.ok) return allowed;
    const live = known.filter((one) => one.name === name && isLive(one)).map((one) => one.keyId);
    if (await keys.create({ ...key, secretHash }, live, receipt)) return ok(key);
  }
  throw new Error(`keys of "${name}" are being made by others all the time; try again`);
}
