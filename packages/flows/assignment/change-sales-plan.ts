import type { SalesContext } from "../sales-context.ts";
import type { PlanId } from "@regulars/core/platform/ids";
import { type SalesPlan, type SalesPlanChange, changedSalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { Result } from "@regulars/core/platform/result";
import { type SalesPlanRefusal, savePlanChange } from "../sales-plans/save-sales-plan.ts";
import { checkMembers } from "../sales-plans/check-members.ts";
import { assignWaiting } from "./assign-waiting.ts";

/** How long a save assigns leads itself, ms; another run assigns the rest. */
const PATIENCE_MS = 1_000;

interface ChangePlanInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly change: SalesPlanChange;
  /** The version that the caller has seen; default: the newest. */
  readonly version?: number | undefined;
  readonly companionOf?: ((plan: SalesPlan) => CompanionWrites | undefined) | undefined;
}

/**
 * Saves changes of a plan. Distribution and membership can change at any time and apply to later leads only: the save
 * takes a sequence number like a lead, and leads with a later number are assigned by the new rules
 * (docs/reference/sales-plans.md 5.7).
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
  // A manager may be available now for leads of the unassigned queue.
  const { elapsed } = context.effects;
  const patienceEnds = elapsed() + PATIENCE_MS;
  await assignWaiting(context, planId, () => elapsed() >= patienceEnds);
  return saved;
}
