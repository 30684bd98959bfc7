import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { type PlanId, planIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import type { ItemError } from "@regulars/core/platform/field-error";
import {
  type NewSalesPlan,
  type SalesPlan,
  makeSalesPlan,
  newPlanSchema,
  rulesOf,
  statusCountOf,
} from "@regulars/core/sales-plans/sales-plan";
import { checkChoices } from "@regulars/core/sales-plans/refusal-choices";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { planErrors } from "./plan-errors.ts";
import { checkMembers } from "./check-members.ts";
import type { SalesContext } from "../sales-context.ts";

/** Length of a plan id's random part; it is short because deal ids contain it. */
const PLAN_ID_LETTERS = 12;

interface NewPlanOptions {
  readonly companionOf?: (plan: SalesPlan) => CompanionWrites | undefined;
  /** Of a request that may come again: the plan that it made before is not made twice. */
  readonly planId?: PlanId;
}

export const newPlanId = ({ newId }: SalesContext["effects"]): PlanId =>
  planIdSchema.parse(`pln_${newId().slice(-PLAN_ID_LETTERS)}`);

/** Creates a sales plan with its assignment state. */
export async function createSalesPlan(
  { store, tenant, effects }: SalesContext,
  asked: NewSalesPlan,
  { companionOf, planId }: NewPlanOptions = {},
): Promise<
  | Result<SalesPlan>
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly errors: readonly ItemError[] }
> {
  const made = makeSalesPlan(asked, {
    planId: planId ?? newPlanId(effects),
    statusIds: Array.from({ length: statusCountOf(asked) }, () =>
      statusIdSchema.parse(`st_${effects.newId().slice(-PLAN_ID_LETTERS)}`),
    ),
    createdAt: toInstant(effects.clock()),
    currency: tenant.currency,
  });
  const withAllErrors = async <T extends object>(refusal: T) => ({
    ...refusal,
    errors: await planErrors({ store, tenant }, newPlanSchema, asked),
  });
  if (!made.ok) return withAllErrors(made);
  const members = await checkMembers(store.salesPlans, asked.members);
  if (!members.ok) return withAllErrors(members);
  const plan = made.value;
  const choices = checkChoices(plan.statuses, await store.salesPlans.reasons());
  if (!choices.ok) return withAllErrors(choices);
  const assignmentState = newAssignmentState(rulesOf(plan), Math.floor(effects.random() * 2 ** 32));
  if (await store.salesPlans.create(plan, assignmentState, companionOf?.(plan))) return ok(plan);
  const before = planId && (await store.salesPlans.plan(planId));
  if (before === undefined) throw new Error(`the id ${plan.planId} is taken`);
  return ok(before);
}
