import type { User } from "../access/user.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { Assignment, OwnershipEvidence, WaitingLead } from "./assignment.ts";
import type { AssignmentState } from "./assignment-state.ts";
import type { Rules } from "../sales-plans/rules.ts";
import type { ContactId } from "../platform/ids.ts";
import { type MemberAvailability, availability } from "../sales-plans/member.ts";
import { type Loads, assignLead } from "./assign-lead.ts";

/** What a sequence number of a plan was taken for. `void` is a sequence number whose taker did not come back. */
export type BatchEntry =
  | { readonly sequence: number; readonly kind: "lead"; readonly lead: BatchLead }
  | { readonly sequence: number; readonly kind: "rules"; readonly rules: Rules }
  | { readonly sequence: number; readonly kind: "void" };

export interface BatchLead extends WaitingLead {
  readonly personId: ContactId;
  /** Whether the deal, once somebody has it, is work: one added straight into a closing status is not. */
  readonly isOpen: boolean;
}

/** The environment as one run of the assignment sees it. */
export interface AssignmentView {
  readonly now: Instant;
  readonly tenantZone: string;
  readonly users: ReadonlyMap<UserId, User>;
  readonly loads: Loads;
  /** Open deals of the tenant's other plans, where the rules count them: as they were when the run began. */
  readonly elsewhere?: Loads | undefined;
}

/** What became of one lead. */
export interface AssignmentOutcome {
  readonly lead: BatchLead;
  readonly assignment: Assignment;
}

/**
 * Whether an unassigned lead is offered again by itself. One of a manual plan is not: somebody has to choose, also
 * after the plan has become uniform, because a change of mode is for later leads only (seed 001;
 * docs/reference/sales-plans.md 5.7).
 */
export const isAwaitingAssignment = ({ reason }: Assignment): boolean =>
  reason !== undefined && reason !== "manual-plan";

export interface BatchResult {
  readonly assignmentState: AssignmentState;
  /** Leads of the unassigned queue that found somebody now, oldest first. */
  readonly handedOut: readonly AssignmentOutcome[];
  /** Leads of the sequence numbers, in sequence order: given to somebody or put into the unassigned queue. */
  readonly outcomes: readonly AssignmentOutcome[];
  /** Whether sequence numbers or unassigned leads are left that this run had no room for. */
  readonly hasMore: boolean;
  /** Nobody is there for what lies in the unassigned queue: the rest of it need not be offered. */
  readonly isNobodyAvailable: boolean;
}

/**
 * Works through a plan's sequence numbers in order, after offering what lies in the unassigned queue, oldest first. Any
 * number of sequence numbers at once gives what one at a time would: that is what makes the result exact under load
 * (docs/reference/sales-plans.md 5.8).
 *
 * A run ends before a change of the rules, and a change is a run of its own: what lies in the unassigned queue is
 * offered under the old rules before it and under the new ones after it. A run also ends with a lead whose person has
 * another one in the unassigned queue, because that one is related to somebody now. `unassigned` is the unassigned
 * queue's beginning; at most `most` leads are dealt with.
 */
export function assignBatch(
  before: AssignmentState,
  unassigned: readonly BatchLead[],
  entries: readonly BatchEntry[],
  view: AssignmentView,
  most: number,
): BatchResult {
  const run = new Run(before, view);
  const handedOut: AssignmentOutcome[] = [];
  let isNobodyAvailable = false;
  for (const lead of unassigned) {
    if (handedOut.length === most || run.mustEnd || run.isHandedOut(lead))
      return { assignmentState: run.assignmentState, handedOut, outcomes: [], hasMore: true, isNobodyAvailable };
    const outcome = run.retry(lead);
    isNobodyAvailable = outcome === undefined;
    if (outcome === undefined) break;
    if (outcome.assignment.state === "assigned") handedOut.push(outcome);
  }
  const outcomes: AssignmentOutcome[] = [];
  const [first] = entries;
  if (first?.kind === "rules" && handedOut.length === 0 && !run.mustEnd)
    return {
      assignmentState: { ...run.assignmentState, rules: first.rules, lastSequence: first.sequence },
      handedOut,
      outcomes,
      hasMore: true,
      isNobodyAvailable: false,
    };
  for (const queueEntry of entries) {
    const isFull = run.mustEnd || handedOut.length + outcomes.length === most;
    if (isFull || queueEntry.kind === "rules" || (queueEntry.kind === "lead" && run.isHandedOut(queueEntry.lead)))
      return { assignmentState: run.assignmentState, handedOut, outcomes, hasMore: true, isNobodyAvailable };
    if (queueEntry.kind === "lead") outcomes.push(run.take(queueEntry.lead));
    run.passSequence(queueEntry.sequence);
  }
  return { assignmentState: run.assignmentState, handedOut, outcomes, hasMore: run.mustEnd, isNobodyAvailable };
}

/** The assignment and what changes with every pick of one run. */
class Run {
  assignmentState: AssignmentState;
  /** The unassigned queue has to be looked at again before anything else. */
  mustEnd = false;
  readonly #roster: readonly MemberAvailability[];
  readonly #loads: Map<UserId, number>;
  readonly #elsewhere: Loads;
  /** Managers of the open deals given out in this run, by person: the newest contact there is. */
  readonly #given = new Map<ContactId, UserId>();
  /** Persons whose lead was handed out of the unassigned queue: older than others of theirs, it is not their newest contact. */
  readonly #handed = new Set<ContactId>();
  /** Persons with a lead in the unassigned queue. */
  readonly #waiting = new Set<ContactId>();

  constructor(
    assignmentState: AssignmentState,
    { users, now, tenantZone, loads, elsewhere = new Map() }: AssignmentView,
  ) {
    this.assignmentState = assignmentState;
    this.#roster = availability(assignmentState.rules.members, users, now, tenantZone);
    this.#loads = new Map(loads);
    this.#elsewhere = elsewhere;
  }

  /** Offers a lead of the unassigned queue; `undefined` when nobody is there, and the next one need not be offered. */
  retry(lead: BatchLead): AssignmentOutcome | undefined {
    const outcome = this.#give(lead);
    if (outcome.assignment.managerId !== undefined) this.#handed.add(lead.personId);
    const { reason } = outcome.assignment;
    return reason === undefined || reason === "waits-for-related" ? outcome : undefined;
  }

  /** Whether a lead's person has to be looked up anew before it. */
  isHandedOut({ personId }: BatchLead): boolean {
    return this.#handed.has(personId);
  }

  /** Gives out a sequence number's lead: its deal is its person's newest. */
  take(lead: BatchLead): AssignmentOutcome {
    const outcome = this.#give(lead);
    const { managerId } = outcome.assignment;
    if (managerId !== undefined && lead.isOpen) this.#given.set(lead.personId, managerId);
    return outcome;
  }

  #give(lead: BatchLead): AssignmentOutcome {
    const evidence = this.#withGiven(lead);
    const { assignmentState, assignment } = assignLead(this.assignmentState, { ...lead, evidence }, this.#roster, {
      loads: this.#loads,
      elsewhere: this.#elsewhere,
    });
    this.assignmentState = assignmentState;
    const { managerId } = assignment;
    if (isAwaitingAssignment(assignment)) this.#waiting.add(lead.personId);
    if (managerId !== undefined && lead.isOpen) {
      this.mustEnd ||= this.#waiting.has(lead.personId);
      this.#loads.set(managerId, (this.#loads.get(managerId) ?? 0) + 1);
    }
    return { lead, assignment };
  }

  passSequence(sequence: number): void {
    this.assignmentState = { ...this.assignmentState, lastSequence: sequence };
  }

  #withGiven({ personId, evidence }: BatchLead): readonly OwnershipEvidence[] {
    const userId = this.#given.get(personId);
    if (userId === undefined) return evidence;
    const owners = evidence.filter(({ kind }) => kind === "owner");
    const others = evidence.filter(({ kind }) => kind !== "owner");
    return [...owners, { kind: "open-deal", userId }, ...others];
  }
}
