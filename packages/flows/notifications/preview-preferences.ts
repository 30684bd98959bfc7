import { recipientOf } from "@regulars/core/access/recipient";
import { type User, isActive } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Notification, Outbox } from "@regulars/core/notifications/notification";
import { type PreferenceReach, type PreferenceRow, reachOf } from "@regulars/core/notifications/preference-reach";
import type { AllPreferences, PreferencesOwner } from "@regulars/core/notifications/preference-store";
import { ALL_KINDS, type NotificationPreferences } from "@regulars/core/notifications/preferences";
import { readerOf } from "@regulars/core/notifications/readers-language";
import { memoByKey } from "@regulars/core/platform/memo";
import type { NowThen, When } from "@regulars/core/platform/now-then";
import { ok } from "@regulars/core/platform/result";
import { type Day, type Instant, type UserId, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { type PreferencesAsked, type RefusedPreferences, tryPreferences } from "./change-preferences.ts";
import { type LiveFinding, liveFindings } from "./live-findings.ts";
import { type NewsTo, type Telling, hasCompulsoryNews, newsOfNight, tellingOf, tellings } from "./news-of-night.ts";
import { digestDays, nextDigest } from "./next-digest.ts";
import { type Upcoming, upcomingOf } from "./preview.ts";
import { type PreferencesOf, preferencesOfAll } from "./readers.ts";
import { broughtForward } from "./reschedule.ts";

/** Things that would change: how many, and the first of them. */
export interface Changing<T> {
  readonly count: number;
  readonly first: readonly T[];
}

/** What a change of preferences would do, before it is saved. */
export interface PreferencesPreview {
  readonly rows: readonly PreferenceRow[];
  /** Of a tenant's change. */
  readonly people:
    { readonly of: number; readonly changed: Changing<User>; readonly chose: Changing<User> } | undefined;
  /** How what the last nightly run has left would be told; absent before the first. */
  readonly news:
    | {
        readonly asOf: Day;
        readonly counts: readonly (NowThen<number> & { readonly telling: Telling })[];
        readonly moved: Changing<NewsTo & NowThen<Telling> & ForReader>;
      }
    | undefined;
  /** Messages that wait, which would go at another time, another way or not at all. */
  readonly waiting: Changing<NowThen<Upcoming> & ForReader>;
  /** Whose next digest comes at another time; `undefined` for none. */
  readonly digests: Changing<{ readonly user: User } & NowThen<DigestTime>>;
}

/** Whom something is for; absent for nobody in particular. */
interface ForReader {
  readonly reader: User | undefined;
}

interface DigestTime {
  readonly at: Instant | undefined;
  readonly zone: string;
}

interface PreviewInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: { readonly nightly: NightlyStore; readonly outbox: Pick<Outbox, "waitingFor" | "find"> };
  /** Whose preferences are changed. */
  readonly owner: PreferencesOwner;
  /** Customers who may be named. */
  readonly canSee: (customer: Customer) => boolean;
}

interface Tried extends PreviewInput {
  readonly tried: NowThen<NotificationPreferences>;
  /** Now, ms. */
  readonly now: number;
}

interface Parts extends Tried {
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: NowThen<PreferencesOf>;
  readonly live: LiveFinding;
  readonly isReached: PreferenceReach["isReached"];
}

const MOST_NAMED = 10;
/** As many as a change of preferences brings forward at once. */
const MOST_WAITING = 2_000;

/**
 * What a change of preferences would do (docs/reference/messages.md 5): to whom, to what the last nightly run has left,
 * to what waits and to the next digests, each by the functions that decide it when it is sent. Refused as the change
 * would be. Saves nothing.
 */
export async function previewPreferences(
  input: PreviewInput,
  asked: PreferencesAsked,
): Promise<{ readonly ok: true; readonly value: PreferencesPreview } | RefusedPreferences> {
  const tried = await tryPreferences(input.owner, asked);
  if (!tried.ok) return tried;
  const { before, after } = tried.value;
  return ok(await previewTried({ ...input, tried: { now: before, after }, now: Date.parse(asked.now) }));
}

async function previewTried(input: Tried): Promise<PreferencesPreview> {
  const { tenant, catalog, store, owner, tried, now } = input;
  const users = new Map((await store.nightly.users()).map((user) => [user.userId, user]));
  const stored = await store.nightly.preferences();
  const preferencesOf = {
    now: preferencesOfAll(tenant, users, withPreferences(stored, owner, tried.now)),
    after: preferencesOfAll(tenant, users, withPreferences(stored, owner, tried.after)),
  };
  const kinds = [ALL_KINDS, ...catalog.kinds.map(({ id }) => id)];
  const { rows, people, isReached } = reachOf({ owner, tried, users: users.values(), preferencesOf, kinds });
  const live = liveFindings({ tenant, catalog, store: store.nightly, users, now: toInstant(now) });
  const parts: Parts = { ...input, users, preferencesOf, live, isReached };
  const news = await newsOf(parts);
  return {
    rows,
    people: people && { ...people, changed: firstOf(people.changed), chose: firstOf(people.chose) },
    news: news && { asOf: news.asOf, ...newsPreview(parts, news.news) },
    waiting: await waitingPreview(parts),
    digests: await digestsPreview(parts, news?.news ?? []),
  };
}

const withPreferences = (
  stored: AllPreferences,
  owner: PreferencesOwner,
  preferences: NotificationPreferences,
): AllPreferences =>
  owner.type === "tenant"
    ? { ...stored, tenant: preferences }
    : { ...stored, users: new Map([...stored.users, [owner.userId, preferences]]) };

const firstOf = <T>(all: readonly T[], first: readonly T[] = all): Changing<T> => ({
  count: all.length,
  first: first.slice(0, MOST_NAMED),
});

const newsOf = ({ tenant, catalog, store, users, owner, now }: Parts) =>
  newsOfNight({
    tenant,
    catalog,
    store: store.nightly,
    users,
    userId: owner.type === "user" ? owner.userId : undefined,
    now,
  });

/** Whether there is a digest for somebody, now and then. */
function digestReader({ users, preferencesOf, now }: Parts, news: readonly NewsTo[]) {
  const byReader = Map.groupBy(news, ({ readerId }) => readerId);
  return (userId: UserId | undefined, when: When) => {
    const user = userId === undefined ? undefined : users.get(userId);
    const preferences = preferencesOf[when](userId);
    const isCompulsory = hasCompulsoryNews(byReader.get(userId) ?? [], preferences, now);
    return user && { user, preferences, isCompulsory };
  };
}

function newsPreview(parts: Parts, news: readonly NewsTo[]) {
  const { users, preferencesOf, canSee, now } = parts;
  const readerOfDigest = digestReader(parts, news);
  const hasDigestIn = (when: When) =>
    memoByKey((userId: UserId | undefined): boolean => {
      const reader = readerOfDigest(userId, when);
      return reader !== undefined && digestDays(reader, now).length > 0;
    });
  const hasDigest = { now: hasDigestIn("now"), after: hasDigestIn("after") };
  const told = news.map((one) => {
    const by = (when: When): Telling =>
      tellingOf(one, preferencesOf[when](one.readerId), { hasDigest: hasDigest[when](one.readerId), now });
    const reader = one.readerId === undefined ? undefined : users.get(one.readerId);
    return { ...one, reader, now: by("now"), after: by("after") };
  });
  const moved = told.filter((one) => one.now !== one.after);
  return {
    counts: tellings.map((telling) => ({
      telling,
      now: told.filter((one) => one.now === telling).length,
      after: told.filter((one) => one.after === telling).length,
    })),
    moved: firstOf(
      moved,
      moved.filter(({ customer }) => canSee(customer)),
    ),
  };
}

/** What waits, as it would be decided at its time by either preferences. */
async function waitingPreview(parts: Parts): Promise<PreferencesPreview["waiting"]> {
  const { store, users, owner, isReached } = parts;
  const all = await store.outbox.waitingFor(owner.type === "user" ? owner.userId : undefined);
  const waiting = all.slice(0, MOST_WAITING).flatMap((notification) => {
    const named = readerOf(notification.message);
    const reader = named && (recipientOf(named, users) ?? users.get(named));
    return isReached(reader?.userId) ? [{ notification, reader }] : [];
  });
  const decided = await mapConcurrent(waiting, async ({ notification, reader }) => ({
    reader,
    now: await upcomingIn(parts, notification, "now"),
    after: await upcomingIn(parts, notification, "after"),
  }));
  return firstOf(decided.filter(({ now: present, after }) => wayOf(present) !== wayOf(after)));
}

/** What becomes of something that waits; saving a change brings forward what may go earlier by it. */
function upcomingIn({ users, preferencesOf, live, now }: Parts, waiting: Notification, when: When): Promise<Upcoming> {
  const preferences = preferencesOf[when];
  const earlier = when === "after" ? broughtForward(waiting, preferences(readerOf(waiting.message)), now) : undefined;
  const dueAt = earlier?.at ?? waiting.dueAt;
  return upcomingOf({ ...waiting, dueAt }, { users, preferencesOf: preferences, live, now });
}

/** When and how something is sent, if it is. */
const wayOf = ({ at, send, channel }: Upcoming): string => (send === "drop" ? "" : `${at} ${channel}`);

async function digestsPreview(parts: Parts, news: readonly NewsTo[]): Promise<PreferencesPreview["digests"]> {
  const { users, store, isReached, now } = parts;
  const { outbox } = store;
  const readerOfDigest = digestReader(parts, news);
  const reached = [...users.values()].filter((user) => isActive(user) && isReached(user.userId));
  const times = await mapConcurrent(reached, async (user) => {
    const by = async (when: When): Promise<DigestTime> => {
      const reader = readerOfDigest(user.userId, when);
      const upcoming = (waiting: Notification) => upcomingIn(parts, waiting, when);
      const at = reader && (await nextDigest(reader, { outbox, upcoming, now }));
      return { at, zone: parts.preferencesOf[when](user.userId).zone.value };
    };
    return { user, now: await by("now"), after: await by("after") };
  });
  return firstOf(times.filter((one) => one.now.at !== one.after.at));
}
