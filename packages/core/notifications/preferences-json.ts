import { type Level, levels } from "../insights/finding.ts";
import type { Chosen, EffectivePreferences } from "./effective.ts";
import { preferenceNames } from "./preferences.ts";
import { isInQuietHours, minuteOf } from "./quiet-time.ts";
import { messageKinds } from "./route.ts";

/** A preference for people and programs: its value, whose choice that is, and who made it when. */
export interface ShownPreference {
  readonly name: string;
  /** Null: none. */
  readonly value: unknown;
  readonly decidedBy: Chosen<unknown>["decidedBy"];
  readonly reason: string | null;
  /** The user's own choice that does not hold. */
  readonly overruled: unknown;
  readonly setBy: string | null;
  readonly setAt: string | null;
}

/** Everything that holds for somebody. `notes` say what may surprise. */
interface ShownPreferences {
  readonly preferences: readonly ShownPreference[];
  readonly notes: readonly string[];
}

const shown = <T>(name: string, { value, decidedBy, reason, overruled, stamp }: Chosen<T>): ShownPreference => ({
  name,
  value: value ?? null,
  decidedBy,
  reason: reason ?? null,
  overruled: overruled ?? null,
  setBy: stamp?.by ?? null,
  setAt: stamp?.at ?? null,
});

/** The preferences of somebody with those of every kind and level, named like `kinds.churn-risk.high`. */
export function shownPreferences(preferences: EffectivePreferences, kinds: readonly string[]): ShownPreferences {
  const ofKind = (kind: string, level: Level): ShownPreference =>
    shown(`kinds.${kind}.${level}`, preferences.treatmentOf(kind, level));
  return {
    preferences: [
      ...preferenceNames.map((name) => shown<unknown>(name, preferences[name])),
      ...kinds.flatMap((kind) => levels.map((level) => ofKind(kind, level))),
      ...messageKinds.map((kind) => ofKind(kind, "high")),
    ],
    notes: notesOf(preferences),
  };
}

function notesOf(preferences: EffectivePreferences): string[] {
  const { digestAt, quietFrom, quietUntil, digestDays, allOff } = preferences;
  const notes: string[] = [];
  if (isInQuietHours(preferences, minuteOf(digestAt.value)))
    notes.push(
      `the digest goes at ${digestAt.value}, which is in the quiet hours from ${quietFrom.value} to ${quietUntil.value}: the digest time wins`,
    );
  if (digestDays.value.length === 0) notes.push("there is no digest: no day is chosen for it");
  if (allOff.value) notes.push("everything is switched off but what the company makes compulsory");
  return notes;
}
