import type { User } from "../access/user.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { Assignment, Evidence, WaitingLead } from "./assignment.ts";
import type { Desk } from "./assignment-state.ts";
import type { Rules } from "../sales-plans/rules.ts";
import type { LeadPersonId } from "../platform/ids.ts";
import { type Present, rollCall } from "../sales-plans/member.ts";
import { type Loads, pick } from "./assign-lead.ts";

/** What a ticket of a plan was taken for. `void` is a ticket whose taker did not come back. */
export type Ticket =
  | { readonly ticket: number; readonly kind: "lead"; readonly lead: TicketLead }
  | { readonly ticket: number; readonly kind: "rules"; readonly rules: Rules }
  | { readonly ticket: number; readonly kind: "void" };

export interface TicketLead extends WaitingLead {
  readonly personId: LeadPersonId;
  /** Whether the deal, once somebody has it, is work: one added straight into a closing status is not. */
  readonly isOpen: boolean;
}

/** The world as one run of the desk sees it. */
export interface DeskView {
  readonly now: Instant;
  readonly tenantZone: string;
  readonly users: ReadonlyMap<UserId, User>;
  readonly loads: Loads;
  /** Open deals of the tenant's other plans, where the rules count them: as they were when the run began. */
  readonly elsewhere?: Loads | undefined;
}

/** What became of one lead. */
export interface Outcome {
  readonly lead: TicketLead;
  readonly assignment: Assignment;
}

/**
 * Whether an unassigned lead is offered again by itself. One of a manual plan is not: somebody has to choose, also after
 * the plan has become uniform, because a change of mode is for later leads only (seed 001; sales-plans.md 5.7).
 */
export const staysInTray = ({ reason }: Assignment): boolean => reason !== undefined && reason !== "manual-plan";

export interface Worked {
  readonly desk: Desk;
  /** Leads of the tray that found somebody now, oldest first. */
  readonly handedOut: readonly Outcome[];
  /** Leads of the tickets, in ticket order: given to somebody or put into the tray. */
  readonly outcomes: readonly Outcome[];
  /** Whether tickets or leads of the tray are left that this run had no room for. */
  readonly hasMore: boolean;
  /** Nobody is there for what lies in the tray: the rest of it need not be offered. */
  readonly isNobodyThere: boolean;
}

/**
 * Works through a plan's tickets in order, after offering what lies in the tray, oldest first. Any number of tickets at
 * once gives what one at a time would: that is what makes the result exact under load (sales-plans.md 5.8).
 *
 * A run ends before a change of the rules, and a change is a run of its own: what lies in the tray is offered under the
 * old rules before it and under the new ones after it. A run also ends with a lead whose person has another one in the
 * tray, because that one is related to somebody now. `tray` is the tray's beginning; at most `most` leads are dealt with.
 */
export function workDesk(
  before: Desk,
  tray: readonly TicketLead[],
  tickets: readonly Ticket[],
  view: DeskView,
  most: number,
): Worked {
  const run = new Run(before, view);
  const handedOut: Outcome[] = [];
  let isNobodyThere = false;
  for (const lead of tray) {
    if (handedOut.length === most || run.mustEnd || run.isHanded(lead))
      return { desk: run.desk, handedOut, outcomes: [], hasMore: true, isNobodyThere };
    const outcome = run.offer(lead);
    isNobodyThere = outcome === undefined;
    if (outcome === undefined) break;
    if (outcome.assignment.state === "assigned") handedOut.push(outcome);
  }
  const outcomes: Outcome[] = [];
  const [first] = tickets;
  if (first?.kind === "rules" && handedOut.length === 0 && !run.mustEnd)
    return {
      desk: { ...run.desk, rules: first.rules, done: first.ticket },
      handedOut,
      outcomes,
      hasMore: true,
      isNobodyThere: false,
    };
  for (const ticket of tickets) {
    const isFull = run.mustEnd || handedOut.length + outcomes.length === most;
    if (isFull || ticket.kind === "rules" || (ticket.kind === "lead" && run.isHanded(ticket.lead)))
      return { desk: run.desk, handedOut, outcomes, hasMore: true, isNobodyThere };
    if (ticket.kind === "lead") outcomes.push(run.take(ticket.lead));
    run.passTicket(ticket.ticket);
  }
  return { desk: run.desk, handedOut, outcomes, hasMore: run.mustEnd, isNobodyThere };
}

/** The desk and what changes with every pick of one run. */
class Run {
  desk: Desk;
  /** The tray has to be looked at again before anything else. */
  mustEnd = false;
  readonly #roster: readonly Present[];
  readonly #loads: Map<UserId, number>;
  readonly #elsewhere: Loads;
  /** Managers of the open deals given out in this run, by person: the newest contact there is. */
  readonly #given = new Map<LeadPersonId, UserId>();
  /** Persons whose lead was handed out of the tray: older than others of theirs, it is not their newest contact. */
  readonly #handed = new Set<LeadPersonId>();
  /** Persons with a lead in the tray. */
  readonly #waiting = new Set<LeadPersonId>();

  constructor(desk: Desk, { users, now, tenantZone, loads, elsewhere = new Map() }: DeskView) {
    this.desk = desk;
    this.#roster = rollCall(desk.rules.members, users, now, tenantZone);
    this.#loads = new Map(loads);
    this.#elsewhere = elsewhere;
  }

  /** Offers a lead of the tray; `undefined` when nobody is there, and the next one need not be offered. */
  offer(lead: TicketLead): Outcome | undefined {
    const outcome = this.#give(lead);
    if (outcome.assignment.managerId !== undefined) this.#handed.add(lead.personId);
    const { reason } = outcome.assignment;
    return reason === undefined || reason === "waits-for-related" ? outcome : undefined;
  }

  /** Whether a lead's person has to be looked up anew before it. */
  isHanded({ personId }: TicketLead): boolean {
    return this.#handed.has(personId);
  }

  /** Gives out a ticket's lead: its deal is its person's newest. */
  take(lead: TicketLead): Outcome {
    const outcome = this.#give(lead);
    const { managerId } = outcome.assignment;
    if (managerId !== undefined && lead.isOpen) this.#given.set(lead.personId, managerId);
    return outcome;
  }

  #give(lead: TicketLead): Outcome {
    const evidence = this.#withGiven(lead);
    const { desk, assignment } = pick(this.desk, { ...lead, evidence }, this.#roster, {
      loads: this.#loads,
      elsewhere: this.#elsewhere,
    });
    this.desk = desk;
    const { managerId } = assignment;
    if (staysInTray(assignment)) this.#waiting.add(lead.personId);
    if (managerId !== undefined && lead.isOpen) {
      this.mustEnd ||= this.#waiting.has(lead.personId);
      this.#loads.set(managerId, (this.#loads.get(managerId) ?? 0) + 1);
    }
    return { lead, assignment };
  }

  passTicket(ticket: number): void {
    this.desk = { ...this.desk, done: ticket };
  }

  #withGiven({ personId, evidence }: TicketLead): readonly Evidence[] {
    const userId = this.#given.get(personId);
    if (userId === undefined) return evidence;
    const owners = evidence.filter(({ kind }) => kind === "owner");
    const others = evidence.filter(({ kind }) => kind !== "owner");
    return [...owners, { kind: "open-deal", userId }, ...others];
  }
}
