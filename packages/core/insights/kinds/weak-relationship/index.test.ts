import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import type { CustomerFixture } from "../../../../../test/fixtures/each-finding.ts";
import type { ActivityView } from "../../../snapshots/activity-view.ts";
import { day, dayNumber, personIdSchema, toDayNumber } from "../../../platform/values.ts";
import { aHistory } from "../../../testing.ts";
import { evaluationContextOf } from "../../define.ts";
import { checksHold } from "../../finding.ts";
import { weakRelationship } from "./index.ts";

/** A Thursday. */
const D = "2026-11-26";
type Told = readonly [
  type: ActivityView["type"],
  direction: ActivityView["direction"],
  daysAgo: number,
  person?: string,
];

/** Customers whose people are met, write and are written to now and then, and may go quiet. */
const talkers: fc.Arbitrary<CustomerFixture> = fc
  .record({
    quietDays: fc.integer({ min: 0, max: 60 }),
    told: fc.array(
      fc.tuple(
        fc.constantFrom("email", "meeting", "call", "task"),
        fc.constantFrom("in", "out", "none"),
        fc.integer({ min: 0, max: 150 }),
        fc.constantFrom("p-1", "p-2"),
      ),
      { minLength: 5, maxLength: 40 },
    ),
  })
  .map(({ quietDays, told }) => ({
    activities: viewsOf(told.map(([type, direction, ago, person]) => [type, direction, ago + quietDays, person])),
  }));

const viewsOf = (told: readonly Told[]): ActivityView[] =>
  told
    .map(([type, direction, daysAgo, person = "p-1"]) => ({
      type,
      direction,
      day: dayNumber(toDayNumber(day(D)) - daysAgo),
      completed: true,
      personId: personIdSchema.parse(person),
    }))
    .toSorted((a, b) => a.day - b.day);

function found(told: readonly Told[], stored: object = {}, category?: string) {
  const activities = viewsOf(told.filter(([, , daysAgo]) => daysAgo >= 0));
  const activitiesSince = viewsOf(told.filter(([, , daysAgo]) => daysAgo < 0));
  const history = aHistory({ asOf: D, activities, activitiesSince, ...(category === undefined ? {} : { category }) });
  const kind = weakRelationship.configure({}, stored);
  const context = evaluationContextOf(history);
  return kind.detect(history, day(D))?.map(({ facts, episode }) => ({ episode, ...kind.assess(facts, context) }));
}

const weekly: Told[] = Array.from({ length: 20 }, (_, i) => ["meeting", "none", 4 + 7 * i]);

describe("weak-relationship", () => {
  it("waits: their message of Monday that nobody answered until Thursday waits 3 days", () => {
    const [finding] = found([...weekly, ["email", "in", 3]]) ?? [];
    expect(finding).toMatchObject({
      episode: "waits:2026-11-23",
      level: "medium",
      since: "2026-11-26",
      evidence: { reason: "waits", personId: "p-1", workingDays: 3, others: [] },
    });
    expect(weakRelationship.why(finding?.evidence ?? { rule: "", checks: [], documents: [] }, "")).toMatchObject({
      variables: { rsnw: { template: "weak-relationship.waits", variables: { dayw: { value: 3 } } } },
    });
  });

  it.each([
    ["an e-mail", "email", "out", 0],
    ["a call", "call", "out", 0],
    ["a call on the live day", "call", "out", -1],
  ] as const)("waits: is cleared by %s", (_what, type, direction, ago) => {
    expect(found([...weekly, ["email", "in", 3], [type, direction, ago]])).toEqual([]);
  });

  it("waits: an answer to somebody else does not clear it, and the longest wait is first", () => {
    const told: Told[] = [...weekly, ["email", "in", 3, "p-1"], ["email", "in", 7, "p-2"], ["email", "out", 0, "p-3"]];
    expect(found(told)?.[0]?.evidence).toMatchObject({
      reason: "waits",
      personId: "p-2",
      others: [{ reason: "waits", personId: "p-1", since: "2026-11-23" }],
    });
  });

  it("waits: is only watched after ten working days", () => {
    expect(found([["email", "in", 14], ...weekly.slice(3)])?.[0]).toMatchObject({ level: "medium" });
    expect(found([["email", "in", 15], ...weekly.slice(3)])?.[0]).toMatchObject({ level: "watch" });
  });

  it("no-reply: fourteen messages of ours without a reply are watched", () => {
    const fourteen = Array.from({ length: 14 }, (_, i): Told => ["email", "out", 2 * i]);
    expect(found(fourteen)?.[0]).toMatchObject({
      level: "watch",
      evidence: { reason: "no-reply", messages: 14, since: "2026-10-31" },
    });
  });

  it("fell: a customer met every week who is met no more falls to fair, then to poor, once each", () => {
    const stopped = (days: number) =>
      found(weekly.map(([type, direction, ago]): Told => [type, direction, ago + days]));
    expect(stopped(20)).toEqual([]);
    expect(stopped(22)?.[0]).toMatchObject({ level: "medium", evidence: { reason: "trend-down" } });
    expect(stopped(28)?.[0]).toMatchObject({ level: "medium", evidence: { reason: "fell", from: "good", to: "fair" } });
    expect(stopped(42)?.[0]).toMatchObject({ level: "high", evidence: { reason: "fell", from: "good", to: "poor" } });
    expect(stopped(42)?.[0]).toMatchObject({ since: "2026-11-05", evidence: { since: "2026-11-26" } });
  });

  it("has evidence whose inequalities hold", () => {
    const all = [
      found([...weekly, ["email", "in", 3]]),
      found(weekly.map(([type, direction, ago]): Told => [type, direction, ago + 42])),
      found(Array.from({ length: 14 }, (_, i): Told => ["email", "out", 2 * i])),
    ].flatMap((findings) => findings ?? []);
    expect(all).toHaveLength(3);
    expect(all.filter(({ evidence }) => !checksHold(evidence))).toEqual([]);
  });

  it("RH04: finds nothing, and knows nothing, while health is off; also for a category alone", () => {
    const told: Told[] = [...weekly, ["email", "in", 3]];
    expect(found(told, { health: false })).toBeUndefined();
    expect(found(told, { "health@bar": false }, "bar")).toBeUndefined();
    expect(found(told, { "health@bar": false }, "hotel")).toHaveLength(1);
    expect(found([])).toBeUndefined();
  });

  it("assesses by the settings of the customer's category", () => {
    const told: Told[] = [...weekly, ["email", "in", 3]];
    expect(found(told, { "answerWithin@hotel": 3 }, "hotel")).toEqual([]);
    expect(found(told, { "answerWithin@hotel": 3 }, "bar")).toHaveLength(1);
  });
});

describeFindings(weakRelationship, talkers, "activities");
