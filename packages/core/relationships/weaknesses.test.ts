import { describe, expect, it } from "vitest";
import { addDays } from "../platform/period.ts";
import { seeded } from "../platform/random.ts";
import { type Day, day, dayNumber, personIdSchema, toDay, toDayNumber } from "../platform/values.ts";
import { activityColumns } from "../snapshots/activity-columns.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";
import { TimelineCaps, holdsOn, silencesOf, waitsOf } from "./caps.ts";
import { HealthOfTimeline } from "./health.ts";
import { usualHealthSettings } from "./health-settings.ts";
import { TimelineScorer } from "./score.ts";
import { timelinesOf, unionOf } from "./timeline.ts";
import { CustomerWeaknesses } from "./weaknesses.ts";

const LAST = toDayNumber(day("2026-11-22"));
const context = { settings: usualHealthSettings, closures: [{ from: "12-24", to: "12-31" }] };
const pick = <T>(random: () => number, choices: readonly [T, ...T[]]): T =>
  choices[Math.floor(random() * choices.length)] ?? choices[0];

/** Activities of up to three persons in some years, also of the days after the last, in the order of their days. */
function randomActivities(random: () => number): ActivityView[] {
  const span = pick(random, [40, 400, 1500]);
  const count = 1 + Math.floor(random() * pick(random, [4, 30, 120]));
  const views = Array.from({ length: count }, (): ActivityView => ({
    day: dayNumber(LAST + 5 - Math.floor(random() * span)),
    type: pick(random, ["email", "email", "email", "meeting", "call", "task"]),
    direction: pick(random, ["in", "out", "none"]),
    completed: random() < 0.9,
    ...(random() < 0.85 ? { personId: personIdSchema.parse(pick(random, ["p1", "p2", "p3"])) } : {}),
    ...(random() < 0.1 ? { joinsPrevious: true } : {}),
  }));
  return views.toSorted((a, b) => a.day - b.day);
}

/** What is weak on a day, by all spells of all persons and the health of the whole timeline. */
function plainly(activities: readonly ActivityView[], on: Day) {
  const spells = [...timelinesOf(activities)].flatMap(([personId, timeline]) => [
    ...waitsOf(timeline, context).map((spell) => ({ ...spell, personId, reason: "waits" })),
    ...silencesOf(timeline, context).map((spell) => ({ ...spell, personId, reason: "no-reply" })),
  ]);
  const health = new HealthOfTimeline(unionOf(activities), context);
  const isWeak = (d: number): boolean => spells.some((spell) => holdsOn(spell, d)) || health.isWeakening(d);
  const firstDay = unionOf(activities)[0]?.day ?? LAST;
  let since: number = toDayNumber(on);
  while (since > firstDay && isWeak(since - 1)) since -= 1;
  const open = spells.filter((spell) => spell.to === Infinity && holdsOn(spell, toDayNumber(on)));
  return {
    since: toDay(since),
    open: open.map(({ reason, personId, since: from }) => `${reason} ${personId} ${toDay(from)}`).toSorted(),
    fellOn: health.steady(on)?.fellOn,
    downSince: health.downSince(on),
  };
}

describe("the weaknesses of a customer", () => {
  it("are those of all spells and days, whatever is known of the days before", () => {
    const random = seeded(7);
    let found = 0;
    for (let round = 0; round < 400; round += 1) {
      const activities = randomActivities(random);
      const on = addDays(toDay(LAST), -Math.floor(random() * 30));
      const weaknesses = new CustomerWeaknesses(activityColumns(activities), context);
      const expected = plainly(activities, on);
      const told = weaknesses.on(on);
      const open = told.flatMap((one) => ("personId" in one ? [`${one.reason} ${one.personId} ${one.since}`] : []));
      expect(open.toSorted()).toEqual(expected.open);
      expect(told.find(({ reason }) => reason === "fell")?.since).toBe(expected.fellOn);
      expect(told.find(({ reason }) => reason === "trend-down")?.since).toBe(expected.downSince);
      expect(weaknesses.weakSince(on)).toBe(expected.since);
      found += told.length;
    }
    expect(found).toBeGreaterThan(300);
  });
});

describe("a timeline", () => {
  it("has the same scores and caps on a day, whichever days were asked for before", () => {
    const random = seeded(8);
    for (let round = 0; round < 100; round += 1) {
      const timeline = unionOf(randomActivities(random));
      const [scorer, caps] = [new TimelineScorer(timeline, context.settings), new TimelineCaps(timeline, context)];
      for (const back of [3, 200, 20, 900, 2_000, 0]) {
        const on = LAST - back;
        expect(scorer.on(on)).toEqual(new TimelineScorer(timeline, context.settings).on(on));
        expect(caps.on(on)).toEqual(new TimelineCaps(timeline, context).on(on));
        const all = [...waitsOf(timeline, context), ...silencesOf(timeline, context)];
        expect(caps.hold(on)).toBe(all.some((spell) => holdsOn(spell, on)));
      }
    }
  });
});
