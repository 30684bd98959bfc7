import { type User, isActive } from "../access/user.ts";
import { memoByKey } from "../platform/memo.ts";
import type { NowThen } from "../platform/now-then.ts";
import type { UserId } from "../platform/values.ts";
import { type HeldPreferences, changedNames, effectOf, isChanged } from "./compare-preferences.ts";
import type { EffectivePreferences } from "./effective.ts";
import type { PreferencesOwner } from "./preference-store.ts";
import type { NotificationPreferences } from "./preferences.ts";
import { type ShownPreference, shownPreferences } from "./preferences-json.ts";

/** A preference that a change is about, as it holds for a user, or for who has chosen nothing. */
export interface PreferenceRow extends NowThen<ShownPreference | undefined> {
  readonly name: string;
  /** Users for whom it changes something, and those for whom not because they chose themselves. */
  readonly changed: number;
  readonly chose: number;
}

/** Whom a change of preferences reaches. */
export interface PreferenceReach {
  readonly rows: readonly PreferenceRow[];
  /** Of a tenant's change: of how many, for whom it changes something, and for whom not because they chose themselves. */
  readonly people:
    { readonly of: number; readonly changed: readonly User[]; readonly chose: readonly User[] } | undefined;
  /** Whether it changes anything for a user, or for nobody in particular. */
  readonly isReached: (userId: UserId | undefined) => boolean;
}

interface ReachInput {
  /** Whose preferences are changed, and how. */
  readonly owner: PreferencesOwner;
  readonly tried: NowThen<NotificationPreferences>;
  readonly users: Iterable<User>;
  readonly preferencesOf: NowThen<(userId: UserId | undefined) => EffectivePreferences>;
  /** The kinds of findings, and what stands for all of them. */
  readonly kinds: readonly string[];
}

export function reachOf({ owner, tried, users, preferencesOf, kinds }: ReachInput): PreferenceReach {
  const heldBy = (of: ReachInput["preferencesOf"]["now"]) =>
    memoByKey((userId: UserId | undefined): HeldPreferences => {
      const { preferences } = shownPreferences(of(userId), kinds);
      return new Map(preferences.map((one) => [one.name, one]));
    });
  const held = { now: heldBy(preferencesOf.now), after: heldBy(preferencesOf.after) };
  const isReached = (userId: UserId | undefined): boolean =>
    (owner.type === "tenant" || owner.userId === userId) && isChanged(held.now(userId), held.after(userId));
  const whose = owner.type === "user" ? owner.userId : undefined;
  const active = owner.type === "user" ? [] : [...users].filter(isActive);
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
  if (owner.type === "user") return { rows, people: undefined, isReached };
  const changed = active.filter(({ userId }) => isReached(userId));
  const chose = active.filter((user) => !isReached(user.userId) && effects.get(user)?.includes("own-choice"));
  return { rows, people: { of: active.length, changed, chose }, isReached };
}
