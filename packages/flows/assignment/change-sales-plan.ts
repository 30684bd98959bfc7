import type { PlanContext } from "../sales-context.ts";
import type { PlanId } from "@regulars/core/platform/ids";
import { type Plan, type PlanChange, changedPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Receipt } from "@regulars/core/platform/idempotency";
import type { Result } from "@regulars/core/platform/result";
import { type PlanRefusal, savePlanChange } from "../sales-plans/save-sales-plan.ts";
import { checkMembers } from "../sales-plans/check-members.ts";
import { assignWaiting } from "./assign-waiting.ts";

/** How long a save works at the desk itself: what waits longer is somebody else's. */
const PATIENCE_MS = 1_000;

interface ChangePlanInput {
  readonly context: PlanContext;
  readonly planId: PlanId;
  readonly change: PlanChange;
  /** The version that was looked at; without one the newest is changed. */
  readonly version?: number | undefined;
  readonly receiptOf?: ((plan: Plan) => Receipt | undefined) | undefined;
}

/**
 * Saves changes of a plan. Distribution and membership change at any time and apply to later leads only: the save takes
 * a ticket like a lead does, and whatever has one after it is given out by the new rules (seed 001; sales-plans.md 5.7).
 */
export async function changePlan(input: ChangePlanInput): Promise<Result<Plan> | PlanRefusal> {
  const { context, planId, change, version } = input;
  if (change.members !== undefined) {
    const members = await checkMembers(context.store, change.members);
    if (!members.ok) return members;
  }
  const saved = await savePlanChange(context, planId, version, (plan) => changedPlan(plan, change), input.receiptOf);
  if (!saved.ok) return saved;
  // Somebody may be free now for what lies in the tray.
  const { elapsed } = context.world;
  const patienceEnds = elapsed() + PATIENCE_MS;
  await assignWaiting(context, planId, () => elapsed() >= patienceEnds);
  return saved;
}
