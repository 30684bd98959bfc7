import { assignBatch, isAwaitingAssignment } from "@regulars/core/assignment/assign-batch";
import { countsAllPlans } from "@regulars/core/sales-plans/distribution";
import { type Deal, addedDeal } from "@regulars/core/deals/deal";
import type { DirectInput } from "@regulars/core/leads/direct-input";
import type { LeadIntakeWrite } from "@regulars/core/leads/lead-intake";
import type { PlanId } from "@regulars/core/platform/ids";
import { toInstant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";
import type { DirectLead, DirectResult } from "./direct-lead.ts";
import { batchLeadOf, inStatusNow } from "./assign-waiting.ts";
import { evidenceOfLeads } from "./read-state.ts";
import { loadsElsewhere } from "./workload.ts";

/**
 * Stores leads of one plan and assigns them in the same transaction, in the order given, as if each had taken a sequence
 * number: while nobody else waits or assigns, this needs no queue and no lease (docs/reference/sales-plans.md 8). The
 * transaction holds on the assignment state and the sequence counter as they were read.
 */
export async function assignDirectly(
  context: SalesContext,
  planId: PlanId,
  leads: readonly DirectLead[],
): Promise<readonly DirectResult[]> {
  const all = (result: DirectResult) => leads.map(() => result);
  const input = await readInput(context, planId, leads);
  if (input === undefined || !isFree(context, input)) return all("queue");
  const { assignmentState } = input.lease;
  const intakes = apart(leads, assignmentState.lastSequence);
  const taken = intakes.filter((intake) => intake !== undefined);
  const result = await assigned(context, input, taken);
  const deals = await saved(context, input, taken, result);
  if (typeof deals === "string") return all(deals);
  return intakes.map((intake) => {
    const deal = intake && deals.get(intake.queueEntry.sequence);
    return deal === undefined ? "overtaken" : { deal };
  });
}

/** `undefined` while the rules of the assignment have other members than the plan. */
async function readInput({ store }: SalesContext, planId: PlanId, leads: readonly DirectLead[]) {
  const [first, ...others] = leads;
  if (others.length === 0 && first?.input !== undefined && hasMembers(first.input)) return first.input;
  const input = await store.directAssignment.read(planId, first?.plan.members.map(({ userId }) => userId) ?? []);
  return input && hasMembers(input) ? input : undefined;
}

/** The load of each member who may get the lead was read. */
const hasMembers = ({ lease, loads }: DirectInput): boolean =>
  lease.assignmentState.rules.members.every(({ userId }) => loads.has(userId));

/** Nobody assigns, and nobody waits: neither in the queue nor for a manager. */
const isFree = ({ effects }: SalesContext, { lease, lastReserved }: DirectInput): boolean =>
  lease.leaseUntil <= effects.clock() && lastReserved === lease.assignmentState.lastSequence && !lease.hasUnassigned;

/** The leads with sequence numbers after `last`, without those that share a contact or a key with an earlier one. */
function apart(leads: readonly DirectLead[], last: number): (LeadIntakeWrite | undefined)[] {
  const places = new Set<string>();
  let sequence = last + 1;
  return leads.map((lead) => {
    const intake = lead.intakeOf(sequence);
    const own = placesOf(intake);
    if (own.some((place) => places.has(place))) return undefined;
    for (const place of own) places.add(place);
    sequence += 1;
    return intake;
  });
}

function placesOf({ queueEntry, newIdentities, idempotencyRecord }: LeadIntakeWrite): string[] {
  const places = [`contact ${queueEntry.deal.personId}`];
  for (const { kind, value } of newIdentities) places.push(`${kind} ${value}`);
  if (idempotencyRecord !== undefined) places.push(`key ${idempotencyRecord.key.scope}\n${idempotencyRecord.key.key}`);
  return places;
}

async function assigned(context: SalesContext, input: DirectInput, intakes: readonly LeadIntakeWrite[]) {
  const { store, effects, tenant } = context;
  const { plan, lease, users, loads } = input;
  const { distribution } = lease.assignmentState.rules;
  const [evidence, elsewhere] = await Promise.all([
    evidenceOfLeads(
      context,
      lease,
      intakes.map(({ queueEntry }) => queueEntry),
    ),
    countsAllPlans(distribution) ? loadsElsewhere(store, plan) : undefined,
  ]);
  const evidenceByDeal = new Map(evidence);
  const entries = intakes.map(({ queueEntry: { sequence, deal, chosen } }) => ({
    kind: "lead" as const,
    sequence,
    lead: batchLeadOf(deal, evidenceByDeal, chosen),
  }));
  const view = { now: toInstant(effects.clock()), tenantZone: tenant.timeZone, users, loads, elsewhere };
  return { ...assignBatch(lease.assignmentState, [], entries, view, entries.length), at: view.now };
}

/** The deals by sequence number. */
async function saved(
  { store }: SalesContext,
  { plan, lease }: DirectInput,
  intakes: readonly LeadIntakeWrite[],
  { assignmentState, outcomes, at }: Awaited<ReturnType<typeof assigned>>,
): Promise<ReadonlyMap<number, Deal> | "queue" | "overtaken"> {
  const added = outcomes.flatMap((outcome, i) => {
    const intake = intakes[i];
    if (intake === undefined) return [];
    const { queueEntry } = intake;
    return [
      { intake: { ...intake, queueEntry: { ...queueEntry, deal: inStatusNow(queueEntry.deal, plan) } }, outcome },
    ];
  });
  const hasUnassigned = outcomes.some(({ lead, assignment }) => lead.isOpen && isAwaitingAssignment(assignment));
  const outcome = await store.directAssignment.commit({ lease, assignmentState, hasUnassigned, added, at });
  if (outcome !== "saved") return outcome === "busy" ? "queue" : "overtaken";
  return new Map(
    added.map(({ intake: { queueEntry }, outcome: { assignment } }) => [
      queueEntry.sequence,
      addedDeal(queueEntry, assignment, at),
    ]),
  );
}
