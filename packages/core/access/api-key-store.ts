import * as z from "zod";
import { type ApiKey, apiKeySchema } from "./api-key.ts";
import type { Immutable } from "../platform/immutable.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Day, Instant } from "../platform/values.ts";

/** A key as stored: with the hash of its secret (SHA-256, hex) instead of the secret. */
export const storedApiKeySchema = apiKeySchema.extend({ secretHash: z.string() });
export type StoredApiKey = Immutable<z.output<typeof storedApiKeySchema>>;

/** API keys of one tenant. */
export interface ApiKeyStore {
  readonly find: (keyId: string) => Promise<StoredApiKey | undefined>;
  /** Newest first. */
  readonly list: () => Promise<readonly ApiKey[]>;
  /** Keeps a new key on the condition that the keys of its name are still the live ones seen; `false` when they are not. */
  readonly create: (key: StoredApiKey, liveSeen: readonly string[], companion?: CompanionWrites) => Promise<boolean>;
  /** `false` when nothing was done: there is no such key, or the companion write could not be written. */
  readonly revoke: (keyId: string, name: string, at: Instant, companion?: CompanionWrites) => Promise<boolean>;
  /** At most one write a day. */
  readonly noteUse: (keyId: string, on: Day) => Promise<void>;
}
