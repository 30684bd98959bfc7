import type { Evidence } from "@regulars/core/assignment/assignment";
import type { Deal } from "@regulars/core/deals/deal";
import type { Plan } from "@regulars/core/sales-plans/sales-plan";
import type { Lease } from "@regulars/core/leads/assignment-store";
import type { StoredTicket } from "@regulars/core/leads/queued-lead";
import { workDesk } from "@regulars/core/assignment/assign-batch";
import { isOpenDeal } from "@regulars/core/deals/deal";
import { toInstant } from "@regulars/core/platform/values";
import type { PlanContext } from "../sales-context.ts";
import { workOfPlan } from "./workload.ts";

const TRAY_PAGE = 20;
/** Leads of one commit at most: a deal and a row of its log each; beside them a count a manager and a mark a page. */
export const MOST_LEADS = 30;

/** What whoever holds a plan's desk sees there: the next tickets, the tray, and all that the rule asks about them. */
export interface DeskSeen {
  readonly lease: Lease;
  readonly plan: Plan;
  /** Tickets that can be dealt with now: no gap before them. */
  readonly ready: readonly StoredTicket[];
  /** Tickets that are missing before the next one that is there. */
  readonly gap: readonly number[];
  /** No tickets are left beyond these. */
  readonly isAll: boolean;
  readonly tray: readonly Deal[];
  /** Nothing at all lies there, also nothing that is no longer offered. */
  readonly isTrayEmpty: boolean;
  /** The tray goes on behind this page. */
  readonly isTrayLeft: boolean;
  readonly lastOfTray: number;
  readonly view: Parameters<typeof workDesk>[3];
  readonly evidence: ReadonlyMap<string, readonly Evidence[]>;
}

export async function lookAtDesk(context: PlanContext, lease: Lease, trayAfter: number): Promise<DeskSeen> {
  const { tenant, store, world } = context;
  const { planId, desk } = lease;
  const [plan, tickets, page, users] = await Promise.all([
    store.plan(planId),
    store.ticketsAfter(planId, desk.done, MOST_LEADS),
    lease.hasTray ? store.tray(planId, TRAY_PAGE, trayAfter) : [],
    store.users(desk.rules.members.map(({ userId }) => userId)),
  ]);
  if (plan === undefined) throw new Error(`plan ${planId} has a desk and is not there`);
  const ready = inARow(tickets, desk.done);
  const [load, deals, evidence] = await Promise.all([
    workOfPlan(store, plan, [desk.rules.distribution]),
    store.deals(page.map(({ dealId }) => dealId)),
    evidenceOf(context, lease, ready),
  ]);
  const tray = page
    .map(({ dealId }) => deals.get(dealId))
    .filter((deal) => deal !== undefined)
    .filter((deal) => deal.managerId === undefined && isOpenDeal(deal));
  const next = tickets[ready.length];
  const isTrayLeft = page.length === TRAY_PAGE;
  const first = desk.done + ready.length + 1;
  return {
    lease,
    plan,
    // What lies in the tray is older: tickets wait until all of it was offered.
    ready: isTrayLeft ? [] : ready,
    gap: next === undefined ? [] : Array.from({ length: next.ticket - first }, (_, i) => first + i),
    isAll: tickets.length < MOST_LEADS && next === undefined && !isTrayLeft,
    tray,
    isTrayEmpty: lease.hasTray && trayAfter === 0 && page.length === 0,
    isTrayLeft,
    lastOfTray: page.at(-1)?.ticket ?? 0,
    view: { now: toInstant(world.clock()), tenantZone: tenant.timeZone, users, ...load },
    evidence: new Map([...evidence, ...(await evidenceOfDeals(context, lease, tray))]),
  };
}

/** The tickets that follow each other without a gap. */
function inARow(tickets: readonly StoredTicket[], done: number): StoredTicket[] {
  const broken = tickets.findIndex(({ ticket }, i) => ticket !== done + 1 + i);
  return broken === -1 ? [...tickets] : tickets.slice(0, broken);
}

async function evidenceOf(context: PlanContext, lease: Lease, tickets: readonly StoredTicket[]) {
  const known = tickets
    .filter((ticket) => ticket.kind === "lead")
    .filter(({ isNewPerson, chosen }) => !isNewPerson && chosen === undefined);
  return evidenceOfDeals(
    context,
    lease,
    known.map(({ deal }) => deal),
  );
}

/** Whom the deals' persons know, by deal; nothing where the rule does not ask. */
async function evidenceOfDeals({ store }: PlanContext, { desk }: Lease, deals: readonly Deal[]) {
  const { distribution } = desk.rules;
  if (distribution.mode === "manual" || distribution.affinity === "random") return [];
  return Promise.all(deals.map(async ({ dealId, personId }) => [dealId, await store.evidenceOf(personId)] as const));
}
