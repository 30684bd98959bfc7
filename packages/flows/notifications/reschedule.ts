import { addDays } from "@regulars/core/platform/period";
import { type EffectivePreferences, effectivePreferences } from "@regulars/core/notifications/effective";
import type { Message } from "@regulars/core/notifications/message";
import { readerOf } from "@regulars/core/notifications/readers-language";
import type { Notification, Outbox } from "@regulars/core/notifications/notification";
import type { PreferenceStore } from "@regulars/core/notifications/preference-store";
import { type Decision, type Why, route, routeDigest } from "@regulars/core/notifications/route";
import type { User } from "@regulars/core/access/user";
import { type Instant, type UserId, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { type PreferencesOf, preferencesOfAll } from "./readers.ts";

interface RescheduleInput {
  readonly tenant: Pick<Tenant, "timeZone" | "locale">;
  readonly store: {
    readonly preferences: Pick<PreferenceStore, "of" | "all" | "toFollow" | "followed">;
    readonly outbox: Pick<Outbox, "waitingFor" | "postpone">;
    readonly user: (userId: UserId) => Promise<User | undefined>;
    readonly nightly: { readonly users: () => Promise<readonly User[]> };
  };
  /** Now, ms. */
  readonly now: number;
}

/** Of more, those that are due later are decided when their time comes. */
const MOST = 2_000;

/**
 * Brings forward what waits for those whose preferences or zones have changed. Whoever changes them calls it; of one who
 * was cut off before, the next run that sends does. What shall go later or not at all is decided when its time comes.
 * Returns how many.
 */
export async function rescheduleWaiting(input: RescheduleInput): Promise<number> {
  const { preferences } = input.store;
  const changes = await preferences.toFollow();
  const [first, ...others] = changes;
  if (first === undefined) return 0;
  const isOfOne = first.owner.type === "user" && others.length === 0;
  const moved = await bringForward(input, isOfOne ? first.owner.userId : undefined);
  await mapConcurrent(changes, (change) => preferences.followed(change));
  return moved;
}

/** Without a user, for everybody. */
async function bringForward({ tenant, store, now }: RescheduleInput, userId: UserId | undefined): Promise<number> {
  const waiting = (await store.outbox.waitingFor(userId)).slice(0, MOST);
  if (waiting.length === 0) return 0;
  const preferencesOf = await (userId === undefined ? everybodys(tenant, store) : ones(tenant, store, userId));
  const moved = await mapConcurrent(waiting, async (notification) => {
    const earlier = broughtForward(notification, preferencesOf(readerOf(notification.message)), now);
    return earlier !== undefined && store.outbox.postpone(notification, earlier.at, earlier.why);
  });
  return moved.filter(Boolean).length;
}

/** When what waits may go by these preferences, where that is earlier than it is due; `now` in ms. */
export function broughtForward(
  { message, dueAt }: Pick<Notification, "message" | "dueAt">,
  preferences: EffectivePreferences,
  now: number,
): { readonly at: Instant; readonly why: Why } | undefined {
  const decision = decisionOf(message, preferences, now);
  if (decision?.send !== "now" && decision?.send !== "hold") return undefined;
  const at = decision.send === "hold" ? decision.until : toInstant(now);
  return at < dueAt ? { at, why: decision.why } : undefined;
}

type Part<Name extends keyof RescheduleInput> = RescheduleInput[Name];

async function everybodys(tenant: Part<"tenant">, { preferences, nightly }: Part<"store">): Promise<PreferencesOf> {
  const known = new Map((await nightly.users()).map((user) => [user.userId, user]));
  return preferencesOfAll(tenant, known, await preferences.all());
}

async function ones(tenant: Part<"tenant">, { preferences, user }: Part<"store">, userId: UserId) {
  const defaults = await preferences.of({ type: "tenant" });
  const own = await preferences.of({ type: "user", userId });
  const held = effectivePreferences({ tenant, defaults, user: await user(userId), own });
  return () => held;
}

function decisionOf(message: Message, preferences: EffectivePreferences, now: number): Decision | undefined {
  if (message.type === "digest") return routeDigest({ day: message.day ?? addDays(message.asOf, 1) }, preferences, now);
  if (message.type === "alert") return route({ kind: message.kind, level: message.line.level }, preferences, now);
  return undefined;
}
