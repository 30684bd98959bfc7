import type { UserId } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

export const accessKeys = (inFamily: InFamily) => ({
  users: (): string => inFamily("U"),
  user: (userId: UserId): Key => ({ pk: inFamily("U"), sk: userId }),
  machineKeys: (): string => inFamily("KEYS"),
  machineKey: (keyId: string): Key => ({ pk: inFamily("KEYS"), sk: `K#${keyId}` }),
  machineKeyName: (name: string): Key => ({ pk: inFamily("KEYS"), sk: `N#${name}` }),
  once: (hash: string): Key => ({ pk: inFamily(`ONCE#${hash}`), sk: "ONCE" }),
  rate: (actorId: string): Key => ({ pk: inFamily(`RATE#${actorId}`), sk: "RATE" }),
});
