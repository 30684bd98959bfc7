import { describe, expect, it } from "vitest";
import { seeded } from "../platform/random.ts";
import { type DayNumber, dayNumber } from "../platform/values.ts";
import { contactDaysChoices, usualHealthSettings } from "./health-settings.ts";
import { TimelineScorer } from "./score.ts";
import { type Interaction, withoutFloods } from "./timeline.ts";
import { sideOf } from "./turns.ts";

const LAST = 20_000;
type Settings = typeof usualHealthSettings;

/** Balance as docs/reference/relationships.md 2 says it, turn by turn. */
function plainBalance(contacts: readonly Interaction[], on: number, contactDays: number): number {
  let turns: { readonly side: "ours" | "theirs"; readonly began: number }[] = [];
  let last: string | undefined;
  for (const contact of contacts.filter(({ day }) => day <= on && day > on - 90)) {
    const side = sideOf(contact);
    if (side === undefined || (side === last && side !== "both")) continue;
    if (side === "both") {
      if (last === "ours") turns = turns.slice(0, -1);
      turns.push({ side: "ours", began: -Infinity }, { side: "theirs", began: contact.day });
    } else turns.push({ side, began: contact.day });
    last = side;
  }
  const open = turns.at(-1);
  if (open?.side === "ours" && last === "ours" && on - open.began < contactDays) turns = turns.slice(0, -1);
  const theirs = turns.filter(({ side }) => side === "theirs").length;
  return turns.length === 0 ? 0 : Math.min(1, (2 * theirs) / turns.length);
}

/** The score as docs/reference/relationships.md 2 says it, one contact after the other. */
function plainScore(timeline: readonly Interaction[], on: number, settings: Settings) {
  const { contactDays, weightEmail, weightMeeting, weightCall, weightTask } = settings;
  const weights = { email: weightEmail, meeting: weightMeeting, call: weightCall, task: weightTask };
  const past = withoutFloods(timeline).filter(({ day }) => day <= on && on - day <= 180);
  const lastDay = past.at(-1)?.day;
  if (lastDay === undefined) return undefined;
  const sum = past.reduce((total, { day, type }) => total + (weights[type] / 6) * 2 ** (-(on - day) / contactDays), 0);
  const activity = Math.min(1, sum * Math.LN2);
  const recency = 2 ** (-Math.max(0, on - lastDay - contactDays) / contactDays);
  return { lastDay, activity, recency, balance: plainBalance(past, on, contactDays) };
}

const pick = <T>(random: () => number, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0];

function randomTimeline(random: () => number): Interaction[] {
  const span = pick(random, [20, 200, 900]);
  return Array.from({ length: Math.floor(random() * 80) }, (): DayNumber =>
    dayNumber(LAST - Math.floor(random() * span)),
  )
    .toSorted((a, b) => a - b)
    .map((on) => ({
      day: on,
      type: pick(random, ["email", "email", "email", "meeting", "call", "task"]),
      direction: pick(random, ["in", "out", "out", "none"]),
    }));
}

describe("the score of a timeline", () => {
  it("is that of the formula read word for word, for all settings and days, whichever days came before", () => {
    const random = seeded(21);
    let scored = 0;
    for (let round = 0; round < 400; round += 1) {
      const timeline = randomTimeline(random);
      const weight = () => 3 + Math.floor(random() * 7);
      const settings: Settings = {
        ...usualHealthSettings,
        contactDays: pick(random, contactDaysChoices),
        weightEmail: weight(),
        weightMeeting: weight(),
        weightCall: weight(),
        weightTask: weight(),
      };
      const scorer = new TimelineScorer(timeline, settings);
      for (let asked = 0; asked < 12; asked += 1) {
        const on = LAST + 60 - Math.floor(random() * 1_000);
        const expected = plainScore(timeline, on, settings);
        const parts = scorer.on(on);
        expect(parts?.lastDay).toBe(expected?.lastDay);
        if (parts === undefined || expected === undefined) continue;
        scored += 1;
        expect(parts.activity).toBeCloseTo(expected.activity, 9);
        expect(parts.recency).toBe(expected.recency);
        expect(parts.balance).toBe(expected.balance);
        expect(parts.score).toBe(
          Math.floor(100 * (0.5 * parts.activity + 0.3 * parts.recency + 0.2 * parts.balance) + 0.5),
        );
      }
    }
    expect(scored).toBeGreaterThan(1_000);
  });

  it("is the same in whatever order the contacts of a day are told, but for whose turn it is", () => {
    const random = seeded(22);
    for (let round = 0; round < 200; round += 1) {
      const timeline = randomTimeline(random).map((one) => ({ ...one, direction: "in" as const }));
      const other = timeline.toReversed().toSorted((a, b) => a.day - b.day);
      const [a, b] = [timeline, other].map((one) => new TimelineScorer(one, usualHealthSettings).on(LAST));
      expect(a).toEqual(b);
    }
  });
});
