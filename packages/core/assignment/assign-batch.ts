import type { User } from "../access/user.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { Assignment, OwnershipEvidence, WaitingLead } from "./assignment.ts";
import type { AssignmentState } from "./assignment-state.ts";
import type { Rules } from "../sales-plans/rules.ts";
import type { ContactId } from "../platform/ids.ts";
import { type MemberAvailability, availability } from "../sales-plans/member.ts";
import { type Loads, assignLead } from "./assign-lead.ts";

/** What a sequence number of a plan was taken for. `void`: the process that took it never stored a lead. */
export type BatchEntry =
  | { readonly sequence: number; readonly kind: "lead"; readonly lead: BatchLead }
  | { readonly sequence: number; readonly kind: "rules"; readonly rules: Rules }
  | { readonly sequence: number; readonly kind: "void" };

export interface BatchLead extends WaitingLead {
  readonly personId: ContactId;
  /** Whether the deal counts as load once it is assigned; one added directly into a closing status does not. */
  readonly isOpen: boolean;
}

/** What one assignment run knows besides the assignment state. */
export interface AssignmentView {
  readonly now: Instant;
  readonly tenantZone: string;
  readonly users: ReadonlyMap<UserId, User>;
  readonly loads: Loads;
  /** Open deals of the tenant's other plans, as of the start of the run, where the rules count them. */
  readonly elsewhere?: Loads | undefined;
}

/** The result of one lead. */
export interface AssignmentOutcome {
  readonly lead: BatchLead;
  readonly assignment: Assignment;
}

/**
 * Whether an unassigned lead is retried automatically. Leads of a manual plan are not: somebody has to choose a
 * manager, even after the plan has become uniform, because a change of mode applies to later leads only
 * (docs/reference/sales-plans.md 5.7).
 */
export const isAwaitingAssignment = ({ reason }: Assignment): boolean =>
  reason !== undefined && reason !== "manual-plan";

export interface BatchResult {
  readonly assignmentState: AssignmentState;
  /** Leads of the unassigned queue that got a manager in this run, oldest first. */
  readonly handedOut: readonly AssignmentOutcome[];
  /** Leads of the sequence numbers, in sequence order: assigned, or put into the unassigned queue. */
  readonly outcomes: readonly AssignmentOutcome[];
  /** Whether sequence numbers or unassigned leads remain after this run's limit. */
  readonly hasMore: boolean;
  /** No manager is available for the unassigned queue: the rest of it need not be retried. */
  readonly isNobodyAvailable: boolean;
}

/**
 * Retries the leads of the unassigned queue, oldest first, then processes a plan's sequence numbers in order. The
 * result does not depend on the batch size: many sequence numbers at once give the same as one at a time, so the
 * assignment is exact under load (docs/reference/sales-plans.md 5.8).
 *
 * A run ends before a change of the rules, and the change is a run of its own: the unassigned queue is retried under
 * the old rules before it and under the new ones after it. A run also ends after a lead whose contact has another lead
 * in the unassigned queue, because that contact now has a related manager. `unassigned` is the beginning of the
 * unassigned queue; at most `most` leads are processed.
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

/** The assignment state of one run, and what each assignment in it changes. */
class Run {
  assignmentState: AssignmentState;
  /** The unassigned queue must be read again before the next lead. */
  mustEnd = false;
  readonly #roster: readonly MemberAvailability[];
  readonly #loads: Map<UserId, number>;
  readonly #elsewhere: Loads;
  /** Managers of the open deals assigned in this run, by contact: the newest evidence. */
  readonly #given = new Map<ContactId, UserId>();
  /**
   * Contacts with a lead assigned from the unassigned queue. They may have newer deals, so this one is not their newest
   * contact.
   */
  readonly #handed = new Set<ContactId>();
  /** Contacts with a lead in the unassigned queue. */
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

  /**
   * Retries a lead of the unassigned queue; `undefined` when no manager is available and the rest need not be retried.
   */
  retry(lead: BatchLead): AssignmentOutcome | undefined {
    const outcome = this.#give(lead);
    if (outcome.assignment.managerId !== undefined) this.#handed.add(lead.personId);
    const { reason } = outcome.assignment;
    return reason === undefined || reason === "waits-for-related" ? outcome : undefined;
  }

  /** Whether a lead's contact has to be read again before this lead. */
  isHandedOut({ personId }: BatchLead): boolean {
    return this.#handed.has(personId);
  }

  /** Assigns the lead of a sequence number: its deal is the contact's newest. */
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
