import type { User } from "@regulars/core/access/user";
import type { Evidence } from "@regulars/core/assignment/assignment";
import { type Desk, newDesk } from "@regulars/core/assignment/assignment-state";
import { draftDeal } from "@regulars/core/leads/draft-deal";
import { leadPersonIdSchema } from "@regulars/core/platform/ids";
import type { DeskCommit, Lease } from "@regulars/core/leads/assignment-store";
import type { LeadTicket, StoredTicket } from "@regulars/core/leads/queued-lead";
import { type Ticket, type TicketLead, staysInTray, workDesk } from "@regulars/core/assignment/assign-batch";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { assignWaiting, LEASE_MS } from "@regulars/flows/assignment/assign-waiting";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  PLAN_NOW,
  type SalesPlanFixture,
  aSalesPlan,
  inParallel,
  spreadOf,
} from "../../../test/fixtures/sales-plan.ts";

const MEMBERS = ["A", "B", "C"];

/** A plan whose leads wait: taken in, and not yet given out. */
async function aWaitingPlan(story: SalesPlanFixture, count: number) {
  const plan = await story.plan("related>even", MEMBERS);
  const { plans } = story.bench.store;
  const first = await plans.takeTickets(plan.planId, count);
  const status = plan.statuses[0]?.statusId;
  if (status === undefined) throw new Error("the plan has no status");
  const tickets = Array.from({ length: count }, (_, i): LeadTicket => {
    const personId = leadPersonIdSchema.parse(`per_${i}`);
    const terms = { title: "x", amountMinor: plan.averageMinor, currency: plan.currency, statusId: status };
    const deal = draftDeal(plan, terms, { ticket: first + i, personId, now: toInstant(PLAN_NOW), isExtra: false });
    return { kind: "lead", ticket: first + i, deal, isNewPerson: true, actorId: "key:k1", requestId: `r${i}` };
  });
  const saved = await plans.saveIntakes(tickets.map((ticket) => ({ ticket, newIdentities: [] })));
  expect(new Set(saved)).toEqual(new Set(["saved"]));
  return { plan, tickets };
}

/** What a holder of a lease would commit of these tickets. */
async function commitOf(story: SalesPlanFixture, lease: Lease, tickets: readonly LeadTicket[]): Promise<DeskCommit> {
  const users = await story.bench.store.plans.users(lease.desk.rules.members.map(({ userId }) => userId));
  const leads = tickets.map((ticket) => ({
    kind: "lead" as const,
    ticket: ticket.ticket,
    lead: { dealId: ticket.deal.dealId, personId: ticket.deal.personId, evidence: [], isOpen: true },
  }));
  const view = { now: toInstant(PLAN_NOW), tenantZone: "UTC", users, loads: new Map() };
  const worked = workDesk(lease.desk, [], leads, view, 30);
  const added = worked.outcomes.map((outcome, i) => {
    const ticket = tickets[i];
    if (ticket === undefined) throw new Error("an outcome has no ticket");
    return { ticket, outcome };
  });
  return { lease, desk: worked.desk, hasTray: false, leaseUntil: 0, added, handedOut: [], at: toInstant(PLAN_NOW) };
}

it("BX12 scenario 12: a holder who died is waited for until the lease ends; the revived one's commit is refused", async () => {
  const story = aSalesPlan();
  const { plan, tickets } = await aWaitingPlan(story, 30);
  const { plans } = story.bench.store;
  const zombie = await plans.takeLease(plan.planId, story.nowMs, story.nowMs + LEASE_MS);
  if (zombie === undefined) throw new Error("nobody holds the lease, and it was not to be had");
  const late = await commitOf(story, zombie, tickets.slice(0, 3));
  const heir = story.another();
  heir.nowMs = story.nowMs + LEASE_MS - 1;
  expect(await assignWaiting(heir.context, plan.planId)).toBe("busy");
  heir.nowMs = story.nowMs + LEASE_MS;
  expect(await assignWaiting(heir.context, plan.planId)).toBe("done");
  const managers = await story.managersInOrder(plan);
  expect(managers).toHaveLength(30);
  expect(spreadOf(managers, MEMBERS)).toBe(1);
  expect(await plans.commit(late)).toBe("lost");
  expect(await story.managersInOrder(plan)).toEqual(managers);
});

it("a lease is one holder's at a time, and each has a fence of its own", async () => {
  const story = aSalesPlan();
  const plan = await story.plan("related>even", MEMBERS);
  const { plans } = story.bench.store;
  const leases = await Promise.all(
    Array.from({ length: 10 }, () => plans.takeLease(plan.planId, story.nowMs, story.nowMs + LEASE_MS)),
  );
  const [held, ...others] = leases.filter((lease) => lease !== undefined);
  expect(others).toEqual([]);
  if (held !== undefined) await plans.releaseLease(held);
  const next = await plans.takeLease(plan.planId, story.nowMs, story.nowMs + LEASE_MS);
  expect(next?.fence).toBe((held?.fence ?? 0) + 1);
});

it("a ticket whose taker died is given up after a moment, and its taker, revived, takes a new one", async () => {
  const story = aSalesPlan({}, { elapsed: () => performance.now() * 20 });
  const plan = await story.plan("related>even", MEMBERS);
  const { plans } = story.bench.store;
  const lost = await plans.takeTickets(plan.planId, 1);
  const added = await story.add(plan);
  expect(added.deal?.managerId).toBe("A");
  expect(await plans.ticket(plan.planId, lost)).toMatchObject({ kind: "void" });
  expect(await story.managersInOrder(plan)).toEqual(["A"]);
});

/** What happens at a plan: leads, and changes that take tickets like them. */
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("add" as const), person: fc.integer({ min: 0, max: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("change" as const),
      rule: fc.constantFrom("related>even", "related>least", "random>even", "random>least", "manual"),
      members: fc.uniqueArray(
        fc.record({
          userId: fc.constantFrom(...MEMBERS, "D"),
          isPaused: fc.boolean(),
          weight: fc.integer({ min: 1, max: 3 }),
        }),
        { selector: ({ userId }) => userId, maxLength: 4 },
      ),
    }),
  },
);

it("SP16 whatever happens at once through three processes is as if one by one: adds, pauses, joins, leaves, changes of mode", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (happenings) => {
      const story = aSalesPlan({}, { random: () => 0.5 });
      const plan = await story.plan("related>even", [...MEMBERS, "D"]);
      const processes = [story, story.another(), story.another()];
      await inParallel(happenings.length, 10, async (i) => {
        const [one, process] = [happenings[i], processes[i % 3]];
        if (one === undefined || process === undefined) return;
        const { rule = "", members = [] } = one.kind === "change" ? one : {};
        if (one.kind === "add")
          await process.add(plan, { person: { externalId: `x${one.person}` }, onDuplicate: "create", eventId: `${i}` });
        else await process.change(plan, { distribution: distributionOf(rule), members });
      });
      const { plans } = story.bench.store;
      await assignWaiting(story.context, plan.planId);
      const tickets = await plans.ticketsAfter(plan.planId, 0, 1_000);
      const serial = playSerially(
        tickets,
        newDesk({ distribution: plan.distribution, members: plan.members }, 2 ** 31),
        await plans.users(plan.members.map(({ userId }) => userId)),
      );
      const deals = await story.dealsInOrder(plan);
      expect(deals.map(({ dealId, managerId = "-" }) => `${dealId} ${managerId}`)).toEqual(serial.ways);
      expect((await plans.deskOf(plan.planId))?.desk).toEqual(serial.desk);
    }),
    { numRuns: 15 },
  );
});

function distributionOf(rule: string) {
  const [affinity, balance] = rule.split(">");
  return balance === undefined ? { mode: "manual" } : { mode: "uniform", affinity, balance };
}

/** The same tickets one by one, by the pure rule alone: each run is given one ticket, and what lies in the tray. */
function playSerially(tickets: readonly StoredTicket[], start: Desk, users: ReadonlyMap<UserId, User>) {
  const loads = new Map<UserId, number>();
  const known = new Map<string, Map<number, UserId>>();
  const managers = new Map<string, string>();
  let tray: TicketLead[] = [];
  let desk = start;
  /** Managers of the person's open deals, the newest deal first. */
  const evidenceOf = (personId: string): Evidence[] =>
    [...(known.get(personId) ?? [])].toSorted(([a], [b]) => b - a).map(([, userId]) => ({ kind: "open-deal", userId }));
  const asKnown = (lead: TicketLead): TicketLead => ({ ...lead, evidence: evidenceOf(lead.personId) });
  const asTicket = (stored: StoredTicket): Ticket =>
    stored.kind === "lead"
      ? { kind: "lead", ticket: stored.ticket, lead: asKnown({ ...stored.deal, evidence: [], isOpen: true }) }
      : stored;
  for (let isBusy = true; isBusy || desk.done < tickets.length;) {
    const view = { now: toInstant(PLAN_NOW), tenantZone: "UTC", users, loads };
    const worked = workDesk(desk, tray.map(asKnown), tickets.slice(desk.done, desk.done + 1).map(asTicket), view, 1);
    isBusy = worked.hasMore || worked.handedOut.length > 0;
    desk = worked.desk;
    for (const { lead, assignment } of [...worked.handedOut, ...worked.outcomes]) {
      tray = tray.filter(({ dealId }) => dealId !== lead.dealId);
      if (staysInTray(assignment)) tray.push(lead);
      managers.set(lead.dealId, assignment.managerId ?? "-");
      if (assignment.managerId === undefined) continue;
      loads.set(assignment.managerId, (loads.get(assignment.managerId) ?? 0) + 1);
      const ticket = Number(lead.dealId.split("_").at(-1));
      known.set(lead.personId, (known.get(lead.personId) ?? new Map()).set(ticket, assignment.managerId));
    }
  }
  return { desk, ways: [...managers].map(([dealId, managerId]) => `${dealId} ${managerId}`) };
}
