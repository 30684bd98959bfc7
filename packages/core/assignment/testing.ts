import type { User } from "../access/user.ts";
import { type UserId, toInstant, userIdSchema } from "../platform/values.ts";
import { type Assignment, type OwnershipEvidence, ownershipEvidenceKinds } from "./assignment.ts";
import { type AssignmentState, newAssignmentState } from "./assignment-state.ts";
import { type Rules } from "../sales-plans/rules.ts";
import { type Absence, type Distribution, distributionSchema } from "../sales-plans/distribution.ts";
import { dealIdSchema, contactIdSchema } from "../platform/ids.ts";
import { memberSchema } from "../sales-plans/member.ts";
import {
  type AssignmentView,
  type AssignmentOutcome,
  type BatchEntry,
  type BatchLead,
  isAwaitingAssignment,
  assignBatch,
} from "./assign-batch.ts";

/** A distribution from its name: "related>least", "manual". */
export function aDistribution(rule: string): Distribution {
  const [affinity, balance] = rule.split(">");
  return distributionSchema.parse(balance === undefined ? { mode: "manual" } : { mode: "uniform", affinity, balance });
}

/** A member in a test: an id is enough. */
export type MemberInput = string | ({ readonly userId: string } & Readonly<Record<string, unknown>>);

export const someRules = (rule: string, members: readonly MemberInput[]): Rules => ({
  distribution: aDistribution(rule),
  members: members.map((member) => memberSchema.parse(typeof member === "string" ? { userId: member } : member)),
});

/** A plan's assignment state to which a test gives leads, each of a new contact by default. */
export class AssignmentFixture {
  assignmentState: AssignmentState;
  readonly #loads = new Map<UserId, number>();
  readonly #elsewhere = new Map<UserId, number>();
  readonly #users = new Map<UserId, User>();
  readonly #unassigned: BatchLead[] = [];
  #now = toInstant(Date.parse("2026-11-23T12:00:00Z"));
  #sequences = 0;

  constructor(rule: string, members: readonly MemberInput[], rngState = 1) {
    this.assignmentState = newAssignmentState(someRules(rule, members), rngState);
    for (const { userId } of this.assignmentState.rules.members) this.user(userId, {});
  }

  user(id: string, considered: Partial<User>): this {
    const userId = userIdSchema.parse(id);
    this.#users.set(userId, { userId, name: id, role: "rep", ...considered });
    return this;
  }

  /** Sets a manager's open deals. */
  load(userId: string, open: number): this {
    this.#loads.set(userIdSchema.parse(userId), open);
    return this;
  }

  /** Sets a manager's open deals in other plans, and makes the rules count them. */
  loadElsewhere(userId: string, open: number): this {
    this.#elsewhere.set(userIdSchema.parse(userId), open);
    const { distribution, members } = this.assignmentState.rules;
    if (distribution.mode === "manual") throw new Error("a manual plan counts no loads");
    this.assignmentState = {
      ...this.assignmentState,
      rules: { members, distribution: { ...distribution, loadScope: "tenant" } },
    };
    return this;
  }

  at(time: string): this {
    this.#now = toInstant(Date.parse(time));
    return this;
  }

  ownerAway(choice: Absence): this {
    const { distribution, members } = this.assignmentState.rules;
    if (distribution.mode === "manual") throw new Error("a manual plan has no related managers");
    this.assignmentState = {
      ...this.assignmentState,
      rules: { members, distribution: { ...distribution, ownerAway: choice } },
    };
    return this;
  }

  rules(rule: string, members: readonly MemberInput[]): this {
    const rules = someRules(rule, members);
    for (const { userId } of rules.members) if (!this.#users.has(userId)) this.user(userId, {});
    this.#work([{ sequence: (this.#sequences += 1), kind: "rules", rules }]);
    return this;
  }

  /** Assigns a lead; `evidence` names the managers its contact knows, strongest first, as "closed-deal A". */
  lead(evidence: readonly string[] = [], considered: Partial<BatchLead> = {}): Assignment {
    const [outcome] = this.leads(1, evidence, considered).slice(-1);
    if (outcome === undefined) throw new Error("a lead has no outcome");
    return outcome.assignment;
  }

  /** Assigns `count` leads. */
  leads(count: number, evidence: readonly string[] = [], considered: Partial<BatchLead> = {}): AssignmentOutcome[] {
    return this.#work(Array.from({ length: count }, () => this.#batchEntry(evidence, considered)));
  }

  /** Assigns `count` leads; returns their managers as one word. */
  word(count: number): string {
    return this.leads(count)
      .map(({ assignment }) => assignment.managerId ?? "-")
      .join("");
  }

  /** Retries the unassigned queue; returns the assigned leads as "lead manager". */
  handOut(): string[] {
    return this.#run([]).map(({ lead, assignment }) => `${lead.dealId} ${assignment.managerId}`);
  }

  view(): AssignmentView {
    return { now: this.#now, tenantZone: "UTC", users: this.#users, loads: this.#loads, elsewhere: this.#elsewhere };
  }

  #batchEntry(evidence: readonly string[], considered: Partial<BatchLead>): BatchEntry {
    this.#sequences += 1;
    const lead: BatchLead = {
      dealId: dealIdSchema.parse(`d${this.#sequences}`),
      personId: contactIdSchema.parse(`p${this.#sequences}`),
      evidence: evidence.map(parseEvidence),
      isOpen: true,
      ...considered,
    };
    return { sequence: this.#sequences, kind: "lead", lead };
  }

  #work(entries: readonly BatchEntry[]): AssignmentOutcome[] {
    const outcomes: AssignmentOutcome[] = [];
    let left = entries;
    while (left.length > 0) {
      outcomes.push(...this.#run(left));
      left = left.filter(({ sequence }) => sequence > this.assignmentState.lastSequence);
    }
    return outcomes;
  }

  #run(entries: readonly BatchEntry[]): AssignmentOutcome[] {
    const batchResult = assignBatch(this.assignmentState, this.#unassigned, entries, this.view(), 30);
    this.assignmentState = batchResult.assignmentState;
    for (const { lead, assignment } of [...batchResult.handedOut, ...batchResult.outcomes]) {
      const at = this.#unassigned.findIndex(({ dealId }) => dealId === lead.dealId);
      if (at !== -1) this.#unassigned.splice(at, 1);
      if (isAwaitingAssignment(assignment)) this.#unassigned.push(lead);
      if (assignment.managerId !== undefined && lead.isOpen)
        this.#loads.set(assignment.managerId, (this.#loads.get(assignment.managerId) ?? 0) + 1);
    }
    return [...batchResult.handedOut, ...batchResult.outcomes];
  }
}

function parseEvidence(text: string): OwnershipEvidence {
  const [considered, userId] = text.split(" ");
  const kind = ownershipEvidenceKinds.find((one) => one === considered);
  if (kind === undefined) throw new Error(`"${text}" is not evidence`);
  return { kind, userId: userIdSchema.parse(userId) };
}
