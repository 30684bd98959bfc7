import { addDays } from "@regulars/core/platform/period";
import { effectivePreferences } from "@regulars/core/notifications/effective";
import type { Notification, Outbox } from "@regulars/core/notifications/notification";
import type { PreferenceStore } from "@regulars/core/notifications/preference-store";
import { type Decision, route, routeDigest } from "@regulars/core/notifications/route";
import type { User } from "@regulars/core/access/user";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";

interface RescheduleInput {
  readonly tenant: Pick<Tenant, "timeZone" | "locale">;
  readonly store: {
    readonly preferences: Pick<PreferenceStore, "of">;
    readonly outbox: Pick<Outbox, "waitingFor" | "postpone">;
    readonly user: (userId: UserId) => Promise<User | undefined>;
  };
  readonly userId: UserId;
  /** Now, ms. */
  readonly now: number;
}

/**
 * Brings forward what waits for a user whose preferences have changed. What shall go later or not at all is decided when
 * its time comes. Returns how many.
 */
export async function rescheduleWaiting({ tenant, store, userId, now }: RescheduleInput): Promise<number> {
  const waiting = await store.outbox.waitingFor(userId);
  if (waiting.length === 0) return 0;
  const defaults = await store.preferences.of({ type: "tenant" });
  const own = await store.preferences.of({ type: "user", userId });
  const preferences = effectivePreferences({ tenant, defaults, user: await store.user(userId), own });
  const decisionOf = ({ message }: Notification): Decision | undefined => {
    if (message.type === "digest")
      return routeDigest({ day: message.day ?? addDays(message.asOf, 1) }, preferences, now);
    if (message.type === "alert") return route({ kind: message.kind, level: message.line.level }, preferences, now);
    return undefined;
  };
  let moved = 0;
  for (const notification of waiting) {
    const decision = decisionOf(notification);
    if (decision?.send !== "now" && decision?.send !== "hold") continue;
    const at = decision.send === "hold" ? decision.until : toInstant(now);
    if (at < notification.dueAt && (await store.outbox.postpone(notification, at, decision.why))) moved += 1;
  }
  return moved;
}
