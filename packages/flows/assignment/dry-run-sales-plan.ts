import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import type { Assignment } from "@regulars/core/assignment/assignment";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type ImaginedLead, dryRun } from "@regulars/core/assignment/dry-run";
import type { PlanId } from "@regulars/core/platform/ids";
import { type ContactDetails, identitiesOf } from "@regulars/core/contacts/identity";
import {
  type SalesPlan,
  type SalesPlanChange,
  changedSalesPlan,
  changesRules,
  rulesOf,
  unknownPlan,
} from "@regulars/core/sales-plans/sales-plan";
import type { QueueEntry } from "@regulars/core/leads/queued-lead";
import { isOpenDeal } from "@regulars/core/deals/deal";
import type { BatchEntry } from "@regulars/core/assignment/assign-batch";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { checkMembers } from "../sales-plans/check-members.ts";
import type { SalesContext } from "../sales-context.ts";
import { workloadOf } from "./workload.ts";

const MOST_WAITING = 1_000;

interface DryRunInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  /** Imagined leads: of known persons or of new ones. */
  readonly leads: readonly { readonly person?: ContactDetails | undefined; readonly chosen?: ImaginedLead["chosen"] }[];
  /** Changes that are not saved yet. */
  readonly change?: SalesPlanChange | undefined;
}

/** Computes the next assignments of a plan without saving: the same function on the same assignment state (BX13). */
export async function dryRunSalesPlan(
  input: DryRunInput,
): Promise<
  | Result<readonly Assignment[]>
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly errors?: readonly ItemError[] }
> {
  const { context, planId, change } = input;
  const { store, effects, tenant } = context;
  const [plan, lease] = await Promise.all([store.salesPlans.plan(planId), store.assignment.assignmentStateOf(planId)]);
  if (plan === undefined || lease === undefined) return unknownPlan(planId);
  const changed = change === undefined ? ok(plan) : changedSalesPlan(plan, change);
  if (!changed.ok) return changed;
  const members = await checkMembers(store.salesPlans, changed.value.members);
  if (!members.ok) return members;
  const { assignmentState } = lease;
  const [waiting, unassigned] = await Promise.all([
    store.assignment.queuedAfter(planId, assignmentState.lastSequence, MOST_WAITING),
    lease.hasUnassigned ? store.assignment.unassigned(planId, MOST_WAITING) : [],
  ]);
  const rules = [assignmentState.rules, changed.value, ...rulesIn(waiting)];
  const work = await workloadOf(
    store,
    plan,
    rules.map(({ distribution }) => distribution),
  );
  const deals = [...(await store.deals.deals(unassigned.map(({ dealId }) => dealId))).values()].toSorted(bySequence);
  const unassignedLeads = await Promise.all(deals.filter(isOpenDeal).map((deal) => leadOf(context, deal)));
  const entries = await batchEntriesOf(context, assignmentState.lastSequence, waiting, plan, changed.value);
  const users = await store.salesPlans.users(rules.flatMap(({ members: all }) => all.map(({ userId }) => userId)));
  const view = { now: toInstant(effects.clock()), tenantZone: tenant.timeZone, users, ...work };
  const leads = await Promise.all(input.leads.map((lead) => imagined(context, planId, lead)));
  return ok(dryRun({ assignmentState, unassigned: unassignedLeads, entries }, leads, view));
}

const bySequence = (
  a: { readonly sequence?: number | undefined },
  b: { readonly sequence?: number | undefined },
): number => (a.sequence ?? 0) - (b.sequence ?? 0);

const rulesIn = (waiting: readonly QueueEntry[]) =>
  waiting.flatMap((queueEntry) => (queueEntry.kind === "rules" ? [queueEntry.rules] : []));

async function leadOf({ store }: SalesContext, deal: Parameters<typeof isOpenDeal>[0]) {
  const { dealId, personId } = deal;
  return { dealId, personId, evidence: await store.contacts.evidenceOf(personId), isOpen: isOpenDeal(deal) };
}

/** The queued leads, followed by the imagined change. */
async function batchEntriesOf(
  context: SalesContext,
  lastSequence: number,
  waiting: readonly QueueEntry[],
  plan: SalesPlan,
  changed: SalesPlan,
): Promise<BatchEntry[]> {
  const entries = await Promise.all(
    waiting.map(async (queueEntry): Promise<BatchEntry> => {
      if (queueEntry.kind !== "lead") return queueEntry;
      const lead = await leadOf(context, queueEntry.deal);
      return { kind: "lead", sequence: queueEntry.sequence, lead: { ...lead, chosen: queueEntry.chosen } };
    }),
  );
  if (!changesRules(plan, changed)) return entries;
  return [
    ...entries,
    { kind: "rules", sequence: (entries.at(-1)?.sequence ?? lastSequence) + 1, rules: rulesOf(changed) },
  ];
}

async function imagined(
  { store, effects, tenant }: SalesContext,
  planId: PlanId,
  { person, chosen }: DryRunInput["leads"][number],
): Promise<ImaginedLead> {
  if (person === undefined) return { chosen };
  const phone = person.phone === undefined ? undefined : await effects.readPhone(person.phone, phoneCountryOf(tenant));
  const { found } = await store.leads.findMany(planId, [{ identities: identitiesOf(person, phone) }]);
  const personId = found[0]?.owners.find((owner) => owner !== undefined);
  return { chosen, evidence: personId === undefined ? [] : await store.contacts.evidenceOf(personId) };
}
