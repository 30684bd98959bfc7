import { recipientOf } from "@regulars/core/access/recipient";
import { type User, isActive } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import {
  type HeldPreferences,
  changedNames,
  effectOf,
  isChanged,
} from "@regulars/core/notifications/compare-preferences";
import type { Notification, Outbox } from "@regulars/core/notifications/notification";
import type { AllPreferences, PreferencesOwner } from "@regulars/core/notifications/preference-store";
import { ALL_KINDS, type NotificationPreferences } from "@regulars/core/notifications/preferences";
import { type ShownPreference, shownPreferences } from "@regulars/core/notifications/preferences-json";
import { readerOf } from "@regulars/core/notifications/readers-language";
import type { NowThen, When } from "@regulars/core/platform/now-then";
import { type Day, type Instant, type UserId, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "../platform/map-concurrent.ts";
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

/** A preference that a change is about, as it holds for a user, or for who has chosen nothing. */
export interface PreferenceRow extends NowThen<ShownPreference | undefined> {
  readonly name: string;
  /** Users for whom it changes something, and those for whom not because they chose themselves. */
  readonly changed: number;
  readonly chose: number;
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
  /** Whose preferences are changed, and how. */
  readonly owner: PreferencesOwner;
  readonly tried: NowThen<NotificationPreferences>;
  /** Customers who may be named. */
  readonly canSee: (customer: Customer) => boolean;
  /** Now, ms. */
  readonly now: number;
}

interface Parts extends PreviewInput {
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: NowThen<PreferencesOf>;
  readonly live: LiveFinding;
  /** Whether the preferences of somebody change. */
  readonly isReached: (userId: UserId | undefined) => boolean;
}

const MOST_NAMED = 10;
/** As many as a change of preferences brings forward at once. */
const MOST_WAITING = 2_000;

/**
 * What a change of preferences would do (docs/reference/messages.md 5): to whom, to what the last nightly run has left,
 * to what waits and to the next digests, each by the functions that decide it when it is sent. Saves nothing.
 */
export async function previewPreferences(input: PreviewInput): Promise<PreferencesPreview> {
  const { tenant, catalog, store, owner, tried, now } = input;
  const users = new Map((await store.nightly.users()).map((user) => [user.userId, user]));
  const stored = await store.nightly.preferences();
  const preferencesOf = {
    now: preferencesOfAll(tenant, users, withPreferences(stored, owner, tried.now)),
    after: preferencesOfAll(tenant, users, withPreferences(stored, owner, tried.after)),
  };
  const held = heldBy(catalog, preferencesOf);
  const isReached = (userId: UserId | undefined): boolean =>
    (owner.type === "tenant" || owner.userId === userId) && isChanged(held.now(userId), held.after(userId));
  const live = liveFindings({ tenant, catalog, store: store.nightly, users, now: toInstant(now) });
  const parts: Parts = { ...input, users, preferencesOf, live, isReached };
  const news = await newsOf(parts);
  return {
    ...reachOf(parts, held),
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

/** Everything that holds for somebody, by name. */
type HeldOf = NowThen<(userId: UserId | undefined) => HeldPreferences>;

function heldBy(catalog: InsightCatalog, { now, after }: NowThen<PreferencesOf>): HeldOf {
  const kinds = [ALL_KINDS, ...catalog.kinds.map(({ id }) => id)];
  const heldIn = (preferencesOf: PreferencesOf) => {
    const known = new Map<UserId | undefined, HeldPreferences>();
    return (userId: UserId | undefined): HeldPreferences => {
      const before = known.get(userId);
      if (before !== undefined) return before;
      const { preferences } = shownPreferences(preferencesOf(userId), kinds);
      const held = new Map(preferences.map((one) => [one.name, one]));
      known.set(userId, held);
      return held;
    };
  };
  return { now: heldIn(now), after: heldIn(after) };
}

/** The preferences that the change is about, and whom it changes something for. */
function reachOf({ owner, tried, users, isReached }: Parts, held: HeldOf): Pick<PreferencesPreview, "rows" | "people"> {
  const whose = owner.type === "user" ? owner.userId : undefined;
  const active = owner.type === "user" ? [] : [...users.values()].filter(isActive);
  const names = changedNames(tried.now, tried.after);
  const effects = new Map(
    active.map((user) => [user, names.map((name) => effectOf(name, held.now(user.userId), held.after(user.userId)))]),
  );
  const countOf = (index: number, effect: string): number =>
    [...effects.values()].filter((ofUser) => ofUser[index] === effect).length;
  const rows = names.map((name, index) => ({
    name,
    now: held.now(whose).get(name),
    after: held.after(whose).get(name),
    changed: countOf(index, "changed"),
    chose: countOf(index, "own-choice"),
  }));
  if (owner.type === "user") return { rows, people: undefined };
  const changed = active.filter(({ userId }) => isReached(userId));
  const chose = active.filter((user) => !isReached(user.userId) && effects.get(user)?.includes("own-choice"));
  return { rows, people: { of: active.length, changed: firstOf(changed), chose: firstOf(chose) } };
}

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
  const known = new Map<string, boolean>();
  const hasDigest = (userId: UserId | undefined, when: When): boolean => {
    const name = `${when} ${userId}`;
    const reader = known.has(name) ? undefined : readerOfDigest(userId, when);
    const has = known.get(name) ?? (reader !== undefined && digestDays(reader, now).length > 0);
    known.set(name, has);
    return has;
  };
  const told = news.map((one) => {
    const by = (when: When): Telling =>
      tellingOf(one, preferencesOf[when](one.readerId), { hasDigest: hasDigest(one.readerId, when), now });
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
function upcomingIn(
  { users, preferencesOf, live, now }: Parts,
  waiting: Notification,
  when: When,
): Promise<Upcoming> {
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
