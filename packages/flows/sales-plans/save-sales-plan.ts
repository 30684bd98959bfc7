import type { ItemError } from "@regulars/core/platform/field-error";
import type { PlanContext } from "../sales-context.ts";
import type { PlanId } from "@regulars/core/platform/ids";
import { type Plan, changesRules, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Receipt } from "@regulars/core/platform/idempotency";

const MAX_ROUNDS = 20;

const PAUSE_MS = 20;

export type PlanRefusal = {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
};

/** Changes a plan on the condition that nobody else does; again and again when the caller has seen no version. */
export async function savePlanChange(
  { store, world }: PlanContext,
  planId: PlanId,
  version: number | undefined,
  changeOf: (plan: Plan) => Result<Plan> | PlanRefusal,
  receiptOf: (plan: Plan) => Receipt | undefined = () => undefined,
): Promise<Result<Plan> | PlanRefusal> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = await store.plan(planId);
    if (before === undefined) return unknownPlan(planId);
    if (version !== undefined && before.version !== version) return stale(before);
    const changed = changeOf(before);
    if (!changed.ok) return changed;
    const after = { ...changed.value, version: before.version + 1 };
    const ticket = changesRules(before, after) ? await store.takeTickets(planId, 1) : undefined;
    if (await store.savePlan(after, ticket, receiptOf(after))) return ok(after);
    if (ticket !== undefined) await store.voidTicket(planId, ticket);
    // Longer each time, and by chance, so that two savers part.
    await world.wait(PAUSE_MS * round * world.random());
  }
  throw new Error(`plan ${planId} is being changed by others all the time; try again`);
}

const stale = ({ planId, version }: Plan) =>
  refuse("stale-version", `plan ${planId} has changed meanwhile: it is at version ${version}, look at it again`);
