import { describe, expect, it } from "vitest";
import { userIdSchema } from "../platform/values.ts";
import type { Absence } from "../sales-plans/distribution.ts";
import { AssignmentFixture, type MemberInput } from "./testing.ts";

const ABC = ["A", "B", "C"];

/** The greatest difference between the members' counts in any prefix of a word. */
function spreadOf(word: string, members: readonly string[]): number {
  const counts = new Map(members.map((member) => [member, 0]));
  let spread = 0;
  for (const member of word) {
    counts.set(member, (counts.get(member) ?? 0) + 1);
    spread = Math.max(spread, Math.max(...counts.values()) - Math.min(...counts.values()));
  }
  return spread;
}

const countIn = (word: string, member: string): number => word.split(member).length - 1;

describe("evenly", () => {
  it("SP16 takes turns: at every lead the counts differ by one at most", () => {
    expect(new AssignmentFixture("random>even", ABC).leads(0)).toEqual([]);
    const word = new AssignmentFixture("related>even", ["A", "B", "C", "D", "E"]).word(500);
    expect(word.slice(0, 10)).toBe("ABCDEABCDE");
    expect(spreadOf(word, ["A", "B", "C", "D", "E"])).toBe(1);
  });

  it("BX10 gives by weight: 3, 1 and 1 give ABCAA, ABCAA", () => {
    const members: MemberInput[] = [{ userId: "A", weight: 3 }, "B", "C"];
    expect(new AssignmentFixture("related>even", members).word(10)).toBe("ABCAAABCAA");
  });

  it("BX10 weights hold over a long run, also those that divide nothing", () => {
    const members: MemberInput[] = [{ userId: "A", weight: 17 }, { userId: "B", weight: 7 }, "C"];
    const word = new AssignmentFixture("related>even", members).word(2_500);
    expect([countIn(word, "A"), countIn(word, "B"), countIn(word, "C")]).toEqual([1_700, 700, 100]);
  });

  it("BX10 scenario 9: a member who returns gets their share and no more, never twice in a row", () => {
    const fixture = new AssignmentFixture("related>even", ABC);
    fixture.word(9);
    fixture.rules("related>even", ["A", { userId: "B", isPaused: true }, "C"]);
    const without = fixture.word(40);
    expect([countIn(without, "A"), countIn(without, "B"), countIn(without, "C")]).toEqual([20, 0, 20]);
    fixture.rules("related>even", ABC);
    const after = fixture.word(60);
    expect([countIn(after, "A"), countIn(after, "B"), countIn(after, "C")]).toEqual([20, 20, 20]);
    expect(/(.)\1/.test(after)).toBe(false);
  });

  it("BX10 a new member starts at the lowest pass", () => {
    const fixture = new AssignmentFixture("related>even", ["A", "B"]);
    fixture.word(100);
    fixture.rules("related>even", ["A", "B", "N"]);
    const after = fixture.word(30);
    expect(countIn(after, "N")).toBe(10);
    expect(spreadOf(after, ["A", "B", "N"])).toBe(1);
  });

  it("SP19 turns go on where they were when the mode changes and comes back", () => {
    const fixture = new AssignmentFixture("related>even", ABC);
    expect(fixture.word(4)).toBe("ABCA");
    fixture.rules("manual", ABC);
    expect(fixture.word(2)).toBe("--");
    fixture.rules("related>even", ABC);
    expect(fixture.word(2)).toBe("BC");
  });

  it("SP15 a related lead takes no turn", () => {
    const fixture = new AssignmentFixture("related>even", ABC);
    const word = Array.from({ length: 9 }, () => {
      fixture.lead(["closed-deal A"]);
      return fixture.word(1);
    }).join("");
    expect([countIn(word, "A"), countIn(word, "B"), countIn(word, "C")]).toEqual([3, 3, 3]);
    expect(spreadOf(word, ABC)).toBe(1);
  });
});

describe("by fewest open deals", () => {
  it("SP17 scenario 3: fills up to the member with the most", () => {
    const members = ["A", "B", "C", "D", "E"];
    const fixture = new AssignmentFixture("related>least", members).load("E", 10);
    const word = fixture
      .leads(40)
      .map(({ assignment }) => assignment.managerId ?? "-")
      .join("");
    expect(members.map((member) => countIn(word, member))).toEqual([10, 10, 10, 10, 0]);
    expect(spreadOf(word.replaceAll("E", ""), ["A", "B", "C", "D"])).toBe(1);
  });

  it("SP17 scenario 4: zero counts as zero, and a member who never had a lead goes first", () => {
    const fixture = new AssignmentFixture("related>least", ["A", "B", "C"]).load("B", 1);
    // A's earlier leads are closed.
    fixture.leads(1, [], { isOpen: false });
    expect(fixture.lead()).toMatchObject({ managerId: "C", by: "least", why: "fewest open deals (0)" });
    expect(fixture.lead().managerId).toBe("A");
  });

  it("BX10 compares by weight", () => {
    const fixture = new AssignmentFixture("related>least", [{ userId: "A", weight: 3 }, "B"]).load("A", 5).load("B", 2);
    // 5/3 is less than 2; at 6/3 they are equal, and B has never been assigned a lead.
    expect(fixture.word(2)).toBe("AB");
  });

  it("SP17 counts the open deals of all plans when configured to, and a cap only those of its own plan", () => {
    const fixture = new AssignmentFixture("related>least", ["A", { userId: "B", cap: 1 }])
      .load("A", 1)
      .loadElsewhere("A", 5);
    expect(fixture.loadElsewhere("B", 2).lead()).toMatchObject({
      managerId: "B",
      why: "fewest open deals in all plans (2)",
      candidates: [
        { userId: "A", load: 6 },
        { userId: "B", load: 2 },
      ],
    });
    expect(fixture.lead()).toMatchObject({ managerId: "A", skipped: [{ userId: "B", reason: "at-cap" }] });
  });

  it("SP17, BX10 compares by weight what managers have in all plans", () => {
    const fixture = new AssignmentFixture("related>least", [{ userId: "A", weight: 3 }, "B"]);
    fixture.loadElsewhere("A", 5).loadElsewhere("B", 2);
    expect(fixture.lead()).toMatchObject({
      managerId: "A",
      why: "fewest open deals in all plans for their weight (5 by 3)",
    });
  });

  it("breaks a tie by the longest wait, not by seniority", () => {
    const fixture = new AssignmentFixture("related>least", ABC);
    const word = fixture
      .leads(30, [], { isOpen: false })
      .map(({ assignment }) => assignment.managerId)
      .join("");
    expect(word).toBe("ABC".repeat(10));
  });
});

describe("by chance", () => {
  it("SP14 scenario 31: evenly at random, every round is a permutation and every first equally likely", () => {
    const fixture = new AssignmentFixture("random>even", ABC, 20_261_123);
    const word = Array.from({ length: 60 }, () => fixture.word(30)).join("");
    const rounds = word.match(/.../g) ?? [];
    expect(rounds).toHaveLength(600);
    for (const round of rounds) expect([...round].toSorted().join("")).toBe("ABC");
    const firsts = ABC.map((member) => rounds.filter((round) => round.startsWith(member)).length);
    const chiSquare = firsts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    // Two degrees of freedom, p = 0.001.
    expect(chiSquare).toBeLessThan(13.82);
    expect(new Set(rounds).size).toBe(6);
    expect(spreadOf(word, ABC)).toBe(1);
  });

  it("SP14 by fewest open deals at random, only the least loaded are drawn, each as often", () => {
    const counts = new Map<string, number>();
    const fixture = new AssignmentFixture("random>least", ABC, 7).load("C", 1);
    for (let i = 0; i < 1_000; i += 1) {
      const manager = fixture.lead([], { isOpen: false }).managerId ?? "-";
      counts.set(manager, (counts.get(manager) ?? 0) + 1);
    }
    expect(counts.get("C")).toBeUndefined();
    const chiSquare = ["A", "B"].reduce((sum, one) => sum + ((counts.get(one) ?? 0) - 500) ** 2 / 500, 0);
    expect(chiSquare).toBeLessThan(10.83);
  });

  it("SP14 ignores earlier assignments", () => {
    const managers = new Set(
      new AssignmentFixture("random>even", ABC, 3).leads(3, ["owner A"]).map((one) => one.assignment.managerId),
    );
    expect(managers.size).toBe(3);
  });

  it("draws the same from the same seed", () => {
    expect(new AssignmentFixture("random>even", ABC, 5).word(60)).toBe(
      new AssignmentFixture("random>even", ABC, 5).word(60),
    );
    expect(new AssignmentFixture("random>even", ABC, 5).word(60)).not.toBe(
      new AssignmentFixture("random>even", ABC, 6).word(60),
    );
  });
});

describe("to related managers", () => {
  it("SP18 scenario 1: the known go to their own, the new to the least", () => {
    const fixture = new AssignmentFixture("related>least", ABC).load("A", 2).load("C", 1);
    expect(fixture.lead(["closed-deal A"])).toMatchObject({ managerId: "A", by: "related", rule: "related>least" });
    expect(fixture.lead()).toMatchObject({ managerId: "B", by: "least", why: "fewest open deals (0)" });
    // B and C have one each; B's is the more recent.
    expect(fixture.lead().managerId).toBe("C");
  });

  it("SP15 the strongest evidence of an active member decides", () => {
    const fixture = new AssignmentFixture("related>even", ABC);
    expect(fixture.lead(["owner X", "open-deal B", "closed-deal C"])).toMatchObject({
      managerId: "B",
      why: "has the person's newest open deal",
    });
    expect(fixture.lead(["owner C", "open-deal B"]).managerId).toBe("C");
    expect(fixture.lead(["activity C"]).managerId).toBe("C");
  });

  it("SP15 scenario 8: when the newest has left the plan, the next older one; when they have left the company, the rule", () => {
    const fixture = new AssignmentFixture("related>even", ["Y", "Z"]);
    expect(fixture.lead(["closed-deal X", "closed-deal Y"])).toMatchObject({ managerId: "Y", by: "related" });
    fixture.user("Y", { isActive: false });
    expect(fixture.lead(["closed-deal X", "closed-deal Y"])).toMatchObject({
      managerId: "Z",
      by: "even",
      skipped: [{ userId: "Y", reason: "user-inactive" }],
    });
  });

  it("SP15 one who is away today is passed over, waited for, or given it all the same", () => {
    const away = (ownerAway: Absence) =>
      new AssignmentFixture("related>even", [{ userId: "A", isPaused: true }, "B"])
        .ownerAway(ownerAway)
        .lead(["owner A"]);
    expect(away("fallback")).toMatchObject({ managerId: "B", by: "even" });
    expect(away("stick")).toMatchObject({ managerId: "A", by: "related" });
    expect(away("wait")).toMatchObject({ state: "unassigned", reason: "waits-for-related" });
  });

  it("SP15 the cap does not keep a person from their own manager", () => {
    const fixture = new AssignmentFixture("related>least", [{ userId: "A", cap: 1 }, "B"]).load("A", 1).load("B", 50);
    expect(fixture.lead(["open-deal A"]).managerId).toBe("A");
    expect(fixture.lead().managerId).toBe("B");
  });

  it("SP15 a related lead counts as load", () => {
    const fixture = new AssignmentFixture("related>least", ["A", "B"]);
    fixture.lead(["owner A"]);
    fixture.lead(["owner A"]);
    expect(fixture.word(2)).toBe("BB");
  });
});

describe("nobody there", () => {
  it("BX11 scenario 10: a lead at night is kept with its reason and handed out in the morning, oldest first, once", () => {
    const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "09:00", to: "18:00" }];
    const fixture = new AssignmentFixture("related>even", [
      { userId: "A", hours },
      { userId: "B", hours },
    ]).at("2026-11-23T03:00:00Z");
    expect(fixture.lead()).toMatchObject({ state: "unassigned", reason: "outside-hours" });
    fixture.lead();
    fixture.lead();
    expect(fixture.handOut()).toEqual([]);
    fixture.at("2026-11-23T09:00:00Z");
    expect(fixture.handOut()).toEqual(["d1 A", "d2 B", "d3 A"]);
    expect(fixture.handOut()).toEqual([]);
  });

  it("BX11 a cap is full at its number, and one that frees takes the oldest", () => {
    const fixture = new AssignmentFixture("related>least", [{ userId: "A", cap: 2 }]);
    expect(fixture.word(2)).toBe("AA");
    expect(fixture.lead()).toMatchObject({
      state: "unassigned",
      reason: "at-cap",
      skipped: [{ userId: "A", reason: "at-cap" }],
    });
    fixture.load("A", 1);
    expect(fixture.handOut()).toEqual(["d3 A"]);
  });

  it("SP13 a manual plan gives a lead only to whom somebody chose", () => {
    const fixture = new AssignmentFixture("manual", ABC);
    expect(fixture.lead()).toMatchObject({ state: "unassigned", reason: "manual-plan" });
    expect(fixture.lead([], { chosen: userIdSchema.parse("B") })).toMatchObject({
      managerId: "B",
      by: "chosen",
    });
  });

  it("a plan without members keeps its leads", () => {
    expect(new AssignmentFixture("related>even", []).lead()).toMatchObject({
      state: "unassigned",
      reason: "no-members",
    });
  });
});

it("BX12 an assignment says its rule, the candidates with their loads, who was skipped and why", () => {
  const fixture = new AssignmentFixture("related>least", [
    "A",
    { userId: "B", weight: 2 },
    { userId: "C", isPaused: true },
  ]).load("A", 3);
  expect(fixture.lead(["closed-deal X"])).toEqual({
    state: "assigned",
    managerId: "B",
    rule: "related>least",
    by: "least",
    why: "fewest open deals for their weight (0 by 2)",
    evidence: [{ kind: "closed-deal", userId: "X" }],
    candidates: [
      { userId: "A", load: 3, weight: 1, pass: 0, last: 0 },
      { userId: "B", load: 0, weight: 2, pass: 0, last: 0 },
    ],
    skipped: [{ userId: "C", reason: "paused" }],
  });
});
