import type { Receipt } from "@regulars/core/platform/idempotency";
import { newDesk } from "@regulars/core/assignment/assignment-state";
import { planIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type NewPlan, type Plan, makePlan, rulesOf, statusCountOf } from "@regulars/core/sales-plans/sales-plan";
import { checkChoices } from "@regulars/core/sales-plans/refusal-choices";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { checkMembers } from "./check-members.ts";
import type { PlanContext } from "../sales-context.ts";

/** Letters of a fresh id that are enough for a plan: the ids of its deals carry them. */
const PLAN_ID_LETTERS = 12;

/** Makes a sales plan, with its desk (seed 001, "Creation of SP"). */
export async function createPlan(
  { store, tenant, world }: PlanContext,
  asked: NewPlan,
  receiptOf: (plan: Plan) => Receipt | undefined = () => undefined,
): Promise<
  | Result<Plan>
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly errors: readonly ItemError[] }
> {
  const made = makePlan(asked, {
    planId: planIdSchema.parse(`pln_${world.newId().slice(-PLAN_ID_LETTERS)}`),
    statusIds: Array.from({ length: statusCountOf(asked) }, () =>
      statusIdSchema.parse(`st_${world.newId().slice(-PLAN_ID_LETTERS)}`),
    ),
    createdAt: toInstant(world.clock()),
    currency: tenant.currency,
  });
  if (!made.ok) return made;
  const members = await checkMembers(store, asked.members);
  if (!members.ok) return members;
  const plan = made.value;
  const choices = checkChoices(plan.statuses, await store.reasons());
  if (!choices.ok) return choices;
  const desk = newDesk(rulesOf(plan), Math.floor(world.random() * 2 ** 32));
  if (!(await store.createPlan(plan, desk, receiptOf(plan)))) throw new Error(`the id ${plan.planId} is taken`);
  return ok(plan);
}
