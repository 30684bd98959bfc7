import type { SalesContext } from "../sales-context.ts";
import type { PlanId } from "@regulars/core/platform/ids";
import { type SalesPlan, type SalesPlanChange, changedSalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { Result } from "@regulars/core/platform/result";
import { type SalesPlanRefusal, savePlanChange } from "../sales-plans/save-sales-plan.ts";
import { checkMembers } from "../sales-plans/check-members.ts";
import { assignWaiting } from "./assign-waiting.ts";

/** How long a save works at the assignment itself: what waits longer is somebody else's. */
const PATIENCE_MS = 1_000;

interface ChangePlanInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly change: SalesPlanChange;
  /** The version that was looked at; without one the newest is changed. */
  readonly version?: number | undefined;
  readonly companionOf?: ((plan: SalesPlan) => CompanionWrites | undefined) | undefined;
}

/**
 * Saves changes of a plan. Distribution and membership change at any time and apply to later leads only: the save takes
 * a sequence number like a lead does, and whatever has one after it is given out by the new rules (seed 001;
 * docs/reference/sales-plans.md 5.7).
 */
export async function changeSalesPlan(input: ChangePlanInput): Promise<Result<SalesPlan> | SalesPlanRefusal> {
  const { context, planId, change, version } = input;
  if (change.members !== undefined) {
    const members = await checkMembers(context.store.salesPlans, change.members);
    if (!members.ok) return members;
  }
  const saved = await savePlanChange(
    context,
    planId,
    version,
    (plan) => changedSalesPlan(plan, change),
    input.companionOf,
  );
  if (!saved.ok) return saved;
  // Somebody may be free now for what lies in the unassigned queue.
  const { elapsed } = context.effects;
  const patienceEnds = elapsed() + PATIENCE_MS;
  await assignWaiting(context, planId, () => elapsed() >= patienceEnds);
  return saved;
}
