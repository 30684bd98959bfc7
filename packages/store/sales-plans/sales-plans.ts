import { rowAs } from "@regulars/core/platform/unreadable-row";
import { replacing } from "../engine/revision.ts";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { SalesPlanStore } from "@regulars/core/assignment/sales-plan-store";
import * as z from "zod";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { User } from "@regulars/core/access/user";
import type { AssignmentState } from "@regulars/core/assignment/assignment-state";
import type { PlanId, ReasonId } from "@regulars/core/platform/ids";
import { type SalesPlan, rulesOf, salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { type RefusalReason, refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import type { UserId } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import { type Heads, KeptReads, noHeads } from "../tenants/heads.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import { pauseToReread } from "../engine/pause.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { userSchema } from "@regulars/core/access/user";

const MAX_ROUNDS = 12;

/** What a process keeps for requests that only read. */
const kept = {
  plans: new KeptReads<{ readonly plan: SalesPlan | undefined }>("plans"),
  reasons: new KeptReads<Map<ReasonId, RefusalReason>>("plans"),
};

/** Sales plans, refusal reasons, and the users that sales plans refer to. */
export class SalesPlanTable implements SalesPlanStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #heads: Heads;

  constructor(operations: Operations, keys: Keys, heads = noHeads) {
    this.#operations = operations;
    this.#keys = keys;
    this.#heads = heads;
  }

  async plans(): Promise<SalesPlan[]> {
    const plans: SalesPlan[] = [];
    for await (const item of this.#operations.partition(this.#keys.plans())) plans.push(rowAs(salesPlanSchema, item));
    return plans;
  }

  async plan(planId: PlanId): Promise<SalesPlan | undefined> {
    return (await kept.plans.read(this.#heads, async () => ({ plan: await this.#plan(planId) }), planId)).plan;
  }

  async #plan(planId: PlanId): Promise<SalesPlan | undefined> {
    const item = await this.#operations.get(this.#keys.plan(planId));
    return item === undefined ? undefined : rowAs(salesPlanSchema, item);
  }

  /** Creates a sales plan with its assignment state and its sequence counter. */
  create(plan: SalesPlan, assignmentState: AssignmentState, companion?: CompanionWrites): Promise<boolean> {
    return this.#operations.transact([
      { Put: { Item: { ...this.#keys.plan(plan.planId), ...plan }, ...mustBeNew } },
      {
        Put: {
          Item: {
            ...this.#keys.assignmentState(plan.planId),
            assignmentState,
            fence: 0,
            leaseUntil: 0,
            hasUnassigned: false,
          },
        },
      },
      { Put: { Item: { ...this.#keys.sequenceCounter(plan.planId), n: 0 } } },
      ...writesOf(companion),
    ]);
  }

  save(plan: SalesPlan, rulesSequence: number | undefined, companion?: CompanionWrites): Promise<boolean> {
    const writes: TransactWrite[] = [
      {
        Put: {
          Item: { ...this.#keys.plan(plan.planId), ...plan },
          ConditionExpression: "version = :before",
          ExpressionAttributeValues: { ":before": plan.version - 1 },
        },
      },
    ];
    if (rulesSequence !== undefined) {
      const queueEntry = { kind: "rules", sequence: rulesSequence, rules: rulesOf(plan) };
      writes.push({
        Put: { Item: { ...this.#keys.sequence(plan.planId, rulesSequence), ...queueEntry }, ...mustBeNew },
      });
    }
    return this.#operations.transact([...writes, ...writesOf(companion)]);
  }

  reasons(): Promise<Map<ReasonId, RefusalReason>> {
    return kept.reasons.read(this.#heads, () => this.#reasons());
  }

  async #reasons(): Promise<Map<ReasonId, RefusalReason>> {
    const reasons = new Map<ReasonId, RefusalReason>();
    for await (const item of this.#operations.partition(this.#keys.reasons())) {
      const reason = rowAs(z.object(refusalReasonSchema.shape), item);
      reasons.set(reason.reasonId, reason);
    }
    return reasons;
  }

  async saveReason(
    reason: RefusalReason,
    companionOf: (isNew: boolean) => CompanionWrites | undefined = () => undefined,
  ): Promise<{ readonly isNew: boolean }> {
    const key = this.#keys.reason(reason.reasonId);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const before = await this.#operations.get(key);
      const isNew = before === undefined;
      const write = { Put: replacing({ ...key, ...reason }, before) };
      if (await this.#operations.transact([write, ...writesOf(companionOf(isNew))])) return { isNew };
    }
    throw new ContentionError(`refusal reason ${reason.reasonId} keeps being changed by other writers: try again`);
  }

  async users(userIds: readonly UserId[]): Promise<Map<UserId, User>> {
    const wanted = [...new Set(userIds)].map((userId) => this.#keys.user(userId));
    const items = await this.#operations.batchGet(wanted);
    return new Map(items.map((item) => rowAs(userSchema, item)).map((user) => [user.userId, user]));
  }
}
