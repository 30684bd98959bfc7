import type { ItemError } from "@regulars/core/platform/field-error";
import { schemaErrors } from "@regulars/core/platform/schema-errors";
import { planFieldErrors, planPartsOf } from "@regulars/core/sales-plans/plan-errors";
import type { newPlanSchema, salesPlanChangeSchema } from "@regulars/core/sales-plans/sales-plan";
import type { Currency } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";

/** All errors of a requested plan, or of a change of a plan in that currency, each with its path; empty when it is fine. */
export async function planErrors(
  { store, tenant }: Pick<SalesContext, "store" | "tenant">,
  schema: typeof newPlanSchema | typeof salesPlanChangeSchema,
  asked: unknown,
  currency: Currency = tenant.currency,
): Promise<ItemError[]> {
  const parsed = schema.safeParse(asked);
  const parts = planPartsOf(asked);
  const userIds = parts.members.flatMap(({ userId }) => (userId === undefined ? [] : [userId]));
  const users = await store.salesPlans.users([...new Set(userIds)]);
  const reasons = await store.salesPlans.reasons();
  return [
    ...(parsed.success ? [] : schemaErrors(parsed.error.issues, asked)),
    ...planFieldErrors(parts, { currency, isUser: (userId) => users.has(userId), reasons }),
  ];
}
