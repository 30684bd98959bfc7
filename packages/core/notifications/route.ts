import * as z from "zod";
import type { Level } from "../insights/finding.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type Day, type Instant, toDayNumber, toInstant } from "../platform/values.ts";
import { zoneClock } from "../platform/zone-clock.ts";
import { type Decider, type EffectivePreferences, deciders } from "./effective.ts";
import { type Channel, weekdays } from "./preferences.ts";
import { quietRules, isInQuietHours, minuteOf, quietTime, weekdayOf } from "./quiet-time.ts";

/** Messages that are about no finding, and may be switched off like a kind of finding. */
export const messageKinds = ["introduction"] as const;

/** What is to be told: a finding of a kind and level, a colleague's request, or the admins' notice of a fault. */
export interface News {
  /** The kind of the finding, or of the message. */
  readonly kind: string;
  readonly level?: Level | undefined;
}

/** Faults of the set-up are told to the admins at any hour, whatever they prefer. */
export const NOTICE = "notice";

/** The rules that decide. */
export const routeRules = [
  "at-once",
  "digest",
  "off",
  "all-off",
  "paused",
  "notice",
  "digest-time",
  "digest-time-in-quiet-hours",
  "no-digest-day",
  "reader-limit",
  "tenant-limit",
  ...quietRules,
] as const;
export type RouteRule = (typeof routeRules)[number];

/** Why something is sent so: the rule, whose choice that is, and for a compulsory one the tenant's reason. */
export const whySchema = z.object({
  rule: z.enum(routeRules),
  decidedBy: z.enum(deciders),
  reason: z.string().optional(),
  /** The day from which on news is sent again. */
  pausedUntil: z.string().optional(),
  /** The user's own choice does not hold. */
  isOverruled: z.boolean().optional(),
});
export type Why = Immutable<z.output<typeof whySchema>>;

/** What happens to news: sent now, held until a time, told in the digest, or not told. */
export type Decision =
  | { readonly send: "now"; readonly channel: Channel; readonly why: Why }
  | { readonly send: "hold"; readonly channel: Channel; readonly until: Instant; readonly why: Why }
  | { readonly send: "digest" | "nothing"; readonly channel: "mail"; readonly why: Why };

/**
 * The one place that decides what news reaches somebody how and when (docs/reference/messages.md 5): by their
 * preferences and the clock, `now` in ms. What is compulsory goes before a pause and before `allOff`, and keeps quiet
 * hours; news of a pause is in the first digest after it.
 */
export function route({ kind, level = "high" }: News, preferences: EffectivePreferences, now: number): Decision {
  if (kind === NOTICE) return { send: "now", channel: "mail", why: { rule: "notice", decidedBy: "usual" } };
  const treatment = preferences.treatmentOf(kind, level);
  const isCompulsory = treatment.decidedBy === "compulsion";
  if (!isCompulsory) {
    if (preferences.allOff.value) return toNobody("nothing", "all-off", preferences.allOff);
    if (isPaused(preferences, now))
      return treatment.value === "off"
        ? toNobody("nothing", "off", treatment)
        : toNobody("digest", "paused", { ...preferences.pausedUntil, pausedUntil: preferences.pausedUntil.value });
  }
  if (treatment.value === "off") return toNobody("nothing", "off", treatment);
  if (treatment.value === "digest") return toNobody("digest", "digest", treatment);
  const channel = preferences.channel.value;
  const quiet = quietTime(preferences, now);
  if (quiet === undefined) return { send: "now", channel, why: whyOf("at-once", treatment) };
  const by = quiet.rule === "weekend" ? preferences.workWeekends : preferences.hasQuietHours;
  return {
    send: "hold",
    channel,
    until: toInstant(quiet.until),
    why: whyOf(quiet.rule, isCompulsory ? treatment : by),
  };
}

/** Whether somebody wants nothing before a later day of theirs. */
function isPaused({ pausedUntil, zone }: EffectivePreferences, now: number): boolean {
  return pausedUntil.value !== undefined && zoneClock(zone.value).localTime(now).day < toDayNumber(pausedUntil.value);
}

/** A digest: the local day that it is for, and whether something in it is compulsory. */
interface DigestNews {
  readonly day: Day;
  readonly isCompulsory?: boolean | undefined;
}

/**
 * When somebody's digest of a local day is sent: at their time of that day, also inside of their quiet hours, because
 * they chose both; at once when that has passed.
 */
export function routeDigest(
  { day, isCompulsory = false }: DigestNews,
  preferences: EffectivePreferences,
  now: number,
): Decision {
  const { allOff, pausedUntil, digestAt, digestDays, zone } = preferences;
  if (!isCompulsory && allOff.value) return toNobody("nothing", "all-off", allOff);
  if (!isCompulsory && pausedUntil.value !== undefined && day < pausedUntil.value)
    return toNobody("nothing", "paused", { ...pausedUntil, pausedUntil: pausedUntil.value });
  const on = toDayNumber(day);
  // What is compulsory finds a day also with somebody who wants no digest.
  const days = isCompulsory && digestDays.value.length === 0 ? weekdays : digestDays.value;
  if (!days.some((one) => weekdays[weekdayOf(on)] === one)) return toNobody("nothing", "no-digest-day", digestDays);
  const minute = minuteOf(digestAt.value);
  const at = zoneClock(zone.value).epochOf({ day: on, minute });
  const rule = isInQuietHours(preferences, minute) ? "digest-time-in-quiet-hours" : "digest-time";
  const why = whyOf(rule, digestAt);
  return now < at
    ? { send: "hold", channel: "mail", until: toInstant(at), why }
    : { send: "now", channel: "mail", why };
}

interface Choice {
  readonly decidedBy: Decider;
  readonly reason?: string | undefined;
  readonly overruled?: unknown;
  readonly pausedUntil?: string | undefined;
}

const toNobody = (send: "digest" | "nothing", rule: RouteRule, by: Choice): Decision => ({
  send,
  channel: "mail",
  why: whyOf(rule, by),
});

const whyOf = (rule: RouteRule, { decidedBy, reason, overruled, pausedUntil }: Choice): Why => ({
  rule,
  decidedBy,
  ...(reason === undefined ? {} : { reason }),
  ...(overruled === undefined ? {} : { isOverruled: true }),
  ...(pausedUntil === undefined ? {} : { pausedUntil }),
});
