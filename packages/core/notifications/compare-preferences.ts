import { namedChoices } from "./change-choices.ts";
import { ALL_KINDS, type NotificationPreferences } from "./preferences.ts";
import type { ShownPreference } from "./preferences-json.ts";

/** Everything that holds for somebody, by the names of their preferences. */
export type HeldPreferences = ReadonlyMap<string, ShownPreference>;

/** The names of what a change sets, takes back, makes compulsory or does so no more. */
export function changedNames(before: NotificationPreferences, after: NotificationPreferences): readonly string[] {
  const [old, next] = [saidBy(before), saidBy(after)];
  return [...new Set([...old.keys(), ...next.keys()])].filter((name) => old.get(name) !== next.get(name)).toSorted();
}

/** What preferences say of each name: a choice, and what is compulsory. */
function saidBy({ choices, compulsions }: NotificationPreferences): ReadonlyMap<string, string> {
  const said = new Map([...namedChoices(choices)].map(([name, value]) => [name, JSON.stringify(value)]));
  for (const { set, reason } of compulsions)
    for (const [name, value] of namedChoices(set))
      said.set(name, `${said.get(name) ?? ""} ${JSON.stringify([value, reason])}`);
  return said;
}

/** What a change of a preference is for somebody: another value, none because they chose themselves, or none. */
export type Effect = "changed" | "own-choice" | "none";

/** What a change of the named preference does to somebody; one of all kinds is about every kind. */
export function effectOf(name: string, present: HeldPreferences, next: HeldPreferences): Effect {
  const about = [...next.values()].filter(isAbout(name));
  if (about.some((one) => differs(present.get(one.name), one))) return "changed";
  return about.some(({ decidedBy }) => decidedBy === "user") ? "own-choice" : "none";
}

/** Whether any preference of somebody has another value. */
export const isChanged = (present: HeldPreferences, next: HeldPreferences): boolean =>
  [...next.values()].some((one) => differs(present.get(one.name), one));

const differs = (present: ShownPreference | undefined, next: ShownPreference): boolean =>
  JSON.stringify(present?.value) !== JSON.stringify(next.value);

const OF_ALL_KINDS = `kinds.${ALL_KINDS}.`;

const isAbout =
  (name: string) =>
  ({ name: one }: ShownPreference): boolean =>
    one === name ||
    (name.startsWith(OF_ALL_KINDS) && one.startsWith("kinds.") && one.endsWith(name.slice(OF_ALL_KINDS.length - 1)));
