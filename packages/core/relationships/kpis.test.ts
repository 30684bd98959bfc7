import { describe, expect, it } from "vitest";
import type { Activity } from "../customers/activity.ts";
import { localDay } from "../platform/period.ts";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  dayNumber,
  personIdSchema,
  toDayNumber,
  toInstant,
  userIdSchema,
} from "../platform/values.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";
import { breadthOf, topFifthMinor } from "./breadth.ts";
import type { EmployeeView } from "./employee-figures.ts";
import { kpisOf } from "./kpis.ts";
import { workingMinutes } from "./response-times.ts";

const ZONE = "Europe/Berlin";
const [P1, P2] = [personIdSchema.parse("p-1"), personIdSchema.parse("p-2")];
const [ANA, BOB] = [userIdSchema.parse("ana"), userIdSchema.parse("bob")];
const at = (text: string) => toInstant(Date.parse(text));

let nth = 0;
function anActivity(
  type: Activity["type"],
  direction: Activity["direction"],
  moment: string,
  parts: Partial<Activity> = {},
): Activity {
  nth += 1;
  const occurredAt = at(moment);
  return {
    activityId: activityIdSchema.parse(`a${nth}`),
    customerId: customerIdSchema.parse("acme"),
    type,
    direction,
    userId: ANA,
    personId: P1,
    occurredAt,
    occurredOn: localDay(occurredAt, ZONE),
    completed: true,
    ...parts,
  };
}

const kpis = (activities: readonly Activity[], persons = [P1, P2], employees: Partial<EmployeeView> = {}) =>
  kpisOf(activities, {
    asOf: day("2026-11-26"),
    timeZone: ZONE,
    closures: [],
    persons,
    isNamed: () => true,
    employees: { viewerId: ANA, showsEach: true, isNamed: () => true, ...employees },
  });

describe("the KPIs of 90 days", () => {
  it("RH03: count by type and direction, and tell the last and the next contact", () => {
    const found = kpis([
      anActivity("email", "in", "2026-11-02T09:00:00Z"),
      anActivity("email", "out", "2026-11-02T10:00:00Z"),
      anActivity("email", "out", "2026-11-03T10:00:00Z"),
      anActivity("call", "none", "2026-11-10T10:00:00Z"),
      anActivity("email", "in", "2026-08-28T10:00:00Z"),
      anActivity("meeting", "none", "2026-12-04T10:00:00Z", { completed: false }),
    ]);
    expect(found.counts).toEqual([
      { type: "email", direction: "in", count: 1 },
      { type: "email", direction: "out", count: 2 },
      { type: "call", direction: "none", count: 1 },
    ]);
    expect(found).toMatchObject({
      sentPerReceived: 2,
      lastOn: "2026-11-10",
      nextOn: "2026-12-04",
      silentPersons: ["p-2"],
    });
  });

  it("RH03: have the history of the contacts by week, of the 90 days that end with the as-of day", () => {
    const { weeks } = kpis([
      anActivity("email", "in", "2026-11-26T09:00:00Z"),
      anActivity("email", "in", "2026-11-20T09:00:00Z"),
      anActivity("email", "out", "2026-11-19T10:00:00Z"),
      anActivity("meeting", "none", "2026-11-13T11:00:00Z"),
      anActivity("call", "out", "2026-08-29T09:00:00Z"),
      anActivity("call", "out", "2026-08-28T09:00:00Z"),
    ]);
    expect([weeks.length, weeks[1]?.from]).toEqual([13, "2026-09-04"]);
    expect(weeks.filter(({ count }) => count > 0)).toEqual([
      { from: "2026-08-29", count: 1, in: 0, out: 1 },
      { from: "2026-11-13", count: 2, in: 0, out: 1 },
      { from: "2026-11-20", count: 2, in: 2, out: 0 },
    ]);
  });

  it("scenario 4: count no reply for an out-of-office to each of five e-mails, and show how many were left out", () => {
    const days = ["03", "04", "05", "06", "09"];
    const found = kpis([
      ...days.map((on) => anActivity("email", "out", `2026-11-${on}T09:00:00Z`)),
      ...days.map((on) => anActivity("email", "in", `2026-11-${on}T09:01:00Z`, { automatic: true })),
    ]);
    expect(found).toMatchObject({
      automatic: 5,
      theirResponse: { answers: 0 },
      counts: [{ direction: "out", count: 5 }],
    });
    expect(found.sentPerReceived).toBeUndefined();
  });

  it("have the median of the first answers in working hours, and none with fewer than three", () => {
    const answered = (on: string, later: string) => [
      anActivity("email", "in", `2026-11-${on}T09:00:00Z`),
      anActivity("email", "out", later),
    ];
    const two = [...answered("02", "2026-11-02T10:00:00Z"), ...answered("03", "2026-11-03T11:00:00Z")];
    expect(kpis(two).ourResponse).toEqual({ answers: 2, medianMinutes: undefined });
    // A Friday at 16:00 in Berlin, answered on Monday at 10:00: an hour of Friday and one of Monday.
    const weekend = [
      anActivity("email", "in", "2026-11-06T15:00:00Z"),
      anActivity("email", "out", "2026-11-09T09:00:00Z"),
    ];
    expect(kpis([...two, ...weekend]).ourResponse).toEqual({ answers: 3, medianMinutes: 120 });
    expect(kpis([...two, ...weekend]).theirResponse).toMatchObject({ medianMinutes: undefined });
  });

  it("do not take an answer to somebody else, or one after 14 days, for an answer", () => {
    const asked = anActivity("email", "in", "2026-11-02T09:00:00Z");
    expect(
      kpis([asked, anActivity("email", "out", "2026-11-03T09:00:00Z", { userId: BOB })]).ourResponse?.answers,
    ).toBe(0);
    expect(kpis([asked, anActivity("email", "out", "2026-11-16T09:00:01Z")]).ourResponse?.answers).toBe(0);
    expect(kpis([asked, anActivity("email", "out", "2026-11-16T09:00:00Z")]).ourResponse?.answers).toBe(1);
  });

  it("take the first of their messages that is answered within 14 days, when an earlier one has waited longer", () => {
    const found = kpis([
      anActivity("email", "in", "2026-10-05T09:00:00Z"),
      anActivity("email", "in", "2026-10-19T09:00:00Z"),
      anActivity("email", "out", "2026-10-20T10:00:00Z"),
      ...["02", "03"].flatMap((on) => [
        anActivity("email", "in", `2026-11-${on}T09:00:00Z`),
        anActivity("email", "out", `2026-11-${on}T10:00:00Z`),
      ]),
    ]);
    expect(found.ourResponse).toEqual({ answers: 3, medianMinutes: 60 });
  });

  it("show the work of employees to others only of three or more together, and of nobody who is out", () => {
    const [CEM, DEA] = [userIdSchema.parse("cem"), userIdSchema.parse("dea")];
    const by = (userId: typeof ANA) => [
      anActivity("email", "in", "2026-11-02T09:00:00Z", { userId }),
      anActivity("email", "out", "2026-11-02T10:00:00Z", { userId }),
    ];
    const [one, two, three] = [by(ANA), [ANA, BOB].flatMap(by), [ANA, BOB, CEM].flatMap(by)];
    const seenBy = (activities: readonly Activity[], parts: Partial<EmployeeView> = {}) => {
      const { ourResponse, ourMinutes } = kpis(activities, [P1], { viewerId: DEA, showsEach: false, ...parts });
      return [ourResponse?.answers, ourMinutes];
    };
    expect(seenBy(one)).toEqual([undefined, undefined]);
    expect(seenBy(two)).toEqual([undefined, undefined]);
    expect(seenBy(three)).toEqual([3, 22.5]);
    expect(seenBy(one, { viewerId: ANA })).toEqual([1, 7.5]);
    expect(seenBy(two, { viewerId: ANA })).toEqual([undefined, undefined]);
    expect(seenBy(one, { showsEach: true })).toEqual([1, 7.5]);
    // Without the one who is out, two are left.
    expect(seenBy(three, { isNamed: (userId) => userId !== CEM })).toEqual([undefined, undefined]);
    expect(seenBy(three, { showsEach: true, isNamed: (userId) => userId !== CEM })).toEqual([2, 15]);
    expect(kpis(one, [P1], { viewerId: DEA, showsEach: false })).toMatchObject({ theirMinutes: 7.5 });
  });

  it("add up the time: 2.5 minutes to read, 5 to write, meetings by their length for each of us", () => {
    const meeting = { occurredAt: at("2026-11-05T09:00:00Z"), durationMinutes: 30 };
    const found = kpis([
      anActivity("email", "in", "2026-11-02T09:00:00Z"),
      anActivity("email", "out", "2026-11-02T10:00:00Z"),
      anActivity("meeting", "none", "2026-11-05T09:00:00Z", { ...meeting, activityId: activityIdSchema.parse("m#1") }),
      anActivity("meeting", "none", "2026-11-05T09:00:00Z", {
        ...meeting,
        activityId: activityIdSchema.parse("m#2"),
        userId: BOB,
      }),
    ]);
    expect(found).toMatchObject({ ourMinutes: 67.5, theirMinutes: 37.5 });
  });

  it("name the three people with the most contact and the longest wait", () => {
    const persons = ["p-1", "p-2", "p-3", "p-4"].map((id) => personIdSchema.parse(id));
    const found = kpis(
      persons.flatMap((personId, i) =>
        Array.from({ length: i + 1 }, (_, n) =>
          anActivity("email", "in", `2026-11-${10 + i + n}T09:00:00Z`, { personId }),
        ),
      ),
    );
    expect(found.topPersons.map(({ personId, count }) => `${personId} ${count}`)).toEqual(["p-4 4", "p-3 3", "p-2 2"]);
    expect(found.longestWait).toEqual({ personId: "p-1", since: "2026-11-10", workingDays: 12 });
  });

  it("say how many of ten thousand e-mails of a day are past what counts for the score", () => {
    const flood = Array.from({ length: 10_000 }, () => anActivity("email", "in", "2026-11-20T09:00:00Z"));
    expect(kpis(flood)).toMatchObject({
      overDailyLimit: 9_997,
      counts: [{ type: "email", direction: "in", count: 10_000 }],
    });
  });
});

it("working minutes are those from 9 to 17 o'clock in the tenant's zone, whatever the server's", () => {
  const minutes = (from: string, to: string) =>
    workingMinutes(at(from), at(to), {
      timeZone: "America/New_York",
      closures: [{ from: "2026-11-26", to: "2026-11-26" }],
    });
  expect(minutes("2026-11-25T21:00:00Z", "2026-11-27T15:00:00Z")).toBe(120);
});

describe("breadth", () => {
  const D = toDayNumber(day("2026-11-26"));
  const view = (personId: typeof P1, userId: typeof ANA, direction: "in" | "out", ago: number): ActivityView => ({
    day: dayNumber(D - ago),
    type: "email",
    direction,
    completed: true,
    personId,
    userId,
  });

  it("has the people who had contact both ways in 90 days, of theirs and of ours", () => {
    const views = [view(P1, ANA, "in", 89), view(P1, ANA, "out", 3), view(P2, ANA, "out", 3), view(P2, BOB, "in", 90)];
    expect(breadthOf(views, D)).toEqual({ persons: ["p-1"], users: ["ana"] });
  });

  it("knows the turnover from which a customer is in the top fifth", () => {
    expect(topFifthMinor([5, 4, 3, 2, 1])).toBe(5);
    expect(topFifthMinor([5, 4, 3, 2, 1, 1])).toBe(4);
    expect(topFifthMinor([0, 0])).toBe(Infinity);
  });
});
