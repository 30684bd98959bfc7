import type { UserId } from "../platform/values.ts";
import type { Assignment, Candidate, OwnershipEvidence, Skipped, UnassignedReason, WaitingLead } from "./assignment.ts";
import { draw } from "../platform/random.ts";
import { type AssignmentState, STRIDE_SCALE, memberPassOf } from "./assignment-state.ts";
import { countsAllPlans, ruleName } from "../sales-plans/distribution.ts";
import type { MemberAvailability } from "../sales-plans/member.ts";

/** Open deals by manager; managers without any are not in it. */
export type Loads = ReadonlyMap<UserId, number>;

/** Managers' loads: open deals of this plan, and of the tenant's other plans where those count. */
export interface Work {
  readonly loads: Loads;
  readonly elsewhere: Loads;
}

interface AssignmentResult {
  readonly assignmentState: AssignmentState;
  readonly assignment: Assignment;
}

type Uniform = Extract<AssignmentState["rules"]["distribution"], { readonly mode: "uniform" }>;

/**
 * Assigns one lead by the rules of the assignment state, or says why no manager got it (docs/reference/sales-plans.md
 * 5.1-5.6).
 */
export function assignLead(
  assignmentState: AssignmentState,
  lead: WaitingLead,
  roster: readonly MemberAvailability[],
  work: Work,
): AssignmentResult {
  const { distribution } = assignmentState.rules;
  const table = availableOf(assignmentState, roster, work);
  const considered = { rule: ruleName(distribution), evidence: lead.evidence, ...table };
  if (lead.chosen !== undefined)
    return {
      assignmentState,
      assignment: {
        ...considered,
        state: "assigned",
        managerId: lead.chosen,
        by: "chosen",
        why: "chosen by whoever added it",
      },
    };
  if (distribution.mode === "manual")
    return unassignedBecause(
      assignmentState,
      considered,
      "manual-plan",
      "the plan is manual: somebody has to choose a manager",
    );
  const owner = distribution.affinity === "related" ? ownerOf(lead.evidence, roster) : undefined;
  if (owner !== undefined) {
    const { availability, kind } = owner;
    if (availability.absence === undefined || distribution.ownerAway === "stick")
      return toOwner(assignmentState, considered, availability.member.userId, WHY_OWNER[kind]);
    if (distribution.ownerAway === "wait")
      return unassignedBecause(
        assignmentState,
        considered,
        "waits-for-related",
        `waits for ${availability.member.userId}, who is ${availability.absence}`,
      );
  }
  return byBalance(assignmentState, considered, distribution);
}

const WHY_OWNER: Readonly<Record<OwnershipEvidence["kind"], string>> = {
  owner: "owns the person",
  "open-deal": "has the person's newest open deal",
  "closed-deal": "had the person's newest closed deal",
  activity: "had the newest activity with the person",
};

type Available = Pick<Assignment, "candidates" | "skipped">;
type Considered = Available & Pick<Assignment, "rule" | "evidence">;

/** Members who are available for a lead, and the others with the reason. A cap is reached when the load equals it. */
function availableOf(
  assignmentState: AssignmentState,
  roster: readonly MemberAvailability[],
  { loads, elsewhere }: Work,
): Available {
  const isOfAll = countsAllPlans(assignmentState.rules.distribution);
  const candidates: Candidate[] = [];
  const skipped: Skipped[] = [];
  for (const { member, absence } of roster) {
    const { userId, weight, cap } = member;
    const own = loads.get(userId) ?? 0;
    const load = own + (isOfAll ? (elsewhere.get(userId) ?? 0) : 0);
    const reason = absence ?? (cap !== undefined && own >= cap ? "at-cap" : undefined);
    if (reason === undefined) candidates.push({ userId, load, weight, ...memberPassOf(assignmentState, userId) });
    else skipped.push({ userId, reason });
  }
  return { candidates, skipped };
}

/** The manager with the strongest evidence who is a member of this plan and has not left the company. */
function ownerOf(
  evidence: readonly OwnershipEvidence[],
  roster: readonly MemberAvailability[],
): { readonly availability: MemberAvailability; readonly kind: OwnershipEvidence["kind"] } | undefined {
  for (const { kind, userId } of evidence) {
    const availability = roster.find(({ member, absence }) => member.userId === userId && absence !== "user-inactive");
    if (availability !== undefined) return { availability, kind };
  }
  return undefined;
}

/**
 * A related manager's turn in the round-robin is not used up: the lead only counts as their last assignment, and as
 * load.
 */
function toOwner(
  assignmentState: AssignmentState,
  considered: Considered,
  managerId: UserId,
  why: string,
): AssignmentResult {
  const assignedCount = assignmentState.assignedCount + 1;
  const memberState = {
    ...assignmentState.memberState,
    [managerId]: { ...memberPassOf(assignmentState, managerId), last: assignedCount },
  };
  return {
    assignmentState: { ...assignmentState, assignedCount, memberState },
    assignment: { ...considered, state: "assigned", managerId, by: "related", why },
  };
}

function byBalance(
  assignmentState: AssignmentState,
  considered: Considered,
  { affinity, balance }: Uniform,
): AssignmentResult {
  const first = balance === "even" ? lowestPass(considered.candidates) : leastLoaded(considered.candidates);
  const [only, ...more] = first;
  if (only === undefined) return unassignedBecause(assignmentState, considered, ...whyUnassigned(considered.skipped));
  const { chosen, rngState } =
    affinity === "random"
      ? drawn(first, assignmentState.rngState)
      : { chosen: firstOf(only, more, balance), rngState: assignmentState.rngState };
  const assignedCount = assignmentState.assignedCount + 1;
  const memberPass = {
    pass: chosen.pass + (balance === "even" ? Math.round(STRIDE_SCALE / chosen.weight) : 0),
    last: assignedCount,
  };
  const minPass = balance === "even" ? Math.max(assignmentState.minPass, chosen.pass) : assignmentState.minPass;
  return {
    assignmentState: {
      ...assignmentState,
      assignedCount,
      minPass,
      rngState,
      memberState: { ...assignmentState.memberState, [chosen.userId]: memberPass },
    },
    assignment: {
      ...considered,
      state: "assigned",
      managerId: chosen.userId,
      by: balance,
      why: whyBalance(chosen, assignmentState.rules.distribution),
    },
  };
}

function whyBalance({ load, weight }: Candidate, distribution: AssignmentState["rules"]["distribution"]): string {
  if (distribution.mode === "uniform" && distribution.balance === "even") return "next in turn";
  const least = countsAllPlans(distribution) ? "fewest open deals in all plans" : "fewest open deals";
  return weight === 1 ? `${least} (${load})` : `${least} for their weight (${load} by ${weight})`;
}

/** Stride scheduling: members with the fewest turns for their weight. */
function lowestPass(candidates: readonly Candidate[]): Candidate[] {
  const least = Math.min(...candidates.map(({ pass }) => pass));
  return candidates.filter(({ pass }) => pass === least);
}

/**
 * Members with the fewest open deals for their weight; without deals the weight does not matter. Compared by
 * cross-multiplication, so that thirds are exact.
 */
function leastLoaded(candidates: readonly Candidate[]): Candidate[] {
  const [first, ...others] = candidates;
  if (first === undefined) return [];
  const least = others.reduce((best, one) => (one.load * best.weight < best.load * one.weight ? one : best), first);
  return candidates.filter(({ load, weight }) => load * least.weight === least.load * weight);
}

/**
 * Breaks a tie: the member whose last assignment is longest ago (never comes first), then by place in the plan
 * (docs/reference/sales-plans.md 5.5). In the round-robin the greater weight comes first, because its next turn is due
 * sooner: weights of 3, 1 and 1 give ABCAA, ABCAA.
 */
function firstOf(first: Candidate, others: readonly Candidate[], balance: Uniform["balance"]): Candidate {
  return others.reduce((best, one) => {
    if (balance === "even" && one.weight !== best.weight) return one.weight > best.weight ? one : best;
    return one.last < best.last ? one : best;
  }, first);
}

/**
 * Breaks a tie at random: in the round-robin this shuffles every round, and no member is ever more than one turn ahead
 * (5.2).
 */
function drawn(equals: readonly Candidate[], state: number): { readonly chosen: Candidate; readonly rngState: number } {
  const { state: rngState, value } = draw(state);
  const chosen = equals[Math.floor(value * equals.length)];
  if (chosen === undefined) throw new Error("cannot draw from an empty list of candidates");
  return { chosen, rngState };
}

function unassignedBecause(
  assignmentState: AssignmentState,
  considered: Considered,
  reason: UnassignedReason,
  why: string,
): AssignmentResult {
  return { assignmentState, assignment: { ...considered, state: "unassigned", reason, why } };
}

const TEMPORARY = ["outside-hours", "at-cap", "on-vacation", "paused", "user-inactive"] as const;

const WHY_UNASSIGNED: Readonly<Record<(typeof TEMPORARY)[number], string>> = {
  "outside-hours": "no member works at this hour",
  "at-cap": "every available member has reached their cap",
  "on-vacation": "every member is on vacation",
  paused: "everybody is paused",
  "user-inactive": "no member is an active user",
};

/** Of several reasons, the one that ends soonest. */
function whyUnassigned(skipped: readonly Skipped[]): [UnassignedReason, string] {
  for (const reason of TEMPORARY)
    if (skipped.some((one) => one.reason === reason)) return [reason, WHY_UNASSIGNED[reason]];
  return ["no-members", "the plan has no members"];
}
