import * as z from "zod";
import type { Receipt } from "@regulars/core/platform/idempotency";
import type { User } from "@regulars/core/access/user";
import type { Desk } from "@regulars/core/assignment/assignment-state";
import type { PlanId, ReasonId } from "@regulars/core/platform/ids";
import { type Plan, rulesOf, salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { type RefusalReason, refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import type { UserId } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import { type NamelessWrite, type Operations, mustBeNew } from "../engine/operations.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { userSchema } from "@regulars/core/access/user";

/** Plans, refusal reasons, and the users that plans are about. */
export class PlanItems {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async plans(): Promise<Plan[]> {
    const plans: Plan[] = [];
    for await (const item of this.#operations.partition(this.#keys.plans())) plans.push(salesPlanSchema.parse(item));
    return plans;
  }

  async plan(planId: PlanId): Promise<Plan | undefined> {
    const item = await this.#operations.get(this.#keys.plan(planId));
    return item === undefined ? undefined : salesPlanSchema.parse(item);
  }

  /** A plan with its desk and its counter of tickets. */
  create(plan: Plan, desk: Desk, receipt?: Receipt): Promise<boolean> {
    return this.#operations.transact([
      { Put: { Item: { ...this.#keys.plan(plan.planId), ...plan }, ...mustBeNew } },
      { Put: { Item: { ...this.#keys.desk(plan.planId), desk, fence: 0, leaseUntil: 0, hasTray: false } } },
      { Put: { Item: { ...this.#keys.ticketCounter(plan.planId), n: 0 } } },
      ...writesOf(receipt),
    ]);
  }

  save(plan: Plan, rulesTicket: number | undefined, receipt?: Receipt): Promise<boolean> {
    const writes: NamelessWrite[] = [
      {
        Put: {
          Item: { ...this.#keys.plan(plan.planId), ...plan },
          ConditionExpression: "version = :before",
          ExpressionAttributeValues: { ":before": plan.version - 1 },
        },
      },
    ];
    if (rulesTicket !== undefined) {
      const ticket = { kind: "rules", ticket: rulesTicket, rules: rulesOf(plan) };
      writes.push({ Put: { Item: { ...this.#keys.ticket(plan.planId, rulesTicket), ...ticket }, ...mustBeNew } });
    }
    return this.#operations.transact([...writes, ...writesOf(receipt)]);
  }

  async reasons(): Promise<Map<ReasonId, RefusalReason>> {
    const reasons = new Map<ReasonId, RefusalReason>();
    for await (const item of this.#operations.partition(this.#keys.reasons())) {
      const reason = z.object(refusalReasonSchema.shape).parse(item);
      reasons.set(reason.reasonId, reason);
    }
    return reasons;
  }

  async saveReason(reason: RefusalReason): Promise<void> {
    await this.#operations.put({ ...this.#keys.reason(reason.reasonId), ...reason });
  }

  async users(userIds: readonly UserId[]): Promise<Map<UserId, User>> {
    const wanted = [...new Set(userIds)].map((userId) => this.#keys.user(userId));
    const items = await this.#operations.batchGet(wanted);
    return new Map(items.map((item) => userSchema.parse(item)).map((user) => [user.userId, user]));
  }
}
