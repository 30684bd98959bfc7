import { type Deal, addedDeal } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import type { Plan } from "@regulars/core/sales-plans/sales-plan";
import type { DeskCommit, Lease } from "@regulars/core/leads/assignment-store";
import type { LeadTicket } from "@regulars/core/leads/queued-lead";
import { statusNow } from "@regulars/core/sales-plans/status";
import {
  type Ticket,
  type TicketLead,
  type Worked,
  staysInTray,
  workDesk,
} from "@regulars/core/assignment/assign-batch";
import { isOpenDeal } from "@regulars/core/deals/deal";
import type { PlanContext } from "../sales-context.ts";
import { type DeskSeen, MOST_LEADS, lookAtDesk } from "./read-state.ts";
import { GapWatch, waitForGap } from "./wait-for-gap.ts";

/** How long a lease stands without a commit: whoever holds it and dies is waited for no longer. */
export const LEASE_MS = 5_000;
/** Fewer leads of one commit when each is three writes, for the tray, or five, when it comes in closed. */
const MOST_WITH_TRAY = 18;
const MOST_WITH_CLOSED = 15;
const FREE = 0;
/** Commits that others' changes may overtake one after the other: more of them are no accident. */
const MOST_STALE = 50;

/** `busy`: somebody else is at the desk. `lost`: it took longer than the lease, and somebody else went on. */
export type DeskRun = "done" | "busy" | "lost";

/** Goes to a plan's desk and gives out what waits there, the tray looked at in any case, one visit of this process at a time. */
export function assignWaiting(
  context: PlanContext,
  planId: PlanId,
  isEnough: () => boolean = () => false,
): Promise<DeskRun> {
  const room = context.rooms.roomOf(context.tenant.tenantId, planId);
  return room.goToDesk(() => runDesk(context, planId, isEnough, true));
}

/**
 * Gives out what waits at a plan's desk, in ticket order, as whoever holds its lease; all of it, or until it is enough.
 * Nothing is given out twice and nothing out of order, whoever else tries and whoever dies: every commit carries the
 * lease's fence (sales-plans.md 8).
 */
export async function runDesk(
  context: PlanContext,
  planId: PlanId,
  isEnough: () => boolean,
  looksAtTray = false,
): Promise<DeskRun> {
  const { store, world } = context;
  const now = world.clock();
  const taken = await store.takeLease(planId, now, now + LEASE_MS);
  if (taken === undefined) return "busy";
  // A lead comes back into the tray when its deal is opened again, and the desk does not know.
  let lease = looksAtTray ? { ...taken, hasTray: true } : taken;
  const gaps = new GapWatch(world.elapsed);
  let trayAfter = 0;
  let stale = 0;
  for (;;) {
    const seen = await lookAtDesk(context, lease, trayAfter);
    if (seen.gap.length > 0 && seen.ready.length === 0 && !seen.isTrayLeft && !isEnough()) {
      await waitForGap(context, planId, seen.gap, gaps);
      continue;
    }
    const worked = work(seen);
    const isLast = (!worked.hasMore && seen.isAll) || isEnough();
    if (!isChanged(lease, worked)) {
      trayAfter = nextTrayPage(seen, worked);
      if (trayAfter > 0) continue;
      await store.releaseLease(seen.isTrayEmpty ? { ...lease, hasTray: false } : lease);
      return "done";
    }
    const commit = commitOf(context, lease, seen, worked, isLast);
    const outcome = await store.commit(commit);
    if (outcome === "lost") return "lost";
    if (outcome === "stale") {
      stale += 1;
      if (stale < MOST_STALE) continue;
      throw new Error(`the desk of plan ${planId} cannot write what it gives out: its deals are others' each time`);
    }
    stale = 0;
    tellRoom(context, commit);
    if (isLast) return "done";
    lease = { ...lease, desk: worked.desk, hasTray: commit.hasTray };
    trayAfter = 0;
  }
}

/** Whoever waits for these deals in this process need not look for them. */
function tellRoom({ rooms, tenant }: PlanContext, { lease, added, at }: DeskCommit): void {
  const room = rooms.roomOf(tenant.tenantId, lease.planId);
  for (const { ticket, outcome } of added) room.tell(addedDeal(ticket, outcome.assignment, at));
}

function work({ lease, ready, tray, view, evidence }: DeskSeen): Worked {
  const leadOf = (deal: Deal, chosen?: LeadTicket["chosen"]): TicketLead => ({
    dealId: deal.dealId,
    personId: deal.personId,
    chosen,
    evidence: evidence.get(deal.dealId) ?? [],
    isOpen: isOpenDeal(deal),
  });
  const tickets = ready.map((ticket): Ticket =>
    ticket.kind === "lead" ? { kind: "lead", ticket: ticket.ticket, lead: leadOf(ticket.deal, ticket.chosen) } : ticket,
  );
  const hasClosed = ready.some((ticket) => ticket.kind === "lead" && !isOpenDeal(ticket.deal));
  const most = hasClosed ? MOST_WITH_CLOSED : tray.length > 0 ? MOST_WITH_TRAY : MOST_LEADS;
  return workDesk(
    lease.desk,
    tray.map((deal) => leadOf(deal)),
    tickets,
    view,
    most,
  );
}

const isChanged = ({ desk }: Lease, worked: Worked): boolean =>
  worked.desk.done !== desk.done || worked.handedOut.length > 0;

/** Where the tray is to be looked at next when nothing of this page found anybody; 0 for nowhere. */
const nextTrayPage = ({ isTrayLeft, lastOfTray }: DeskSeen, { isNobodyThere }: Worked): number =>
  isTrayLeft && !isNobodyThere ? lastOfTray : 0;

function commitOf(
  { world }: PlanContext,
  lease: Lease,
  { plan, ready, tray, isTrayLeft, view }: DeskSeen,
  worked: Worked,
  isLast: boolean,
): DeskCommit {
  const tickets = new Map(
    ready.flatMap((ticket) => (ticket.kind === "lead" ? [[ticket.deal.dealId, ticket] as const] : [])),
  );
  const trayDeals = new Map(tray.map((deal) => [deal.dealId, deal]));
  const added = worked.outcomes.map((outcome) => {
    const ticket = tickets.get(outcome.lead.dealId);
    if (ticket === undefined)
      throw new Error(`deal ${outcome.lead.dealId} has no ticket at the desk of ${plan.planId}`);
    return { ticket: { ...ticket, deal: inStatusNow(ticket.deal, plan) }, outcome };
  });
  const handedOut = worked.handedOut.map((outcome) => {
    const deal = trayDeals.get(outcome.lead.dealId);
    if (deal === undefined) throw new Error(`deal ${outcome.lead.dealId} is not in the tray of ${plan.planId}`);
    return { ...outcome, deal };
  });
  const leftInTray = tray.length - handedOut.length > 0 || isTrayLeft;
  return {
    lease,
    desk: worked.desk,
    hasTray: leftInTray || added.some(({ outcome }) => outcome.lead.isOpen && staysInTray(outcome.assignment)),
    leaseUntil: isLast ? FREE : world.clock() + LEASE_MS,
    added,
    handedOut,
    at: view.now,
  };
}

/** A status may have been deleted since the lead was taken in. */
function inStatusNow(deal: Deal, plan: Plan): Deal {
  const status = statusNow(plan, deal.statusId);
  if (status === undefined) throw new Error(`plan ${plan.planId} never had the status ${deal.statusId}`);
  return status.statusId === deal.statusId ? deal : { ...deal, statusId: status.statusId };
}
