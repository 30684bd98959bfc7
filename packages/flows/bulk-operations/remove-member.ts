import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { DealOperation } from "@regulars/core/bulk-operations/change-deals";
import type { LeavingDeals } from "@regulars/core/bulk-operations/leaving-deals";
import { dealFilterSchema } from "@regulars/core/boards/board-query";
import type { PlanId } from "@regulars/core/platform/ids";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { UserId } from "@regulars/core/platform/values";
import { changeDeals } from "./change-deals.ts";
import { type SalesPlanRefusal, savePlanChange } from "../sales-plans/save-sales-plan.ts";
import type { SalesContext } from "../sales-context.ts";

/** The step of a removal that leaves the deals to be transferred: what `saved` was kept under. */
export const PLAN_SAVED = "plan-saved";

interface RemoveMemberInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly userId: UserId;
  readonly deals: LeavingDeals;
  readonly actorId: string;
  readonly requestId: string;
  /** The version that the caller has seen; default: the newest. */
  readonly version?: number | undefined;
  /** The plan without the member, as an interrupted attempt has saved it. */
  readonly saved?: SalesPlan | undefined;
  /** Writes for the transactions that save the plan, and that start the transfer of the deals. */
  readonly companionsOf?:
    | {
        readonly plan: (plan: SalesPlan) => CompanionWrites | undefined;
        readonly removed: (removed: MemberRemoved) => CompanionWrites | undefined;
      }
    | undefined;
}

/** The plan without the member, and the bulk operation that transfers their deals. */
export interface MemberRemoved {
  readonly plan: SalesPlan;
  readonly operation?: DealOperation | undefined;
}

/**
 * Removes a member from a plan, and decides who gets their open deals; later leads no longer go to them
 * (docs/reference/sales-plans.md 5.7).
 */
export async function removeMember(input: RemoveMemberInput): Promise<Result<MemberRemoved> | SalesPlanRefusal> {
  const { context, planId, userId, deals, actorId, requestId, companionsOf } = input;
  const saved = input.saved === undefined ? await withoutMember(input) : ok(input.saved);
  if (!saved.ok || deals.to === "keep") return saved.ok ? ok({ plan: saved.value }) : saved;
  const plan = saved.value;
  const open = plan.statuses.filter(({ kind }) => kind === "intermediate").map(({ statusId }) => statusId);
  const started = await changeDeals({
    context,
    planId,
    asked: {
      change: { action: "transfer", managerId: deals.to === "manager" ? deals.managerId : undefined },
      filter: dealFilterSchema.parse({ managerIds: [userId], statusIds: open }),
    },
    visible: "all",
    actorId,
    requestId,
    companionOf: (operation) => companionsOf?.removed({ plan, operation }),
  });
  return started.ok ? ok({ plan, operation: started.value }) : started;
}

async function withoutMember(input: RemoveMemberInput): Promise<Result<SalesPlan> | SalesPlanRefusal> {
  const { context, planId, userId, deals, version, companionsOf } = input;
  const before = await context.store.salesPlans.plan(planId);
  if (before === undefined) return unknownPlan(planId);
  const fit = checkHeir(before, userId, deals);
  if (!fit.ok) return fit;
  return savePlanChange(
    context,
    planId,
    version,
    (plan) => ok({ ...plan, members: plan.members.filter((member) => member.userId !== userId) }),
    (plan) => (deals.to === "keep" ? companionsOf?.removed({ plan }) : companionsOf?.plan(plan)),
  );
}

function checkHeir(
  { members, distribution, planId }: SalesPlan,
  userId: UserId,
  deals: LeavingDeals,
): Result<undefined> {
  if (!members.some((member) => member.userId === userId))
    return refuse("unknown-member", `${userId} is not a member of the sales plan ${planId}`);
  if (deals.to === "distribute" && distribution.mode === "manual")
    return refuse("manager-required", "the plan is manual: name the member who gets these deals");
  if (deals.to !== "manager") return ok(undefined);
  const isHeir = deals.managerId !== userId && members.some((member) => member.userId === deals.managerId);
  return isHeir ? ok(undefined) : refuse("not-a-member", `${deals.managerId} is not another member of the plan`);
}
