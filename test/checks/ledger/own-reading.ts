import type { Choices, Compulsion } from "@regulars/core/notifications/preferences";
import { dayText, instantAt, localOf, minutesOf, weekdayOf } from "./own-clock.ts";

/** The preferences, read a second time from docs/reference/messages.md 5 alone: nothing of the product's rules. */

/** What holds for a reader at a time. */
export interface Held {
  readonly own: Choices;
  readonly tenant: Choices;
  readonly compulsions: readonly Compulsion[];
}

export const KIND = "overdue-payments";
export type Level = "high" | "medium";

const USUAL = { digestAt: "07:30", hasQuietHours: true, quietFrom: "20:00", quietUntil: "07:00", workWeekends: true };
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const layers = ({ own, tenant, compulsions }: Held): readonly Choices[] => [
  ...compulsions.map(({ set }) => set),
  own,
  tenant,
];

function first<Name extends keyof Choices>(held: Held, name: Name): Choices[Name] | undefined {
  for (const layer of layers(held)) if (layer[name] !== undefined) return layer[name];
  return undefined;
}

export const zoneOf = (held: Held): string => first(held, "zone") ?? "UTC";
const digestAtOf = (held: Held): string => first(held, "digestAt") ?? USUAL.digestAt;

const inKinds = ({ kinds = {} }: Choices, level: Level) => kinds[KIND]?.[level] ?? kinds["*"]?.[level];

/** Whether the company makes a level compulsory, and how it is treated. */
export function treatment(held: Held, level: Level): { readonly is: string; readonly isForced: boolean } {
  const forced = held.compulsions.map(({ set }) => inKinds(set, level)).find((one) => one !== undefined);
  if (forced !== undefined) return { is: forced, isForced: true };
  const is = inKinds(held.own, level) ?? inKinds(held.tenant, level) ?? (level === "high" ? "at-once" : "digest");
  return { is, isForced: false };
}

/** Sent now, at a later time (ms), in the digest, or not. */
export type Answer = "now" | "digest" | "nothing" | { readonly later: number };

export function newsAt(held: Held, level: Level, at: number): Answer {
  const { is, isForced } = treatment(held, level);
  if (!isForced) {
    if (first(held, "allOff") === true) return "nothing";
    const pausedUntil = first(held, "pausedUntil");
    if (pausedUntil !== undefined && dayText(localOf(zoneOf(held), at).day) < pausedUntil)
      return is === "off" ? "nothing" : "digest";
  }
  if (is === "off") return "nothing";
  if (is === "digest") return "digest";
  // What is quiet ends at the first minute that is not.
  let until = at;
  for (let end = quietEnd(held, until); end !== undefined; end = quietEnd(held, until)) until = end;
  return until === at ? "now" : { later: until };
}

/** When the quiet time of an instant ends; `undefined` when it is not quiet. */
function quietEnd(held: Held, at: number): number | undefined {
  const zone = zoneOf(held);
  const { day } = localOf(zone, at);
  if (!(first(held, "workWeekends") ?? USUAL.workWeekends) && weekdayOf(day) > 4)
    return instantAt(zone, day + 7 - weekdayOf(day), 0);
  if (!(first(held, "hasQuietHours") ?? USUAL.hasQuietHours)) return undefined;
  const from = minutesOf(first(held, "quietFrom") ?? USUAL.quietFrom);
  const until = minutesOf(first(held, "quietUntil") ?? USUAL.quietUntil);
  const nights = [day - 1, day].map((on) => ({
    begin: instantAt(zone, on, from),
    end: instantAt(zone, from < until ? on : on + 1, until),
  }));
  return nights.find(({ begin, end }) => begin <= at && at < end)?.end;
}

/** When the digest of a local day is sent: at its time, now when that has passed, or not at all. */
export function digestOf(held: Held, day: number, isForced: boolean, at: number): Answer {
  if (!isForced) {
    if (first(held, "allOff") === true) return "nothing";
    const pausedUntil = first(held, "pausedUntil");
    if (pausedUntil !== undefined && dayText(day) < pausedUntil) return "nothing";
  }
  const isWorking = first(held, "workWeekends") ?? USUAL.workWeekends;
  const chosen = first(held, "digestDays") ?? (isWorking ? DAYS : DAYS.slice(0, 5));
  const days = isForced && chosen.length === 0 ? DAYS : chosen;
  if (!days.some((name) => DAYS.indexOf(name) === weekdayOf(day))) return "nothing";
  const due = instantAt(zoneOf(held), day, minutesOf(digestAtOf(held)));
  return at < due ? { later: due } : "now";
}

/** A winter's and a summer's day, by which zones are compared. */
const COMPARED = ["2025-01-15", "2025-07-15"].map((on) => Date.parse(on) / 86_400_000);

/** The local days whose digests the nightly run after a day makes; it ends at three in UTC. */
export function digestDaysAfter(held: Held, day: number): readonly number[] {
  const isPassed = (further: number): boolean =>
    COMPARED.some(
      (on) => instantAt(zoneOf(held), on + further, minutesOf(digestAtOf(held))) < on * 86_400_000 + 3 * 3_600_000,
    );
  const further = [0, 1].findIndex((by) => !isPassed(by));
  return Array.from({ length: (further < 0 ? 2 : further) + 1 }, (_, by) => day + 1 + by);
}
