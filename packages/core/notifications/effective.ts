import type { User } from "../access/user.ts";
import type { Level } from "../insights/finding.ts";
import { isZone } from "../platform/period.ts";
import { languageOf } from "../platform/languages.ts";
import type { Tenant } from "../tenants/tenant.ts";
import {
  ALL_KINDS,
  type Choices,
  type NotificationPreferences,
  type PreferenceName,
  type Stamp,
  type Treatment,
  noPreferences,
  weekdays,
} from "./preferences.ts";

/** Whose choice holds: the product's usual one, the tenant's default, the user's, or what the tenant makes compulsory. */
export const deciders = ["usual", "tenant", "user", "compulsion"] as const;
export type Decider = (typeof deciders)[number];

/** A preference as it holds, with whose choice it is. */
export interface Chosen<T> {
  readonly value: T;
  readonly decidedBy: Decider;
  /** Why it is compulsory. */
  readonly reason?: string | undefined;
  /** The user's own choice that does not hold. */
  readonly overruled?: T | undefined;
  /** Who made this choice, and when. */
  readonly stamp?: Stamp | undefined;
}

/** Preferences that may be without a value. */
type Open = "slackChannel" | "pausedUntil";

/** The preferences of one user as they hold. */
export type EffectivePreferences = {
  readonly [Name in PreferenceName]: Chosen<NonNullable<Choices[Name]> | (Name extends Open ? undefined : never)>;
} & { readonly treatmentOf: (kind: string, level: Level) => Chosen<Treatment> };

/** What a tenant and its user have chosen, and what is known of them otherwise. */
export interface PreferenceLayers {
  readonly tenant: Pick<Tenant, "timeZone" | "locale">;
  readonly defaults?: NotificationPreferences | undefined;
  /** Absent for what concerns no user. */
  readonly user?: Pick<User, "timeZone"> | undefined;
  readonly own?: NotificationPreferences | undefined;
}

/** `high` is told at once, `medium` in the digest, `watch` on the page only (docs/reference/insights.md 2.2). */
const usualTreatments: Readonly<Record<Level, Treatment>> = { high: "at-once", medium: "digest", watch: "off" };

const workdays = weekdays.slice(0, 5);

/** The preferences of a user as they hold: what is compulsory, else their own, else the tenant's, else the usual ones. */
export function effectivePreferences({
  tenant,
  defaults = noPreferences,
  user,
  own = noPreferences,
}: PreferenceLayers): EffectivePreferences {
  const layers: Layers = { defaults, own };
  const known = user?.timeZone !== undefined && isZone(user.timeZone) ? user.timeZone : undefined;
  const workWeekends = chosen(layers, "workWeekends", true);
  return {
    channel: chosen(layers, "channel", "slack-channel"),
    slackChannel: chosen(layers, "slackChannel", undefined),
    digestAt: chosen(layers, "digestAt", "07:30"),
    digestDays: chosen(layers, "digestDays", workWeekends.value ? weekdays : workdays),
    digestOfCleared: chosen(layers, "digestOfCleared", false),
    hasQuietHours: chosen(layers, "hasQuietHours", true),
    quietFrom: chosen(layers, "quietFrom", "20:00"),
    quietUntil: chosen(layers, "quietUntil", "07:00"),
    workWeekends,
    // Where somebody is known to be says more than what a tenant supposes of everybody.
    zone:
      known === undefined || own.choices.zone !== undefined || isCompulsory(layers, "zone")
        ? chosen(layers, "zone", tenant.timeZone)
        : { value: known, decidedBy: "usual" },
    language: chosen(layers, "language", languageOf(tenant.locale)),
    pausedUntil: chosen(layers, "pausedUntil", undefined),
    allOff: chosen(layers, "allOff", false),
    treatmentOf: (kind, level) => treatmentOf(layers, kind, level),
  };
}

interface Layers {
  readonly defaults: NotificationPreferences;
  readonly own: NotificationPreferences;
}

const isCompulsory = ({ defaults }: Layers, name: PreferenceName): boolean =>
  defaults.compulsions.some(({ set }) => set[name] !== undefined);

/** A choice that was found, and the preference that it was made for. */
interface Named<T> {
  readonly value: T;
  readonly name: string;
}

/** Whose choice holds, as `read` finds it in choices. */
function decide<T, Usual>(
  { defaults, own }: Layers,
  read: (choices: Choices) => Named<T> | undefined,
  usual: Usual,
): Chosen<T | Usual> {
  const mine = read(own.choices);
  for (const { set, reason } of defaults.compulsions) {
    const forced = read(set);
    if (forced === undefined) continue;
    const isOverruled = mine !== undefined && JSON.stringify(mine.value) !== JSON.stringify(forced.value);
    return {
      value: forced.value,
      decidedBy: "compulsion",
      reason,
      stamp: defaults.stamps["compulsions"],
      ...(isOverruled ? { overruled: mine.value } : {}),
    };
  }
  if (mine !== undefined) return { value: mine.value, decidedBy: "user", stamp: own.stamps[mine.name] };
  const theirs = read(defaults.choices);
  if (theirs === undefined) return { value: usual, decidedBy: "usual" };
  return { value: theirs.value, decidedBy: "tenant", stamp: defaults.stamps[theirs.name] };
}

function chosen<Name extends PreferenceName, Usual>(
  layers: Layers,
  name: Name,
  usual: Usual,
): Chosen<NonNullable<Choices[Name]> | Usual> {
  const read = (choices: Choices) => {
    const value = choices[name];
    return value === undefined || value === null ? undefined : { value, name };
  };
  return decide(layers, read, usual);
}

/** How a kind and level is treated. A choice for the kind goes before one for all kinds of the same person. */
function treatmentOf(layers: Layers, kind: string, level: Level): Chosen<Treatment> {
  const read = ({ kinds }: Choices) => {
    for (const one of [kind, ALL_KINDS]) {
      const value = kinds?.[one]?.[level];
      if (value !== undefined) return { value, name: `kinds.${one}.${level}` };
    }
    return undefined;
  };
  return decide(layers, read, usualTreatments[level]);
}
