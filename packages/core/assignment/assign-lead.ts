import type { UserId } from "../platform/values.ts";
import type { Assignment, Candidate, Evidence, Skipped, UnassignedReason, WaitingLead } from "./assignment.ts";
import { draw } from "../platform/random.ts";
import { type Desk, TURN, turnOf } from "./assignment-state.ts";
import { countsAllPlans, ruleName } from "../sales-plans/distribution.ts";
import type { Present } from "../sales-plans/member.ts";

/** Open deals by manager; who is in none has none. */
export type Loads = ReadonlyMap<UserId, number>;

/** What managers have to do: open deals of this plan, and of the tenant's other ones where those count. */
export interface Work {
  readonly loads: Loads;
  readonly elsewhere: Loads;
}

export interface Picked {
  readonly desk: Desk;
  readonly assignment: Assignment;
}

type Uniform = Extract<Desk["rules"]["distribution"], { readonly mode: "uniform" }>;

/** Gives one lead to a manager by the desk's rules, or says why to nobody (sales-plans.md 5.1-5.6). */
export function pick(desk: Desk, lead: WaitingLead, roster: readonly Present[], work: Work): Picked {
  const { distribution } = desk.rules;
  const table = tableOf(desk, roster, work);
  const told = { rule: ruleName(distribution), evidence: lead.evidence, ...table };
  if (lead.chosen !== undefined)
    return {
      desk,
      assignment: {
        ...told,
        state: "assigned",
        managerId: lead.chosen,
        by: "chosen",
        why: "chosen by whoever added it",
      },
    };
  if (distribution.mode === "manual")
    return nobody(desk, told, "manual-plan", "the plan is manual: somebody has to choose a manager");
  const related = distribution.affinity === "related" ? relatedOf(lead.evidence, roster) : undefined;
  if (related !== undefined) {
    const { present, kind } = related;
    if (present.absence === undefined || distribution.whenRelatedIsAway === "stick")
      return toRelated(desk, told, present.member.userId, WHY_RELATED[kind]);
    if (distribution.whenRelatedIsAway === "wait")
      return nobody(desk, told, "waits-for-related", `waits for ${present.member.userId}, who is ${present.absence}`);
  }
  return byBalance(desk, told, distribution);
}

const WHY_RELATED: Readonly<Record<Evidence["kind"], string>> = {
  owner: "owns the person",
  "open-deal": "has the person's newest open deal",
  "closed-deal": "had the person's newest closed deal",
  activity: "had the newest activity with the person",
};

type Table = Pick<Assignment, "candidates" | "skipped">;
type Told = Table & Pick<Assignment, "rule" | "evidence">;

/** Who could be given a lead now, and who not and why. A cap is full at its number. */
function tableOf(desk: Desk, roster: readonly Present[], { loads, elsewhere }: Work): Table {
  const isOfAll = countsAllPlans(desk.rules.distribution);
  const candidates: Candidate[] = [];
  const skipped: Skipped[] = [];
  for (const { member, absence } of roster) {
    const { userId, weight, cap } = member;
    const own = loads.get(userId) ?? 0;
    const load = own + (isOfAll ? (elsewhere.get(userId) ?? 0) : 0);
    const reason = absence ?? (cap !== undefined && own >= cap ? "at-cap" : undefined);
    if (reason === undefined) candidates.push({ userId, load, weight, ...turnOf(desk, userId) });
    else skipped.push({ userId, reason });
  }
  return { candidates, skipped };
}

/** The strongest evidence of a manager who is a member of this plan and still with the company. */
function relatedOf(
  evidence: readonly Evidence[],
  roster: readonly Present[],
): { readonly present: Present; readonly kind: Evidence["kind"] } | undefined {
  for (const { kind, userId } of evidence) {
    const present = roster.find(({ member, absence }) => member.userId === userId && absence !== "user-inactive");
    if (present !== undefined) return { present, kind };
  }
  return undefined;
}

/** A related manager keeps his turn: it only counts as his last assignment, and as load. */
function toRelated(desk: Desk, told: Told, managerId: UserId, why: string): Picked {
  const served = desk.served + 1;
  const turns = { ...desk.turns, [managerId]: { ...turnOf(desk, managerId), last: served } };
  return {
    desk: { ...desk, served, turns },
    assignment: { ...told, state: "assigned", managerId, by: "related", why },
  };
}

function byBalance(desk: Desk, told: Told, { affinity, balance }: Uniform): Picked {
  const first = balance === "even" ? nextInTurn(told.candidates) : leastLoaded(told.candidates);
  const [only, ...more] = first;
  if (only === undefined) return nobody(desk, told, ...whyNobody(told.skipped));
  const { chosen, chance } =
    affinity === "random" ? drawn(first, desk.chance) : { chosen: firstOf(only, more, balance), chance: desk.chance };
  const served = desk.served + 1;
  const turn = { pass: chosen.pass + (balance === "even" ? Math.round(TURN / chosen.weight) : 0), last: served };
  const floor = balance === "even" ? Math.max(desk.floor, chosen.pass) : desk.floor;
  return {
    desk: { ...desk, served, floor, chance, turns: { ...desk.turns, [chosen.userId]: turn } },
    assignment: {
      ...told,
      state: "assigned",
      managerId: chosen.userId,
      by: balance,
      why: whyBalance(chosen, desk.rules.distribution),
    },
  };
}

function whyBalance({ load, weight }: Candidate, distribution: Desk["rules"]["distribution"]): string {
  if (distribution.mode === "uniform" && distribution.balance === "even") return "next in turn";
  const least = countsAllPlans(distribution) ? "least open deals in all plans" : "least open deals";
  return weight === 1 ? `${least} (${load})` : `${least} for his weight (${load} by ${weight})`;
}

/** Stride scheduling: whoever has had the fewest turns for his weight. */
function nextInTurn(candidates: readonly Candidate[]): Candidate[] {
  const least = Math.min(...candidates.map(({ pass }) => pass));
  return candidates.filter(({ pass }) => pass === least);
}

/** Fewest open deals for the weight; zero counts as zero. Compared crosswise, so that thirds are exact. */
function leastLoaded(candidates: readonly Candidate[]): Candidate[] {
  const [first, ...others] = candidates;
  if (first === undefined) return [];
  const least = others.reduce((best, one) => (one.load * best.weight < best.load * one.weight ? one : best), first);
  return candidates.filter(({ load, weight }) => load * least.weight === least.load * weight);
}

/**
 * Among equals the one who has waited longest for an assignment, never assigned first, then by place in the plan
 * (sales-plans.md 5.5). In turns the greater weight goes before, because its next turn is due sooner: weights of 3, 1
 * and 1 give ABCAA, ABCAA.
 */
function firstOf(first: Candidate, others: readonly Candidate[], balance: Uniform["balance"]): Candidate {
  return others.reduce((best, one) => {
    if (balance === "even" && one.weight !== best.weight) return one.weight > best.weight ? one : best;
    return one.last < best.last ? one : best;
  }, first);
}

/** Among equals by chance: in turns this shuffles every round anew, and nobody is ever more than a turn ahead (5.2). */
function drawn(equals: readonly Candidate[], state: number): { readonly chosen: Candidate; readonly chance: number } {
  const { state: chance, value } = draw(state);
  const chosen = equals[Math.floor(value * equals.length)];
  if (chosen === undefined) throw new Error("nobody can be drawn from no candidates");
  return { chosen, chance };
}

function nobody(desk: Desk, told: Told, reason: UnassignedReason, why: string): Picked {
  return { desk, assignment: { ...told, state: "unassigned", reason, why } };
}

const PASSING = ["outside-hours", "at-cap", "on-vacation", "paused", "user-inactive"] as const;

const WHY_NOBODY: Readonly<Record<(typeof PASSING)[number], string>> = {
  "outside-hours": "nobody works at this hour",
  "at-cap": "everybody who is there has as many open deals as his cap allows",
  "on-vacation": "everybody is on vacation",
  paused: "everybody is paused",
  "user-inactive": "no member is an active user",
};

/** Of several reasons the one that will pass first. */
function whyNobody(skipped: readonly Skipped[]): [UnassignedReason, string] {
  for (const reason of PASSING) if (skipped.some((one) => one.reason === reason)) return [reason, WHY_NOBODY[reason]];
  return ["no-members", "the plan has no members"];
}
