import { describe, expect, it } from "vitest";
import { seeded } from "../platform/random.ts";
import { type Day, day, dayNumber, toDay, toDayNumber } from "../platform/values.ts";
import { type Grade, gradeOf, rangesOf, steadyGrade } from "./grades.ts";
import { HealthOfTimeline } from "./health.ts";
import { type HealthSettings, contactDaysChoices, usualHealthSettings } from "./health-settings.ts";
import { TimelineScorer } from "./score.ts";
import type { Interaction } from "./timeline.ts";

const D = day("2026-11-26");
const closures = [] as const;
type Told = readonly [type: Interaction["type"], direction: Interaction["direction"], daysAgo: number];

const contactsOf = (told: readonly Told[], asOf: Day = D): Interaction[] =>
  told
    .map(([type, direction, daysAgo]) => ({ type, direction, day: dayNumber(toDayNumber(asOf) - daysAgo) }))
    .toSorted((a, b) => a.day - b.day);

const healthOf = (told: readonly Told[], given: Partial<HealthSettings> = {}) =>
  new HealthOfTimeline(contactsOf(told), { settings: { ...usualHealthSettings, ...given }, closures }).on(D);

const FOUR: readonly Told[] = [
  ["email", "out", 4],
  ["email", "in", 9],
  ["call", "out", 21],
  ["meeting", "none", 35],
];
const every = (days: number, count: number, first = 0): Told[] =>
  Array.from({ length: count }, (_, i) => ["meeting", "none", first + i * days]);

describe("the score of a relationship", () => {
  it("RH01: is 93, 100 and 100 for the same four contacts when one is expected every 7, 14 and 30 days", () => {
    expect(([7, 14, 30] as const).map((contactDays) => healthOf(FOUR, { contactDays })?.score)).toEqual([93, 100, 100]);
  });

  it("RH01: is 99 with weights of 3, 9, 7 and 9", () => {
    const weights = { weightEmail: 3, weightMeeting: 9, weightCall: 7, weightTask: 9 };
    expect(healthOf(FOUR, weights)?.score).toBe(99);
  });

  it("RH01: is 8 for one e-mail of ours 50 days ago", () => {
    expect(healthOf([["email", "out", 50]])).toMatchObject({ score: 8, grade: "poor", caps: [] });
  });

  it("RH01: is 100 for six meetings every 14 days of which the last is today, 84 when it is 14 days ago", () => {
    expect([healthOf(every(14, 6))?.score, healthOf(every(14, 6, 14))?.score]).toEqual([100, 84]);
  });

  it("RH08: expects less the more days may lie between two contacts", () => {
    const met = every(21, 3, 35);
    expect(contactDaysChoices.map((contactDays) => healthOf(met, { contactDays })?.score)).toEqual([
      23, 40, 78, 100, 100,
    ]);
  });

  it("is not there without an activity in 180 days: too little is no zero", () => {
    expect(healthOf([["call", "in", 181]])).toBeUndefined();
    expect(healthOf([["call", "in", 180]])?.score).toBe(0);
    expect(healthOf([])).toBeUndefined();
  });

  it("is not lowered by one more e-mail of ours, nor raised by e-mails past the third of a day", () => {
    const more = (count: number): Told[] => [
      ...FOUR,
      ...Array.from({ length: count }, (): Told => ["email", "out", 0]),
    ];
    expect([0, 1, 2].map((count) => healthOf(more(count))?.score)).toEqual([100, 100, 100]);
    const parts = (count: number) => healthOf(Array.from({ length: count }, (): Told => ["email", "in", 20]))?.parts;
    expect(parts(4)).toEqual(parts(3));
    expect(parts(2)?.activity).toBeLessThan(parts(3)?.activity ?? 0);
  });
});

describe("the caps", () => {
  const WROTE_ON_MONDAY: Told[] = [...every(7, 8, 5), ["email", "in", 3]];

  it("hold a score below good while their message waits longer than two working days", () => {
    expect(healthOf(WROTE_ON_MONDAY)).toMatchObject({
      score: 59,
      grade: "fair",
      caps: [{ reason: "waits", since: "2026-11-23", days: 3 }],
    });
    expect(healthOf(WROTE_ON_MONDAY, { answerWithin: 3 })?.caps).toEqual([]);
  });

  it.each([
    ["an e-mail", "email", "out"],
    ["a call of ours", "call", "out"],
    ["a call of theirs", "call", "in"],
    ["a meeting", "meeting", "none"],
  ] as const)("are lifted by %s", (_what, type, direction) => {
    expect(healthOf([...WROTE_ON_MONDAY, [type, direction, 0]])?.caps).toEqual([]);
  });

  it("do not count a weekend: a message of Friday has waited two days on Tuesday", () => {
    const asOf = day("2026-11-24");
    const friday = contactsOf([["email", "in", 4]], asOf);
    const health = (answerWithin: number) =>
      new HealthOfTimeline(friday, { settings: { ...usualHealthSettings, answerWithin }, closures }).on(asOf)?.caps;
    expect([health(2), health(1)]).toEqual([[], [{ reason: "waits", since: "2026-11-20", days: 2 }]]);
  });

  it("scenario 3: hold a score below good after fourteen messages of ours without a reply", () => {
    const fourteen = Array.from({ length: 14 }, (_, i): Told => ["email", "out", 2 * i]);
    expect(healthOf(fourteen)).toMatchObject({ grade: "fair", caps: [{ reason: "no-reply", messages: 14 }] });
    expect(healthOf([...every(7, 8, 30), ...fourteen])).toMatchObject({ score: 59 });
    expect(healthOf(fourteen.slice(0, 3))?.caps).toEqual([]);
    expect(healthOf([...fourteen, ["email", "in", 0]])?.caps).toEqual([]);
  });
});

describe("the trend of a relationship", () => {
  /** Days of two years on which an event of the trend is reported for somebody met every so many days. */
  function trendEvents(meetEvery: number, contactDays: HealthSettings["contactDays"]): number {
    const contacts = contactsOf(every(meetEvery, Math.ceil((900 + 4 * contactDays) / meetEvery)));
    const health = new HealthOfTimeline(contacts, { settings: { ...usualHealthSettings, contactDays }, closures });
    const days = Array.from({ length: 720 }, (_, i) => toDay(toDayNumber(D) - i));
    return days.filter((on) => health.eventsOn(on).isTrendDown).length;
  }

  it.each([7, 14, 30, 60, 90] as const)("never falls for somebody met exactly every %i or twice as many days", (F) => {
    expect([trendEvents(F, F), trendEvents(2 * F, F)]).toEqual([0, 0]);
  });

  it.each([14, 30, 60] as const)("never falls for somebody met every 1.5 times %i days", (F) => {
    expect(trendEvents(1.5 * F, F)).toBe(0);
  });

  it("RH05 scenario 1: has no event ever for somebody met every 30 days for two years, of whom 30 are expected", () => {
    const met = contactsOf(every(30, 25));
    const health = new HealthOfTimeline(met, { settings: { ...usualHealthSettings, contactDays: 30 }, closures });
    const days = Array.from({ length: 721 }, (_, i) => toDay(toDayNumber(D) - i));
    expect(days.filter((on) => health.eventsOn(on).isTrendDown)).toEqual([]);
  });

  it("falls once when meetings every 14 days stop, and is not known with too few scores", () => {
    const stopped = contactsOf(every(14, 20, 60));
    const health = new HealthOfTimeline(stopped, { settings: usualHealthSettings, closures });
    const days = Array.from({ length: 100 }, (_, i) => toDay(toDayNumber(D) - i));
    expect(days.filter((on) => health.eventsOn(on).isTrendDown)).toHaveLength(1);
    expect(health.on(D)?.trend?.direction).toBe("down");
    expect(healthOf([["email", "in", 13]])?.trend).toBeUndefined();
  });
});

const SEEDS = 20_000;

describe("in 20,000 random histories a score", () => {
  const today = toDayNumber(D);
  const types = ["email", "meeting", "call", "task"] as const;
  const directions = ["in", "out", "none"] as const;
  const one = <T>(from: readonly [T, ...T[]], next: () => number): T =>
    from[Math.floor(next() * from.length)] ?? from[0];
  const randomContact = (next: () => number, ago: number): Told => [one(types, next), one(directions, next), ago];

  it("RH07, RH08: is from 0 to 100, and lowered neither by more days, a raised weight nor a new activity", () => {
    const lowered: object[] = [];
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const next = seeded(seed);
      const told = Array.from({ length: 1 + Math.floor(next() * 14) }, () =>
        randomContact(next, Math.floor(next() * 200)),
      );
      const contactDays = one([7, 14, 30, 60] as const, next);
      const more = ({ 7: 14, 14: 30, 30: 60, 60: 90 } as const)[contactDays];
      const raised = one(["weightEmail", "weightMeeting", "weightCall", "weightTask"] as const, next);
      const settings = { contactDays, [raised]: 3 + Math.floor(next() * 6) };
      const formula = (given: readonly Told[], changed: Partial<HealthSettings> = {}) =>
        new TimelineScorer(contactsOf(given), { ...usualHealthSettings, ...settings, ...changed }).on(today)?.score ??
        0;
      const score = formula(told);
      const seen = [
        score >= 0 && score <= 100,
        formula(told, { contactDays: more }) >= score,
        formula(told, { [raised]: (settings[raised] ?? 6) + 1 }) >= score,
        formula([...told, randomContact(next, 0)]) >= score,
      ];
      if (seen.includes(false)) lowered.push({ seed, told, settings, seen });
    }
    expect(lowered).toEqual([]);
  });
});

describe("the grade of events", () => {
  /** A timeline whose scores are as given, by the days: only the walk over the days is tried here. */
  const eventsOf = (scores: readonly number[]): string[] => {
    const steady = scores.map((_, i) =>
      scores
        .slice(0, i + 1)
        .reduce<Grade | undefined>((before, score) => steadyGrade(before, score, usualHealthSettings), undefined),
    );
    return steady.flatMap((grade, i) => (i > 0 && grade !== steady[i - 1] ? [`${steady[i - 1]} to ${grade}`] : []));
  };

  it("RH02 scenario 9: changes once while a score wavers between 59 and 60", () => {
    expect(eventsOf([58, 60, 59, 60, 59, 60])).toEqual(["fair to good"]);
    expect(eventsOf([59, 60, 59, 60, 59, 60])).toEqual(["fair to good"]);
  });

  it("RH02 scenario 9: changes twice when a score of 60 falls to 57 and comes back", () => {
    expect(eventsOf([60, 57, 60])).toEqual(["good to fair", "fair to good"]);
    expect(eventsOf([60, 39, 60])).toEqual(["good to fair", "fair to good"]);
    expect(eventsOf([60, 38, 39, 40])).toEqual(["good to poor", "poor to fair"]);
  });

  it("is of each day what a walk over all days before gives, and reported on the day on which it changes", () => {
    const differing: string[] = [];
    for (let seed = 0; seed < 300; seed += 1) {
      const next = seeded(seed);
      const told = Array.from({ length: 30 }, (): Told => ["meeting", "none", Math.floor(next() * 200)]);
      const settings = { ...usualHealthSettings, contactDays: 7 as const, goodMin: 80, fairMin: 60 };
      const health = new HealthOfTimeline(contactsOf(told), { settings, closures });
      let before: Grade | undefined;
      for (let ago = 200; ago >= 0; ago -= 1) {
        const on = toDay(toDayNumber(D) - ago);
        const shown = health.on(on)?.score;
        const grade = shown === undefined ? undefined : steadyGrade(before, shown, settings);
        const { from, to } = health.eventsOn(on);
        const isSame = before === undefined || grade === undefined || before === grade;
        if (isSame ? from !== undefined : from !== before || to !== grade) differing.push(`${seed} ${on}`);
        before = grade;
      }
    }
    expect(differing).toEqual([]);
  });

  it("RH10: is poor up to 39, fair from 40, fair up to 59 and good from 60", () => {
    expect([39, 40, 59, 60].map((score) => gradeOf(score, usualHealthSettings))).toEqual([
      "poor",
      "fair",
      "fair",
      "good",
    ]);
  });

  it("RH11: has ranges without a gap: with good from 50, fair ends at 49", () => {
    expect(rangesOf({ goodMin: 50, fairMin: 40 })).toEqual({ good: [50, 100], fair: [40, 49], poor: [0, 39] });
  });
});
