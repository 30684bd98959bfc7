import type { Assignment } from "@regulars/core/assignment/assignment";
import type { Deal } from "@regulars/core/deals/deal";
import { planIdSchema } from "@regulars/core/platform/ids";
import { type Lead, leadSchema } from "@regulars/core/leads/lead-payload";
import {
  type NewPlan,
  type Plan,
  type PlanChange,
  newPlanSchema,
  planChangeSchema,
} from "@regulars/core/sales-plans/sales-plan";
import type { PlanWorld } from "@regulars/core/platform/effects";
import type { Role } from "@regulars/core/access/user";
import { aDistribution } from "@regulars/core/assignment/testing";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type UserId, userIdSchema } from "@regulars/core/platform/values";
import { type Added, type AddInput, addToPlan } from "@regulars/flows/leads/add-to-plan";
import { changePlan } from "@regulars/flows/assignment/change-sales-plan";
import { createPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import type { PlanContext } from "@regulars/flows/sales-context";
import { PlanRooms } from "@regulars/flows/leads/lead-batcher";
import { planContextOf } from "@regulars/functions/effects";
import { type TenantBench, aTenantStore } from "./tenant.ts";

/** A Monday noon. */
export const PLAN_NOW = Date.parse("2026-11-23T12:00:00Z");

/** A lead as a test tells it. */
export type LeadStory = Parameters<typeof leadSchema.parse>[0];

/** A tenant with sales plans, told step by step. */
export class PlanStory {
  readonly bench: TenantBench;
  readonly context: PlanContext;
  /** Milliseconds since 1970, where the wall clock stands. */
  nowMs = PLAN_NOW;
  #requests = 0;
  #persons = 0;

  constructor(
    told: Partial<Record<keyof Tenant, unknown>> = {},
    world: Partial<PlanWorld> = {},
    bench = aTenantStore(told),
  ) {
    this.bench = bench;
    const context = planContextOf(bench.tenant, bench.store, { clock: () => this.nowMs, planRooms: new PlanRooms() });
    this.context = { ...context, world: { ...context.world, ...world } };
  }

  /** The same tenant as another process sees it. */
  another(world: Partial<PlanWorld> = {}): PlanStory {
    const story = new PlanStory({}, world, this.bench.another());
    story.nowMs = this.nowMs;
    return story;
  }

  async users(...ids: readonly string[]): Promise<void> {
    await this.bench.store.intake.saveUsers(
      ids.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" satisfies Role as Role })),
    );
  }

  /** A plan with its members as users; "related>least" and the like. */
  async plan(
    rule: string,
    members: readonly (string | { readonly userId: string })[],
    told: object = {},
  ): Promise<Plan> {
    const rows = members.map((member) => (typeof member === "string" ? { userId: member } : member));
    await this.users(...rows.map(({ userId }) => userId));
    const asked: NewPlan = newPlanSchema.parse({
      name: "New SP",
      distribution: aDistribution(rule),
      members: rows,
      ...told,
    });
    return valueOf(await createPlan(this.context, asked));
  }

  async change(plan: Pick<Plan, "planId">, change: Parameters<typeof planChangeSchema.parse>[0]): Promise<Plan> {
    const parsed: PlanChange = planChangeSchema.parse(change);
    return valueOf(await changePlan({ context: this.context, planId: plan.planId, change: parsed }));
  }

  /** Adds a lead; of somebody new unless told. */
  async add(plan: Pick<Plan, "planId">, lead: object = {}, told: Partial<AddInput> = {}): Promise<Added> {
    return valueOf(await this.tryAdd(plan, lead, told));
  }

  tryAdd(plan: Pick<Plan, "planId">, lead: object = {}, told: Partial<AddInput> = {}): ReturnType<typeof addToPlan> {
    const parsed: Lead = leadSchema.parse({ person: { externalId: `sub-${(this.#persons += 1)}` }, ...lead });
    return addToPlan({
      context: this.context,
      planId: plan.planId,
      lead: parsed,
      actorId: "key:k1",
      requestId: `req_${(this.#requests += 1)}`,
      patienceMs: 60_000,
      ...told,
    });
  }

  /** A plan's id as the store knows it. */
  idOf({ planId }: { readonly planId: string }): Pick<Plan, "planId"> {
    return { planId: planIdSchema.parse(planId) };
  }

  userId(id: string): UserId {
    return userIdSchema.parse(id);
  }

  /** A plan's deals in the order of their tickets, read from the tickets themselves. */
  async dealsInOrder(plan: Pick<Plan, "planId">): Promise<Deal[]> {
    const { plans } = this.bench.store;
    const tickets = await plans.ticketsAfter(plan.planId, 0, 100_000);
    const ids = tickets.flatMap((ticket) => (ticket.kind === "lead" ? [ticket.deal.dealId] : []));
    const deals = await plans.deals(ids);
    return ids.map((dealId) => deals.get(dealId)).filter((deal) => deal !== undefined);
  }

  async managersInOrder(plan: Pick<Plan, "planId">): Promise<string[]> {
    return (await this.dealsInOrder(plan)).map(({ managerId }) => managerId ?? "-");
  }

  /** The row of the log that says how a deal was first given out. */
  async assignmentOf(deal: Pick<Deal, "dealId">): Promise<Assignment> {
    const entry = await this.bench.store.plans.logEntry(deal.dealId, 1);
    if (entry?.assignment === undefined) throw new Error(`deal ${deal.dealId} was not assigned`);
    return entry.assignment;
  }
}

/** A result's value, or its refusal as an error. */
export function valueOf<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly reason: string; readonly message: string },
): T {
  if (result.ok) return result.value;
  throw new Error(`${result.reason}: ${result.message}`);
}

/** How often each of some words comes. */
export function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** The greatest difference between the counts of these members at any prefix of a sequence. */
export function spreadOf(sequence: readonly string[], members: readonly string[]): number {
  const counts = new Map(members.map((member) => [member, 0]));
  let spread = 0;
  for (const one of sequence) {
    counts.set(one, (counts.get(one) ?? 0) + 1);
    spread = Math.max(spread, Math.max(...counts.values()) - Math.min(...counts.values()));
  }
  return spread;
}

/** Does all of some work, so much of it at a time. */
export async function inParallel(
  count: number,
  concurrency: number,
  work: (i: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const i = next;
      next += 1;
      await work(i);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
