import { keyOfId } from "@regulars/core/platform/id-text";
import type { UserId } from "@regulars/core/platform/values";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

export const accessKeys = (inFamily: InFamily) => ({
  users: (): string => inFamily("U"),
  user: (userId: UserId): Key => ({ pk: inFamily("U"), sk: keyOfId(userId) }),
  apiKeys: (): string => inFamily("KEYS"),
  apiKey: (keyId: string): Key => ({ pk: inFamily("KEYS"), sk: `K#${keyId}` }),
  apiKeyName: (name: string): Key => ({ pk: inFamily("KEYS"), sk: `N#${name}` }),
  once: (hash: string): Key => ({ pk: inFamily(`IDEMPOTENCY#${hash}`), sk: "IDEMPOTENCY" }),
  onceStep: (hash: string, name: string): Key => ({ pk: inFamily(`IDEMPOTENCY#${hash}`), sk: `STEP#${name}` }),
  session: (sessionId: string): Key => ({ pk: inFamily(`SESSION#${sessionId}`), sk: "SESSION" }),
  rate: (actorId: string): Key => ({ pk: inFamily(`RATE#${actorId}`), sk: "RATE" }),
});

export const accessFates = { U: "kept", KEYS: "kept", SESSION: "kept", RATE: "kept" } as const satisfies FamilyFates;
