import type { User } from "../access/user.ts";
import { type UserId, toInstant, userIdSchema } from "../platform/values.ts";
import { type Assignment, type Evidence, evidenceKinds } from "./assignment.ts";
import { type Desk, newDesk } from "./assignment-state.ts";
import { type Rules } from "../sales-plans/rules.ts";
import { type Absence, type Distribution, distributionSchema } from "../sales-plans/distribution.ts";
import { dealIdSchema, leadPersonIdSchema } from "../platform/ids.ts";
import { memberSchema } from "../sales-plans/member.ts";
import { type DeskView, type Outcome, type Ticket, type TicketLead, staysInTray, workDesk } from "./assign-batch.ts";

/** A distribution as its name says it: "related>least", "manual". */
export function aDistribution(rule: string): Distribution {
  const [affinity, balance] = rule.split(">");
  return distributionSchema.parse(balance === undefined ? { mode: "manual" } : { mode: "uniform", affinity, balance });
}

/** A member as a test tells it: an id is enough. */
export type MemberStory = string | ({ readonly userId: string } & Readonly<Record<string, unknown>>);

export const someRules = (rule: string, members: readonly MemberStory[]): Rules => ({
  distribution: aDistribution(rule),
  members: members.map((member) => memberSchema.parse(typeof member === "string" ? { userId: member } : member)),
});

/** A plan's desk that a test gives leads to, one person a lead unless told. */
export class DeskStory {
  desk: Desk;
  readonly #loads = new Map<UserId, number>();
  readonly #elsewhere = new Map<UserId, number>();
  readonly #users = new Map<UserId, User>();
  readonly #tray: TicketLead[] = [];
  #now = toInstant(Date.parse("2026-11-23T12:00:00Z"));
  #tickets = 0;

  constructor(rule: string, members: readonly MemberStory[], chance = 1) {
    this.desk = newDesk(someRules(rule, members), chance);
    for (const { userId } of this.desk.rules.members) this.user(userId, {});
  }

  user(id: string, told: Partial<User>): this {
    const userId = userIdSchema.parse(id);
    this.#users.set(userId, { userId, name: id, role: "rep", ...told });
    return this;
  }

  /** Open deals that a manager has. */
  load(userId: string, open: number): this {
    this.#loads.set(userIdSchema.parse(userId), open);
    return this;
  }

  /** Open deals that a manager has in other plans; from now on they count. */
  loadElsewhere(userId: string, open: number): this {
    this.#elsewhere.set(userIdSchema.parse(userId), open);
    const { distribution, members } = this.desk.rules;
    if (distribution.mode === "manual") throw new Error("a manual plan counts nothing");
    this.desk = { ...this.desk, rules: { members, distribution: { ...distribution, loadScope: "tenant" } } };
    return this;
  }

  at(time: string): this {
    this.#now = toInstant(Date.parse(time));
    return this;
  }

  whenRelatedIsAway(choice: Absence): this {
    const { distribution, members } = this.desk.rules;
    if (distribution.mode === "manual") throw new Error("a manual plan knows no related managers");
    this.desk = { ...this.desk, rules: { members, distribution: { ...distribution, whenRelatedIsAway: choice } } };
    return this;
  }

  rules(rule: string, members: readonly MemberStory[]): this {
    const rules = someRules(rule, members);
    for (const { userId } of rules.members) if (!this.#users.has(userId)) this.user(userId, {});
    this.#work([{ ticket: (this.#tickets += 1), kind: "rules", rules }]);
    return this;
  }

  /** Gives a lead, told by whom its person knows, strongest first, as "closed-deal A". */
  lead(evidence: readonly string[] = [], told: Partial<TicketLead> = {}): Assignment {
    const [outcome] = this.leads(1, evidence, told).slice(-1);
    if (outcome === undefined) throw new Error("a lead has no outcome");
    return outcome.assignment;
  }

  /** Gives so many leads at once. */
  leads(count: number, evidence: readonly string[] = [], told: Partial<TicketLead> = {}): Outcome[] {
    return this.#work(Array.from({ length: count }, () => this.#ticket(evidence, told)));
  }

  /** Managers of so many leads as one word. */
  word(count: number): string {
    return this.leads(count)
      .map(({ assignment }) => assignment.managerId ?? "-")
      .join("");
  }

  /** Leads handed out of the tray, as "lead manager". */
  handOut(): string[] {
    return this.#run([]).map(({ lead, assignment }) => `${lead.dealId} ${assignment.managerId}`);
  }

  view(): DeskView {
    return { now: this.#now, tenantZone: "UTC", users: this.#users, loads: this.#loads, elsewhere: this.#elsewhere };
  }

  #ticket(evidence: readonly string[], told: Partial<TicketLead>): Ticket {
    this.#tickets += 1;
    const lead: TicketLead = {
      dealId: dealIdSchema.parse(`d${this.#tickets}`),
      personId: leadPersonIdSchema.parse(`p${this.#tickets}`),
      evidence: evidence.map(parseEvidence),
      isOpen: true,
      ...told,
    };
    return { ticket: this.#tickets, kind: "lead", lead };
  }

  #work(tickets: readonly Ticket[]): Outcome[] {
    const outcomes: Outcome[] = [];
    let left = tickets;
    while (left.length > 0) {
      outcomes.push(...this.#run(left));
      left = left.filter(({ ticket }) => ticket > this.desk.done);
    }
    return outcomes;
  }

  #run(tickets: readonly Ticket[]): Outcome[] {
    const worked = workDesk(this.desk, this.#tray, tickets, this.view(), 30);
    this.desk = worked.desk;
    for (const { lead, assignment } of [...worked.handedOut, ...worked.outcomes]) {
      const at = this.#tray.findIndex(({ dealId }) => dealId === lead.dealId);
      if (at !== -1) this.#tray.splice(at, 1);
      if (staysInTray(assignment)) this.#tray.push(lead);
      if (assignment.managerId !== undefined && lead.isOpen)
        this.#loads.set(assignment.managerId, (this.#loads.get(assignment.managerId) ?? 0) + 1);
    }
    return [...worked.handedOut, ...worked.outcomes];
  }
}

function parseEvidence(text: string): Evidence {
  const [told, userId] = text.split(" ");
  const kind = evidenceKinds.find((one) => one === told);
  if (kind === undefined) throw new Error(`"${text}" is no evidence`);
  return { kind, userId: userIdSchema.parse(userId) };
}
