import { describe, expect, it } from "vitest";
import type { Activity } from "../customers/activity.ts";
import { localDay } from "../platform/period.ts";
import { seeded } from "../platform/random.ts";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toDayNumber,
  toInstant,
  userIdSchema,
} from "../platform/values.ts";
import { interactionsOf } from "../snapshots/interactions.ts";
import { colleaguesWhoKnow } from "./colleagues.ts";
import { connectionsOf } from "./connections.ts";

const P = personIdSchema.parse("p");
const CASES = 2_000;
const DAY_MS = 86_400_000;
/** With a leap day, and both changes of the clocks, within the year before. */
const AS_OFS = ["2024-02-29", "2024-12-31", "2026-03-29", "2026-11-22"] as const;
const ZONES = ["Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati", "Asia/Kathmandu"] as const;

type Random = () => number;
const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];

/** Contacts with P around a year: at its edges, several of a minute, planned and automatic ones among them. */
function history(random: Random, asOf: string, zone: string): Activity[] {
  const moments = [0, 1, 364, 365, 366, Math.floor(random() * 400), Math.floor(random() * 400)] as const;
  return Array.from({ length: Math.floor(random() * 30) }, (_, i): Activity => {
    const type = pick<Activity["type"]>(random, ["email", "email", "email", "meeting", "call", "task"]);
    const hour = Math.floor(random() * 4) * 8;
    const at = toInstant(Date.parse(`${asOf}T00:30:00Z`) - pick(random, moments) * DAY_MS + hour * 3_600_000);
    return {
      activityId: activityIdSchema.parse(`a${i}`),
      customerId: customerIdSchema.parse("acme"),
      type,
      direction: type === "meeting" ? "none" : pick(random, ["in", "out", "none"]),
      userId: userIdSchema.parse(pick(random, ["ana", "bob", "cem"])),
      personId: P,
      occurredAt: at,
      occurredOn: localDay(at, zone),
      completed: random() < 0.9,
      ...(random() < 0.1 ? { automatic: true } : {}),
      ...(type === "meeting" && random() < 0.5 ? { attendees: 1 + Math.floor(random() * 12) } : {}),
    };
  });
}

/** Strengths as the definition reads, contact by contact and by no code of the product (docs/reference/relationships.md 6). */
function byHand(told: readonly Activity[], asOf: string): Readonly<Record<string, string>> {
  const ageOf = (on: string): number => (Date.parse(`${asOf}T00:00:00Z`) - Date.parse(`${on}T00:00:00Z`)) / DAY_MS;
  const strengths = new Map<string, number>();
  const seen = new Map<string, number>();
  const add = (userId: string, weight: number, age: number): void =>
    void strengths.set(userId, (strengths.get(userId) ?? 0) + weight * 0.5 ** (age / 90));
  const meetings = new Map<string, Activity[]>();
  for (const one of told) {
    const [age, userId = "", isOff] = [ageOf(one.occurredOn), one.userId, one.automatic === true || !one.completed];
    if (one.type === "meeting" && one.automatic !== true) {
      // One start and employee is one meeting, whatever the number of its rows.
      const key = `${one.occurredAt} ${userId}`;
      meetings.set(key, [...(meetings.get(key) ?? []), one]);
      continue;
    }
    if (isOff || age < 0 || age >= 365 || one.type === "task") continue;
    if (one.type === "call") add(userId, 2, age);
    else {
      const way = one.direction === "in" ? "in" : "out";
      const key = `${userId} ${one.occurredOn} ${way}`;
      const nth = (seen.get(key) ?? 0) + 1;
      seen.set(key, nth);
      if (nth <= 3) add(userId, way === "in" ? 1.5 : 1, age);
    }
  }
  for (const rows of meetings.values()) {
    const [first] = rows.toSorted((a, b) => (a.activityId < b.activityId ? -1 : 1));
    if (first?.completed !== true) continue;
    const age = ageOf(first.occurredOn);
    const outsiders = Math.max(0, ...rows.map(({ attendees = 0 }) => attendees));
    if (age >= 0 && age < 365) add(first.userId ?? "", 3 / Math.max(1, outsiders - 2), age);
  }
  return Object.fromEntries([...strengths].map(([userId, strength]) => [userId, strength.toFixed(9)]));
}

/** As the product answers it, of colleagues who may all be named. */
const computed = (told: readonly Activity[], asOf: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    colleaguesWhoKnow({
      mode: "enhanced",
      person: connectionsOf(interactionsOf(told), toDayNumber(day(asOf))),
      company: () => [],
      isOffered: () => true,
    }).map(({ userId, strength }) => [userId, strength.toFixed(9)]),
  );

describe("strengths in 2,000 random histories", () => {
  it("RH13: are those that a second, plain reading of the definition gives, also of late, deleted and reordered activities", () => {
    const random = seeded(16);
    for (let i = 0; i < CASES; i += 1) {
      const [asOf, zone] = [pick(random, AS_OFS), pick(random, ZONES)];
      const told = history(random, asOf, zone);
      const expected = byHand(told, asOf);
      expect(computed(told, asOf), `case ${i}`).toEqual(expected);
      expect(computed(told.toReversed(), asOf), `case ${i} reversed`).toEqual(expected);
      const left = told.filter(() => random() < 0.7);
      expect(computed(left, asOf), `case ${i} with some deleted`).toEqual(byHand(left, asOf));
    }
  });
});
