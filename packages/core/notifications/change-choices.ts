import {
  type Choices,
  type Compulsion,
  type NotificationPreferences,
  type PreferencesChange,
  type Stamp,
  choicesSchema,
} from "./preferences.ts";
import type { PreferencesEntry } from "./preference-store.ts";

/** Preferences after a change, and what has changed. */
export interface ChangedPreferences {
  readonly after: NotificationPreferences;
  readonly changes: PreferencesEntry["changes"];
}

/** Applies a change: what it names is set, or taken back by null; the rest stays. */
export function changedPreferences(
  before: NotificationPreferences,
  { kinds, ...values }: PreferencesChange,
  stamp: Stamp,
  compulsions: readonly Compulsion[] = before.compulsions,
): ChangedPreferences {
  const choices = choicesSchema.parse(
    withoutUnset({ ...before.choices, ...withoutMissing(values), kinds: kindsAfter(before.choices, kinds) }),
  );
  const changes = [
    ...differences(namedChoices(before.choices), namedChoices(choices)),
    ...differences(new Map([["compulsions", before.compulsions]]), new Map([["compulsions", compulsions]])),
  ];
  const changed = new Set(changes.map(({ preference }) => preference));
  const kept = Object.entries(before.stamps).filter(([name]) => !changed.has(name));
  const set = changes.filter(({ to }) => to !== null).map(({ preference }): [string, Stamp] => [preference, stamp]);
  return {
    after: {
      version: before.version + 1,
      choices,
      stamps: Object.fromEntries([...kept, ...set]),
      compulsions: [...compulsions],
    },
    changes,
  };
}

type Values = Readonly<Record<string, unknown>>;

const withoutMissing = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const withoutUnset = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

/** Levels are set one by one; a kind without any is gone. */
function kindsAfter({ kinds = {} }: Choices, change: PreferencesChange["kinds"] = {}): Values | undefined {
  const names = [...new Set([...Object.keys(kinds), ...Object.keys(change)])];
  const after = names
    .map((kind) => [kind, withoutUnset({ ...kinds[kind], ...withoutMissing(change[kind] ?? {}) })] as const)
    .filter(([, levels]) => Object.keys(levels).length > 0);
  return after.length === 0 ? undefined : Object.fromEntries(after);
}

/** Choices by the names of their preferences: `digestAt`, `kinds.churn-risk.high`. */
export function namedChoices({ kinds = {}, ...values }: Choices): ReadonlyMap<string, unknown> {
  const treatments = Object.entries(kinds).flatMap(([kind, levels]) =>
    Object.entries(levels).map(([level, treatment]) => [`kinds.${kind}.${level}`, treatment] as const),
  );
  return new Map<string, unknown>([...Object.entries(values), ...treatments]);
}

/** Null stands for a preference that is not set. */
const differences = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): { preference: string; from: unknown; to: unknown }[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((preference) => ({ preference, from: before.get(preference) ?? null, to: after.get(preference) ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
