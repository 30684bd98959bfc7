import type { Assignment } from "@regulars/core/assignment/assignment";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type ImaginedLead, dryRun } from "@regulars/core/assignment/dry-run";
import type { PlanId } from "@regulars/core/platform/ids";
import { type LeadContact, identitiesOf } from "@regulars/core/contacts/identity";
import {
  type Plan,
  type PlanChange,
  changedPlan,
  changesRules,
  rulesOf,
  unknownPlan,
} from "@regulars/core/sales-plans/sales-plan";
import type { StoredTicket } from "@regulars/core/leads/queued-lead";
import { isOpenDeal } from "@regulars/core/deals/deal";
import type { Ticket } from "@regulars/core/assignment/assign-batch";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { checkMembers } from "../sales-plans/check-members.ts";
import type { PlanContext } from "../sales-context.ts";
import { workOfPlan } from "./workload.ts";

const MOST_WAITING = 1_000;

interface DryRunInput {
  readonly context: PlanContext;
  readonly planId: PlanId;
  /** Leads to come: known persons, or somebody new. */
  readonly leads: readonly { readonly person?: LeadContact | undefined; readonly chosen?: ImaginedLead["chosen"] }[];
  /** Changes that are not saved yet. */
  readonly change?: PlanChange | undefined;
}

/** What the next assignments of a plan would be, before anything is saved: the same function on the same desk (BX13). */
export async function dryRunPlan(
  input: DryRunInput,
): Promise<
  | Result<readonly Assignment[]>
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly errors?: readonly ItemError[] }
> {
  const { context, planId, change } = input;
  const { store, world, tenant } = context;
  const [plan, lease] = await Promise.all([store.plan(planId), store.deskOf(planId)]);
  if (plan === undefined || lease === undefined) return unknownPlan(planId);
  const changed = change === undefined ? ok(plan) : changedPlan(plan, change);
  if (!changed.ok) return changed;
  const members = await checkMembers(store, changed.value.members);
  if (!members.ok) return members;
  const { desk } = lease;
  const [waiting, tray] = await Promise.all([
    store.ticketsAfter(planId, desk.done, MOST_WAITING),
    lease.hasTray ? store.tray(planId, MOST_WAITING) : [],
  ]);
  const rules = [desk.rules, changed.value, ...rulesIn(waiting)];
  const work = await workOfPlan(
    store,
    plan,
    rules.map(({ distribution }) => distribution),
  );
  const deals = [...(await store.deals(tray.map(({ dealId }) => dealId))).values()].toSorted(byTicket);
  const trayLeads = await Promise.all(deals.filter(isOpenDeal).map((deal) => leadOf(context, deal)));
  const tickets = await ticketsOf(context, desk.done, waiting, plan, changed.value);
  const users = await store.users(rules.flatMap(({ members: all }) => all.map(({ userId }) => userId)));
  const view = { now: toInstant(world.clock()), tenantZone: tenant.timeZone, users, ...work };
  const leads = await Promise.all(input.leads.map((lead) => imagined(context, planId, lead)));
  return ok(dryRun({ desk, tray: trayLeads, tickets }, leads, view));
}

const byTicket = (a: { readonly ticket?: number | undefined }, b: { readonly ticket?: number | undefined }): number =>
  (a.ticket ?? 0) - (b.ticket ?? 0);

const rulesIn = (waiting: readonly StoredTicket[]) =>
  waiting.flatMap((ticket) => (ticket.kind === "rules" ? [ticket.rules] : []));

async function leadOf({ store }: PlanContext, deal: Parameters<typeof isOpenDeal>[0]) {
  const { dealId, personId } = deal;
  return { dealId, personId, evidence: await store.evidenceOf(personId), isOpen: isOpenDeal(deal) };
}

/** What waits, and after it the change that is only imagined. */
async function ticketsOf(
  context: PlanContext,
  done: number,
  waiting: readonly StoredTicket[],
  plan: Plan,
  changed: Plan,
): Promise<Ticket[]> {
  const tickets = await Promise.all(
    waiting.map(async (ticket): Promise<Ticket> => {
      if (ticket.kind !== "lead") return ticket;
      const lead = await leadOf(context, ticket.deal);
      return { kind: "lead", ticket: ticket.ticket, lead: { ...lead, chosen: ticket.chosen } };
    }),
  );
  if (!changesRules(plan, changed)) return tickets;
  return [...tickets, { kind: "rules", ticket: (tickets.at(-1)?.ticket ?? done) + 1, rules: rulesOf(changed) }];
}

async function imagined(
  { store, world, tenant }: PlanContext,
  planId: PlanId,
  { person, chosen }: DryRunInput["leads"][number],
): Promise<ImaginedLead> {
  if (person === undefined) return { chosen };
  const phone = person.phone === undefined ? undefined : world.readPhone(person.phone, tenant.phoneCountry);
  const { found } = await store.lookUp(planId, [{ identities: identitiesOf(person, phone) }]);
  const personId = found[0]?.owners.find((owner) => owner !== undefined);
  return { chosen, evidence: personId === undefined ? [] : await store.evidenceOf(personId) };
}
