import type { MachineKey } from "./api-key.ts";
import type { Receipt } from "../platform/idempotency.ts";
import type { Day, Instant } from "../platform/values.ts";

/** A key as kept: the hash of its secret (SHA-256, hex) in the secret's place. */
export interface StoredMachineKey extends MachineKey {
  readonly secretHash: string;
}

/** Machine keys of one tenant. */
export interface MachineKeyStore {
  readonly find: (keyId: string) => Promise<StoredMachineKey | undefined>;
  /** Newest first. */
  readonly list: () => Promise<readonly MachineKey[]>;
  /** Keeps a new key on the condition that the keys of its name are still the live ones seen; `false` when they are not. */
  readonly create: (key: StoredMachineKey, liveSeen: readonly string[], receipt?: Receipt) => Promise<boolean>;
  /** `false` when nothing was done: there is no such key, or the receipt could not be written. */
  readonly revoke: (keyId: string, name: string, at: Instant, receipt?: Receipt) => Promise<boolean>;
  /** At most one write a day. */
  readonly noteUse: (keyId: string, on: Day) => Promise<void>;
}
