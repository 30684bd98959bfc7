import type { UserId } from "../platform/values.ts";
import type { Assignment, Evidence } from "./assignment.ts";
import type { Desk } from "./assignment-state.ts";
import { dealIdSchema, leadPersonIdSchema } from "../platform/ids.ts";
import { type DeskView, type Outcome, type Ticket, type TicketLead, staysInTray, workDesk } from "./assign-batch.ts";

/** A lead that is only imagined: somebody new, unless evidence is told. */
export interface ImaginedLead {
  readonly evidence?: readonly Evidence[] | undefined;
  readonly chosen?: UserId | undefined;
}

/** A desk with what waits before it. */
export interface DeskInUse {
  readonly desk: Desk;
  /** Leads that nobody was there for, oldest first. */
  readonly tray: readonly TicketLead[];
  readonly tickets: readonly Ticket[];
}

/** What the next leads' assignments would be: the very function that makes them, on a copy of the desk. */
export function dryRun(
  { desk, tray, tickets }: DeskInUse,
  leads: readonly ImaginedLead[],
  view: DeskView,
): Assignment[] {
  const before = tickets.at(-1)?.ticket ?? desk.done;
  const imagined = leads.map(({ evidence = [], chosen }, i): Ticket & { readonly kind: "lead" } => {
    const name = `dry-run-${i + 1}`;
    const ids = { dealId: dealIdSchema.parse(name), personId: leadPersonIdSchema.parse(name) };
    return { ticket: before + i + 1, kind: "lead", lead: { ...ids, evidence, chosen, isOpen: true } };
  });
  const last = new Map(
    playOut({ desk, tray, tickets: [...tickets, ...imagined] }, view).map((one) => [one.lead, one.assignment]),
  );
  return imagined.map(({ lead }) => last.get(lead)).filter((assignment) => assignment !== undefined);
}

/** Works through everything that waits; the outcomes in the order they came about. */
export function playOut(start: DeskInUse, view: DeskView): Outcome[] {
  const all: Outcome[] = [];
  const loads = new Map(view.loads);
  let { desk, tray, tickets } = start;
  while (tickets.length > 0) {
    const worked = workDesk(desk, tray, tickets, { ...view, loads }, tray.length + tickets.length);
    const outcomes = [...worked.handedOut, ...worked.outcomes];
    for (const { lead, assignment } of outcomes)
      if (assignment.managerId !== undefined && lead.isOpen)
        loads.set(assignment.managerId, (loads.get(assignment.managerId) ?? 0) + 1);
    const handedOut = new Set(worked.handedOut.map(({ lead }) => lead));
    const waiting = worked.outcomes.filter(({ assignment }) => staysInTray(assignment));
    tray = [...tray.filter((lead) => !handedOut.has(lead)), ...waiting.map(({ lead }) => lead)];
    desk = worked.desk;
    tickets = tickets.filter(({ ticket }) => ticket > desk.done);
    all.push(...outcomes);
  }
  return all;
}
