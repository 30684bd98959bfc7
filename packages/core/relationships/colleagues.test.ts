import { describe, expect, it } from "vitest";
import { day, toDay, toDayNumber, dayNumber, personIdSchema, userIdSchema } from "../platform/values.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";
import { type WhoKnowsMode, colleaguesWhoKnow } from "./colleagues.ts";
import { asOne, connectionsOf } from "./connections.ts";

const ASOF = toDayNumber(day("2026-11-22"));

type Told = Partial<Omit<ActivityView, "day" | "userId" | "personId">>;

/** An activity of an employee so many days before the as-of day; by default a completed e-mail to the person. */
const ago = (days: number, userId: string, told: Told & { readonly personId?: string } = {}): ActivityView => ({
  day: dayNumber(ASOF - days),
  type: "email",
  direction: "out",
  completed: true,
  userId: userIdSchema.parse(userId),
  ...told,
  personId: personIdSchema.parse(told.personId ?? "p"),
});
const meeting = (days: number, userId: string, told: Told = {}): ActivityView =>
  ago(days, userId, { type: "meeting", direction: "none", ...told });

interface Question {
  readonly mode?: WhoKnowsMode;
  readonly company?: readonly ActivityView[];
  readonly without?: string;
}

const ask = (given: readonly ActivityView[], { mode = "enhanced", company = [], without }: Question = {}) =>
  colleaguesWhoKnow({
    mode,
    person: connectionsOf(given, ASOF),
    company: () => connectionsOf(company, ASOF),
    isOffered: (userId) => userId !== without,
  });
const answersTo = (...given: Parameters<typeof ask>) =>
  ask(...given).map(({ userId, strength, label }) => `${userId} ${strength.toFixed(3)} ${label}`);

/** Twelve e-mails from 100 to 210 days ago. */
const bobsMails = Array.from({ length: 12 }, (_, i) => ago(100 + i * 10, "bob"));
const example = [
  ...bobsMails,
  ago(30, "cem", { type: "call", direction: "out" }),
  ago(31, "cem", { direction: "in" }),
  ago(12, "ana", { direction: "in" }),
  ago(12, "ana"),
  meeting(10, "ana"),
];

describe("colleagues who know a person", () => {
  it("RH13: are Ana with a meeting and mails, Bob with a dozen old mails and Cem with a call, in this order", () => {
    expect(answersTo(example)).toEqual(["ana 5.057 strong", "bob 3.767 medium", "cem 2.769 medium"]);
  });

  it("RH13: in the basic mode begin with whoever wrote most", () => {
    expect(ask(example, { mode: "basic" }).map(({ userId, contacts }) => [userId, contacts])).toEqual([
      ["bob", 12],
      ["ana", 3],
      ["cem", 1],
    ]);
  });

  it("are strong only with contacts from both sides, which a meeting and an undirected call are", () => {
    const out = [0, 1].flatMap((days) => [ago(days, "ana"), ago(days, "ana"), ago(days, "ana")]);
    expect(answersTo(out)).toEqual(["ana 5.977 medium"]);
    expect(answersTo([...out, ago(364, "ana", { direction: "in" })])).toEqual(["ana 6.068 strong"]);
    expect(answersTo([...out, meeting(364, "ana")])).toEqual(["ana 6.159 strong"]);
    expect(answersTo([...out, ago(364, "ana", { type: "call", direction: "none" })])).toEqual(["ana 6.098 strong"]);
    expect(answersTo([...out, ago(364, "ana", { type: "call", direction: "out" })])).toEqual(["ana 6.098 medium"]);
  });

  it("are known by contacts of exactly 365 days, none of a day to come, none planned and no task", () => {
    expect(answersTo([ago(364, "ana"), ago(365, "bob"), ago(-1, "cem")])).toEqual(["ana 0.061 weak"]);
    expect(answersTo([meeting(3, "ana", { completed: false }), meeting(3, "bob", { type: "task" })])).toEqual([]);
  });

  it("get at most three e-mails of a day and direction counted, and all of them in the basic mode", () => {
    const many = Array.from({ length: 5 }, () => [ago(0, "ana"), ago(0, "ana", { direction: "in" })]).flat();
    expect(answersTo(many)).toEqual(["ana 7.500 strong"]);
    expect(ask(many, { mode: "basic" })[0]?.contacts).toBe(10);
  });

  it("share a large meeting: with twelve outsiders it is a tenth", () => {
    expect(answersTo([meeting(0, "ana", { attendees: 12 })])).toEqual(["ana 0.300 weak"]);
    expect(answersTo([meeting(0, "ana", { attendees: 3 })])).toEqual(["ana 3.000 medium"]);
    expect(answersTo([meeting(0, "ana", { attendees: 4 })])).toEqual(["ana 1.500 weak"]);
  });

  it("are ordered by strength, last day, meetings and id", () => {
    const calls = { type: "call", direction: "in" } as const;
    expect(answersTo([ago(90, "old", calls), ago(90, "old", calls), ago(0, "new", calls)])).toEqual([
      "new 2.000 medium",
      "old 2.000 medium",
    ]);
    const three = [ago(0, "b", { direction: "in" }), ago(0, "b", { direction: "in" })];
    expect(answersTo([...three, meeting(0, "c"), meeting(0, "a")])).toEqual([
      "a 3.000 medium",
      "c 3.000 medium",
      "b 3.000 medium",
    ]);
  });

  it("are five at most, and the same whatever the order of the activities", () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      ago(i * 9, `u${i % 7}`, { direction: i % 2 === 0 ? "in" : "out" }),
    );
    expect(ask(many)).toHaveLength(5);
    expect(ask(many.toReversed())).toEqual(ask(many));
  });
});

describe("colleagues who know the company", () => {
  it("fill up the five at half their strength, and are labelled so", () => {
    const company = [meeting(0, "dan"), meeting(0, "ana"), ago(0, "eve")];
    expect(answersTo(example, { company })).toEqual([
      "ana 5.057 strong",
      "bob 3.767 medium",
      "cem 2.769 medium",
      "dan 1.500 knows the company",
      "eve 0.500 knows the company",
    ]);
  });

  it("are not asked for when five know the person, and never include who may not be suggested", () => {
    const five = ["a", "b", "c", "d", "e"].map((id) => ago(0, id));
    const unread = () => {
      throw new Error("read for nothing");
    };
    expect(
      colleaguesWhoKnow({
        mode: "enhanced",
        person: connectionsOf(five, ASOF),
        company: unread,
        isOffered: () => true,
      }),
    ).toHaveLength(5);
    expect(answersTo([ago(0, "ana")], { company: [meeting(0, "ana"), meeting(0, "bob")], without: "ana" })).toEqual([
      "bob 1.500 knows the company",
    ]);
  });
});

describe("a company's activities as those of one somebody", () => {
  it("have a meeting that is told for each attendee once for each colleague", () => {
    const joined = { joinsPrevious: true, attendees: 2 } as const;
    const rows = [
      meeting(1, "ana", { attendees: 2 }),
      meeting(1, "ana", joined),
      meeting(1, "bob", joined),
      meeting(1, "ana"),
    ];
    expect(asOne(rows, () => true).map(({ userId }) => userId)).toEqual(["ana", "bob", "ana"]);
  });

  it("have it also when only some of its people are meant", () => {
    const of = (personId: string, given: Told = {}) => ({
      ...meeting(1, "ana", given),
      personId: personIdSchema.parse(personId),
    });
    const rows = [of("q"), of("p"), of("q", { joinsPrevious: true }), of("r", { joinsPrevious: true })];
    expect(asOne(rows, (id) => id !== "p").map(({ personId }) => personId)).toEqual(["q", "q"]);
  });
});

it("the last day is that of the latest contact, planned ones left out", () => {
  const [one] = ask([ago(5, "ana"), ago(9, "ana"), meeting(-3, "ana", { completed: false })]);
  expect(one && toDay(one.lastOn)).toBe("2026-11-17");
});
