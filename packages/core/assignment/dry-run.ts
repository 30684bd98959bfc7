import type { UserId } from "../platform/values.ts";
import type { Assignment, OwnershipEvidence } from "./assignment.ts";
import type { AssignmentState } from "./assignment-state.ts";
import { dealIdSchema, contactIdSchema } from "../platform/ids.ts";
import {
  type AssignmentView,
  type AssignmentOutcome,
  type BatchEntry,
  type BatchLead,
  isAwaitingAssignment,
  assignBatch,
} from "./assign-batch.ts";

/** A simulated lead: of a new contact, unless evidence is given. */
export interface ImaginedLead {
  readonly evidence?: readonly OwnershipEvidence[] | undefined;
  readonly chosen?: UserId | undefined;
}

/** An assignment state with the leads that wait for it. */
interface AssignmentQueue {
  readonly assignmentState: AssignmentState;
  /** Leads for which no manager was available, oldest first. */
  readonly unassigned: readonly BatchLead[];
  readonly entries: readonly BatchEntry[];
}

/**
 * What the next leads' assignments would be: computed by the real assignment function, on a copy of the assignment
 * state.
 */
export function dryRun(
  { assignmentState, unassigned, entries }: AssignmentQueue,
  leads: readonly ImaginedLead[],
  view: AssignmentView,
): Assignment[] {
  const before = entries.at(-1)?.sequence ?? assignmentState.lastSequence;
  const imagined = leads.map(({ evidence = [], chosen }, i): BatchEntry & { readonly kind: "lead" } => {
    const name = `dry-run-${i + 1}`;
    const ids = { dealId: dealIdSchema.parse(name), personId: contactIdSchema.parse(name) };
    return { sequence: before + i + 1, kind: "lead", lead: { ...ids, evidence, chosen, isOpen: true } };
  });
  const last = new Map(
    playOut({ assignmentState, unassigned, entries: [...entries, ...imagined] }, view).map((one) => [
      one.lead,
      one.assignment,
    ]),
  );
  return imagined.map(({ lead }) => last.get(lead)).filter((assignment) => assignment !== undefined);
}

/** Processes everything that waits; returns the outcomes in the order in which they happened. */
function playOut(start: AssignmentQueue, view: AssignmentView): AssignmentOutcome[] {
  const all: AssignmentOutcome[] = [];
  const loads = new Map(view.loads);
  let { assignmentState, unassigned, entries } = start;
  while (entries.length > 0) {
    const batchResult = assignBatch(
      assignmentState,
      unassigned,
      entries,
      { ...view, loads },
      unassigned.length + entries.length,
    );
    const outcomes = [...batchResult.handedOut, ...batchResult.outcomes];
    for (const { lead, assignment } of outcomes)
      if (assignment.managerId !== undefined && lead.isOpen)
        loads.set(assignment.managerId, (loads.get(assignment.managerId) ?? 0) + 1);
    const handedOut = new Set(batchResult.handedOut.map(({ lead }) => lead));
    const waiting = batchResult.outcomes.filter(({ assignment }) => isAwaitingAssignment(assignment));
    unassigned = [...unassigned.filter((lead) => !handedOut.has(lead)), ...waiting.map(({ lead }) => lead)];
    assignmentState = batchResult.assignmentState;
    entries = entries.filter(({ sequence }) => sequence > assignmentState.lastSequence);
    all.push(...outcomes);
  }
  return all;
}
