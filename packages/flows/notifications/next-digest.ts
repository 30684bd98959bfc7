import { type User, isActive } from "@regulars/core/access/user";
import { digestId } from "@regulars/core/notifications/compose";
import type { EffectivePreferences } from "@regulars/core/notifications/effective";
import type { Notification, NotificationState, Outbox } from "@regulars/core/notifications/notification";
import { type Decision, routeDigest } from "@regulars/core/notifications/route";
import { addDays, localDay } from "@regulars/core/platform/period";
import { type Day, type Instant, toInstant } from "@regulars/core/platform/values";
import type { Upcoming } from "./preview.ts";

/** Somebody who may get digests; `isCompulsory` where something in them is. */
interface DigestReader {
  readonly user: Pick<User, "userId" | "email" | "isActive">;
  readonly preferences: EffectivePreferences;
  readonly isCompulsory: boolean;
}

interface DigestDay {
  readonly day: Day;
  readonly decision: Extract<Decision, { send: "now" | "hold" }>;
}

/** A week, and the day on which its first one is over already. */
const DAYS = 8;

/** The local days with a digest for somebody, from today on or after their pause, as sending decides; `now` in ms. */
export function digestDays({ user, preferences, isCompulsory }: DigestReader, now: number): readonly DigestDay[] {
  if (user.email === undefined || !isActive(user)) return [];
  const today = localDay(toInstant(now), preferences.zone.value);
  const paused = preferences.pausedUntil.value ?? today;
  const first = isCompulsory || paused < today ? today : paused;
  return Array.from({ length: DAYS }, (_, index) => addDays(first, index)).flatMap((day) => {
    const decision = routeDigest({ day, isCompulsory }, preferences, now);
    return decision.send === "now" || decision.send === "hold" ? [{ day, decision }] : [];
  });
}

/** States of a digest that is still to be sent. */
const WAITS: readonly NotificationState[] = ["due", "on-hold"];

interface NextParts {
  readonly outbox: Pick<Outbox, "find">;
  /** What becomes of one that waits. */
  readonly upcoming: (waiting: Notification) => Promise<Pick<Upcoming, "at" | "send">>;
  /** Now, ms. */
  readonly now: number;
}

/** When somebody gets their next digest, if there is something to tell; `undefined` where they get none. */
export async function nextDigest(
  reader: DigestReader,
  { outbox, upcoming, now }: NextParts,
): Promise<Instant | undefined> {
  for (const { day, decision } of digestDays(reader, now)) {
    const made = await outbox.find(digestId(reader.user.userId, addDays(day, -1)));
    // Of a day whose time has passed none is made any more.
    if (made === undefined && decision.send === "hold") return decision.until;
    if (made === undefined || !WAITS.includes(made.state)) continue;
    const { at, send } = await upcoming(made);
    if (send === "send") return at;
  }
  return undefined;
}
