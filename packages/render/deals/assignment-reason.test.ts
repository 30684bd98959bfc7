import type { Assignment } from "@regulars/core/assignment/assignment";
import { AssignmentFixture } from "@regulars/core/assignment/testing";
import { userIdSchema } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { pageWordsOf } from "../texts/page-words.ts";
import { assignmentReason } from "./assignment-reason.ts";

const english = await pageWordsOf("en");
const ukrainian = await pageWordsOf("uk");
const names = (userId: string): string => ({ A: "Anna", B: "Bo" })[userId] ?? userId;
const said = (assignment: Assignment, words = english): string => assignmentReason(assignment, names, words);

const A = (more: object) => [{ userId: "A", ...more }];
/** An assignment of each kind. */
const all: Readonly<Record<string, Assignment>> = {
  chosen: new AssignmentFixture("manual", ["A"]).lead([], { chosen: userIdSchema.parse("A") }),
  even: new AssignmentFixture("random>even", ["A"]).lead(),
  least: new AssignmentFixture("random>least", ["A"]).load("A", 2).lead(),
  leastByWeight: new AssignmentFixture("random>least", A({ weight: 3 })).load("A", 2).lead(),
  leastOfAll: new AssignmentFixture("random>least", ["A"]).loadElsewhere("A", 4).lead(),
  leastOfAllByWeight: new AssignmentFixture("random>least", A({ weight: 3 })).loadElsewhere("A", 4).lead(),
  owner: new AssignmentFixture("related>even", ["A", "B"]).lead(["owner B"]),
  openDeal: new AssignmentFixture("related>even", ["A", "B"]).lead(["open-deal B"]),
  closedDeal: new AssignmentFixture("related>even", ["A", "B"]).lead(["closed-deal B"]),
  activity: new AssignmentFixture("related>even", ["A", "B"]).lead(["activity B"]),
  manual: new AssignmentFixture("manual", ["A"]).lead(),
  noMembers: new AssignmentFixture("random>even", []).lead(),
  hours: new AssignmentFixture("random>even", A({ hours: [{ days: [1], from: "18:00", to: "19:00" }] })).lead(),
  vacation: new AssignmentFixture("random>even", A({ vacations: [{ from: "2026-11-20", to: "2026-11-30" }] })).lead(),
  cap: new AssignmentFixture("random>even", A({ cap: 1 })).load("A", 1).lead(),
  paused: new AssignmentFixture("random>even", A({ isPaused: true })).lead(),
  gone: new AssignmentFixture("random>even", ["A"]).user("A", { isActive: false }).lead(),
};

describe("why a manager got a deal", () => {
  it("SP17 is said in English as the rules have stored it, whatever they decided", () => {
    const stored = Object.entries(all).map(([name, { why }]) => [name, why]);
    expect(Object.entries(all).map(([name, one]) => [name, said(one)])).toEqual(stored);
    expect(new Set(stored.map(([, why]) => why)).size).toBe(17);
  });

  it("CN06: leaves no English word in another language", () => {
    const texts = Object.values(all).map((one) => said(one, ukrainian));
    expect(texts.filter((text) => /[a-z]/i.test(text))).toEqual([]);
    expect(said(all["leastByWeight"] ?? fail(), ukrainian)).toBe("найменше відкритих угод відносно ваги (2 за ваги 3)");
  });

  it("names whom a lead waits for", () => {
    const waits = new AssignmentFixture("related>even", ["A", { userId: "B", isPaused: true }])
      .ownerAway("wait")
      .lead(["owner B"]);
    expect([said(waits), said(waits, ukrainian)]).toEqual(["waits for Bo: paused", "чекає на менеджера Bo: на паузі"]);
  });

  it("is as it was stored where its operands were not kept", () => {
    expect(said({ state: "assigned", rule: "x", why: "as it was", evidence: [], candidates: [], skipped: [] })).toBe(
      "as it was",
    );
  });
});

const fail = (): never => {
  throw new Error("there is no such assignment");
};
