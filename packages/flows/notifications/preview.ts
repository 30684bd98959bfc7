import { type User, isActive } from "@regulars/core/access/user";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { digestId } from "@regulars/core/notifications/compose";
import type { Message } from "@regulars/core/notifications/message";
import type { Notification, Outbox } from "@regulars/core/notifications/notification";
import { readerOf } from "@regulars/core/notifications/readers-language";
import { type Decision, NOTICE, type Why, route, routeDigest } from "@regulars/core/notifications/route";
import { whyText } from "@regulars/core/notifications/why";
import { addDays, localDay } from "@regulars/core/platform/period";
import { type Day, type Instant, type UserId, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { decideDue } from "./decide-due.ts";
import { liveFindings } from "./live-findings.ts";
import { preferencesOfAll } from "./readers.ts";

const DAY_MS = 24 * 60 * 60_000;
/** The most messages of a preview. */
const MOST = 1_000;

/** Something that would be sent to somebody, or would not, and why. */
export interface Upcoming {
  readonly at: Instant;
  /** The reader; null for what goes to a channel of nobody in particular, or to a customer's person. */
  readonly userId: UserId | null;
  readonly type: Message["type"];
  /** Of what waits already; null for a digest that the next nightly run makes, if there is something to tell. */
  readonly notificationId: string | null;
  readonly kinds: readonly string[];
  readonly channel: Decision["channel"];
  readonly send: "send" | "drop";
  readonly why: string;
  /** What decides it, where that is a preference, and the digest's day: for whoever says it in another language. */
  readonly because?: Why | undefined;
  readonly forDay?: Day | undefined;
}

/** Why something is sent that no preference decides. */
export const WHEN_DUE = "is sent when it is due";

/** What is to come in the JSON of the API and the command line. */
export const upcomingJson = ({ because: _because, forDay: _forDay, ...upcoming }: Upcoming) => ({
  ...upcoming,
  kinds: [...upcoming.kinds],
});

interface PreviewInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: { readonly nightly: NightlyStore; readonly outbox: Pick<Outbox, "due" | "find"> };
  readonly now: number;
  /** Only what concerns this user. */
  readonly userId?: UserId | undefined;
}

/**
 * What would be sent to whom in the next 24 hours and why, if nothing changed until then: what waits, as it would be
 * decided at its time, and the digests of the nightly runs to come. The earliest first.
 */
export async function previewMessages(input: PreviewInput): Promise<readonly Upcoming[]> {
  const { tenant, catalog, store, now } = input;
  const users = new Map((await store.nightly.users()).map((user) => [user.userId, user]));
  const preferencesOf = preferencesOfAll(tenant, users, await store.nightly.preferences());
  const live = liveFindings({ tenant, catalog, store: store.nightly, users, now: toInstant(now) });
  const isAsked = (userId: UserId | undefined): boolean => input.userId === undefined || input.userId === userId;
  const waiting = await store.outbox.due(toInstant(now + DAY_MS), MOST);
  const upcoming: Upcoming[] = [];
  for (const notification of waiting.filter(({ message }) => isAsked(readerOf(message)))) {
    const one = await upcomingOf(notification, { users, preferencesOf, live, now });
    if (Date.parse(one.at) <= now + DAY_MS) upcoming.push(one);
  }
  for (const user of users.values())
    if (isAsked(user.userId) && isActive(user)) upcoming.push(...(await digestsToCome(user, preferencesOf, input)));
  return upcoming.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What becomes of something that waits, as it would be decided at its time; `now` in ms. */
export async function upcomingOf(
  notification: Notification,
  { users, preferencesOf, live, now }: Parameters<typeof decideDue>[1],
): Promise<Upcoming> {
  const { message } = notification;
  const at = Math.max(now, Date.parse(notification.dueAt));
  const decision = await decideDue(notification, { users, preferencesOf, live, now: at });
  const until = decision.do === "hold" ? Date.parse(decision.until) : at;
  const userId = readerOf(message);
  const { channel, why, because } = whatDecides(notification, preferencesOf(userId), until);
  return {
    at: toInstant(until),
    userId: userId ?? null,
    type: message.type,
    notificationId: notification.id,
    kinds: kindsOf(message),
    channel,
    send: decision.do === "drop" ? "drop" : "send",
    why: decision.do === "drop" ? decision.note : why,
    because: decision.do === "drop" && decision.note !== why ? undefined : because,
  };
}

const kindsOf = (message: Message): readonly string[] => {
  if (message.type === "digest") return message.sections.map(({ kind }) => kind);
  if (message.type !== "alert") return [];
  return [...new Set([message.kind, ...(message.others ?? []).map(({ kind }) => kind)])];
};

type Preferences = ReturnType<ReturnType<typeof preferencesOfAll>>;

/** The decision at the time of sending; what is about no preference is told by its notification. */
function whatDecides({ message, why }: Notification, preferences: Preferences, at: number) {
  const decision = decisionOf(message, preferences, at);
  if (decision !== undefined) return { channel: decision.channel, why: whyText(decision.why), because: decision.why };
  const said = why === undefined ? WHEN_DUE : whyText(why);
  return { channel: "mail" as const, why: said, because: why };
}

function decisionOf(message: Message, preferences: Preferences, at: number): Decision | undefined {
  switch (message.type) {
    case "digest":
      return routeDigest({ day: message.day ?? addDays(message.asOf, 1) }, preferences, at);
    case "alert":
      return route({ kind: message.kind, level: message.line.level }, preferences, at);
    case "introduction":
      return route({ kind: message.type }, preferences, at);
    case "notice":
      return route({ kind: NOTICE }, preferences, at);
    case "group":
      return undefined;
  }
}

/** The digests of a user's next local days that no nightly run has made yet. */
async function digestsToCome(
  { userId, email }: User,
  preferencesOf: ReturnType<typeof preferencesOfAll>,
  { store, now }: PreviewInput,
): Promise<readonly Upcoming[]> {
  if (email === undefined) return [];
  const preferences = preferencesOf(userId);
  const today = localDay(toInstant(now), preferences.zone.value);
  const upcoming: Upcoming[] = [];
  for (const day of [today, addDays(today, 1)]) {
    const decision = routeDigest({ day }, preferences, now);
    const at = decision.send === "hold" ? Date.parse(decision.until) : undefined;
    if (decision.send === "now" || (at !== undefined && at > now + DAY_MS)) continue;
    if ((await store.outbox.find(digestId(userId, addDays(day, -1)))) !== undefined) continue;
    upcoming.push({
      at: toInstant(at ?? now),
      userId,
      type: "digest",
      notificationId: null,
      kinds: [],
      channel: "mail",
      send: decision.send === "nothing" ? "drop" : "send",
      why: `${day}: ${whyText(decision.why)}`,
      because: decision.why,
      forDay: day,
    });
  }
  return upcoming;
}
