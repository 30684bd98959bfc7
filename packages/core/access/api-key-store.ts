import * as z from "zod";
import { type MachineKey, apiKeySchema } from "./api-key.ts";
import type { Immutable } from "../platform/immutable.ts";
import type { Receipt } from "../platform/idempotency.ts";
import type { Day, Instant } from "../platform/values.ts";

/** A key as stored: with the hash of its secret (SHA-256, hex) instead of the secret. */
export const storedApiKeySchema = apiKeySchema.extend({ secretHash: z.string() });
export type StoredMachineKey = Immutable<z.output<typeof storedApiKeySchema>>;

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
