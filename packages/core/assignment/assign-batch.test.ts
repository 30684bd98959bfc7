import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { User } from "../access/user.ts";
import { type UserId, toInstant, userIdSchema } from "../platform/values.ts";
import { type Desk, newDesk } from "./assignment-state.ts";
import { dryRun } from "./dry-run.ts";
import { dealIdSchema, leadPersonIdSchema } from "../platform/ids.ts";
import { someRules } from "./testing.ts";
import { type DeskView, type Outcome, type Ticket, type TicketLead, staysInTray, workDesk } from "./assign-batch.ts";

const names = ["A", "B", "C", "D"] as const;
const rulesNames = ["random>even", "random>least", "related>even", "related>least", "manual"] as const;
const users = new Map<UserId, User>(
  names.map((name) => [userIdSchema.parse(name), { userId: userIdSchema.parse(name), name, role: "rep" }]),
);

const member = fc.record({
  userId: fc.constantFrom(...names),
  weight: fc.integer({ min: 1, max: 3 }),
  isPaused: fc.boolean(),
  cap: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
});
const rules = fc
  .tuple(fc.constantFrom(...rulesNames), fc.uniqueArray(member, { selector: ({ userId }) => userId, maxLength: 4 }))
  .map(([rule, members]) => someRules(rule, members));

/** A ticket: mostly leads, of a few persons, some of whom know somebody. */
const told = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      person: fc.integer({ min: 0, max: 9 }),
      owner: fc.option(fc.constantFrom(...names), { nil: undefined }),
      isOpen: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: rules },
  { weight: 1, arbitrary: fc.constant("void" as const) },
);

function ticketsOf(stories: readonly (typeof told extends fc.Arbitrary<infer T> ? T : never)[]): Ticket[] {
  return stories.map((story, i): Ticket => {
    const ticket = i + 1;
    if (story === "void") return { ticket, kind: "void" };
    if ("distribution" in story) return { ticket, kind: "rules", rules: story };
    const { person, owner, isOpen } = story;
    const lead: TicketLead = {
      dealId: dealIdSchema.parse(`d${ticket}`),
      personId: leadPersonIdSchema.parse(`p${person}`),
      evidence: owner === undefined ? [] : [{ kind: "closed-deal", userId: userIdSchema.parse(owner) }],
      isOpen,
    };
    return { ticket, kind: "lead", lead };
  });
}

/** Works through all tickets, so many at a time; each lead's way as words, and the desk at the end. */
function workAll(start: Desk, tickets: readonly Ticket[], sizes: readonly number[]) {
  const view: Omit<DeskView, "loads"> = { now: toInstant(0), tenantZone: "UTC", users };
  const loads = new Map<UserId, number>();
  const tray: TicketLead[] = [];
  const known = new Map<string, Map<number, UserId>>();
  const ways = new Map<string, string>();
  const order: string[] = [];
  let desk = start;
  const note = ({ lead, assignment }: Outcome): void => {
    const { managerId, reason, why } = assignment;
    ways.set(lead.dealId, `${ways.get(lead.dealId) ?? ""} ${managerId ?? reason} (${why})`);
    order.push(`${lead.dealId} ${managerId ?? reason}`);
    const at = tray.findIndex(({ dealId }) => dealId === lead.dealId);
    if (at !== -1) tray.splice(at, 1);
    if (staysInTray(assignment)) tray.push(lead);
    if (managerId === undefined) return;
    if (lead.isOpen) {
      loads.set(managerId, (loads.get(managerId) ?? 0) + 1);
      known.set(lead.personId, (known.get(lead.personId) ?? new Map()).set(Number(lead.dealId.slice(1)), managerId));
    }
  };
  /** Managers of the person's open deals, the newest deal first. */
  const asKnown = (lead: TicketLead): TicketLead => {
    const open = [...(known.get(lead.personId) ?? [])].toSorted(([a], [b]) => b - a);
    return {
      ...lead,
      evidence: [...open.map(([, userId]) => ({ kind: "open-deal", userId }) as const), ...lead.evidence],
    };
  };
  let isBusy = true;
  for (let run = 0; isBusy || desk.done < tickets.length; run += 1) {
    const size = sizes[run % sizes.length] ?? 1;
    const left = tickets
      .slice(desk.done, desk.done + size)
      .map((ticket) => (ticket.kind === "lead" ? { ...ticket, lead: asKnown(ticket.lead) } : ticket));
    const worked = workDesk(desk, tray.map(asKnown), left, { ...view, loads }, Math.max(size, 1));
    for (const outcome of [...worked.handedOut, ...worked.outcomes]) note(outcome);
    isBusy = worked.hasMore || worked.handedOut.length > 0;
    desk = worked.desk;
  }
  return {
    desk,
    tray,
    waiting: tray.map(({ dealId }) => dealId),
    order,
    ways: Object.fromEntries(ways),
    loads: Object.fromEntries(loads),
  };
}

it("SP16 gives any number of tickets at once what one at a time would: adds, pauses, joins, leaves and changes of mode", () => {
  fc.assert(
    fc.property(
      rules,
      fc.array(told, { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      (first, stories, sizes, chance) => {
        const tickets = ticketsOf(stories);
        const desk = newDesk(first, chance);
        const { tray: _, ...atOnce } = workAll(desk, tickets, sizes);
        expect(workAll(desk, tickets, [1])).toMatchObject(atOnce);
      },
    ),
    { numRuns: 400 },
  );
});

it("never takes a ticket out of order, and never one twice", () => {
  const tickets = ticketsOf(Array.from({ length: 5 }, (_, person) => ({ person, owner: undefined, isOpen: true })));
  const desk = newDesk(someRules("related>even", ["A", "B"]), 1);
  const worked = workDesk(desk, [], tickets, { now: toInstant(0), tenantZone: "UTC", users, loads: new Map() }, 3);
  expect(worked.outcomes.map(({ lead }) => lead.dealId)).toEqual(["d1", "d2", "d3"]);
  expect(worked.desk.done).toBe(3);
  expect(worked.hasMore).toBe(true);
});

it("BX13 a dry run says what the next leads' assignments will be", () => {
  fc.assert(
    fc.property(rules, fc.array(told, { maxLength: 20 }), fc.nat(), (first, stories, chance) => {
      const tickets = ticketsOf(stories);
      const before = workAll(newDesk(first, chance), tickets, [1]);
      const view = {
        now: toInstant(0),
        tenantZone: "UTC",
        users,
        loads: new Map(Object.entries(before.loads).map(([id, load]) => [userIdSchema.parse(id), load])),
      };
      const said = dryRun(
        { desk: before.desk, tray: before.tray, tickets: [] },
        Array.from({ length: 10 }, () => ({})),
        view,
      );
      const next = ticketsOf([
        ...stories,
        ...Array.from({ length: 10 }, (_, i) => ({ person: 100 + i, owner: undefined, isOpen: true })),
      ]);
      const after = workAll(newDesk(first, chance), next, [1]);
      const outcomes = next
        .slice(tickets.length)
        .map((_, i) => after.order.findLast((way) => way.startsWith(`d${tickets.length + i + 1} `)));
      expect(said.map((one, i) => `d${tickets.length + i + 1} ${one.managerId ?? one.reason}`)).toEqual(outcomes);
    }),
    { numRuns: 200 },
  );
});
