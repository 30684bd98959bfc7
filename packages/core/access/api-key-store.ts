import * as z from "zod";
import { type ApiKey, apiKeySchema } from "./api-key.ts";
import type { Immutable } from "../platform/immutable.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Day, Instant } from "../platform/values.ts";

/** A key as stored: the hash of its secret (SHA-256, hex) takes the place of the secret. */
export const storedApiKeySchema = apiKeySchema.extend({ secretHash: z.string() });
export type StoredApiKey = Immutable<z.output<typeof storedApiKeySchema>>;

/** Who makes or revokes a key, and when. */
export interface KeyStamp {
  readonly at: Instant;
  readonly by: string;
}

/** API keys of one tenant. */
export interface ApiKeyStore {
  readonly find: (keyId: string) => Promise<StoredApiKey | undefined>;
  /** Newest first. */
  readonly list: () => Promise<readonly ApiKey[]>;
  /** Stores a new key, with its entry in the log, if the live keys of its name are still `liveSeen`; else `false`. */
  readonly create: (key: StoredApiKey, liveSeen: readonly string[], companion?: CompanionWrites) => Promise<boolean>;
  /** `false` when nothing was written: somebody else has revoked the key, or the companion write was refused. */
  readonly revoke: (key: ApiKey, stamp: KeyStamp, companion?: CompanionWrites) => Promise<boolean>;
  /** Writes at most once a day. */
  readonly noteUse: (keyId: string, on: Day) => Promise<void>;
}
