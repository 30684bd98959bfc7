import type { GroupOptOuts } from "@regulars/core/notifications/group-opt-out";
import type { PreferenceStore } from "@regulars/core/notifications/preference-store";
import { type Ends, hasEnded, unsubscribeChange, whatStays } from "@regulars/core/notifications/unsubscribe";
import type { Instant } from "@regulars/core/platform/values";
import { changePreferences } from "./change-preferences.ts";

interface Stores {
  readonly preferences: PreferenceStore;
  readonly groupOptOuts: Pick<GroupOptOuts, "has" | "add" | "remove">;
}

/** Whether what a link ends has ended, and why some of it stays on. */
export interface UnsubscribeState {
  readonly isOff: boolean;
  /** The company's reasons. */
  readonly stays: readonly string[];
}

/** Reads, and changes nothing. */
export async function unsubscribeState(ends: Ends, { preferences, groupOptOuts }: Stores): Promise<UnsubscribeState> {
  if (ends.type === "group") return { isOff: await groupOptOuts.has(ends.addressHash), stays: [] };
  const own = await preferences.of({ type: "user", userId: ends.userId });
  const company = await preferences.of({ type: "tenant" });
  return { isOff: hasEnded(ends.scope, own), stays: whatStays(ends.scope, company) };
}

interface UnsubscribeInput {
  readonly ends: Ends;
  /** False takes it back. */
  readonly isOff: boolean;
  readonly store: Stores;
  readonly now: Instant;
}

/** Ends what a link is for, or takes that back. Twice is once. */
export async function unsubscribe({ ends, isOff, store, now }: UnsubscribeInput): Promise<void> {
  if (ends.type === "user") {
    const patch = unsubscribeChange(ends.scope, isOff);
    const changed = await changePreferences({ store, userId: ends.userId, patch, by: "unsubscribe-link", now });
    if (!changed.ok) throw new Error(changed.message);
    return;
  }
  if (isOff) await store.groupOptOuts.add(ends.addressHash, now);
  else await store.groupOptOuts.remove(ends.addressHash);
}
