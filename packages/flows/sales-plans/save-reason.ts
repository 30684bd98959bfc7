import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { checkChoices } from "@regulars/core/sales-plans/refusal-choices";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { type Result, ok } from "@regulars/core/platform/result";
import type { SalesContext } from "../sales-context.ts";

/**
 * Creates or changes a refusal reason; archived ones stay in the history. A reason that a status requires cannot be
 * archived, because no deal could be lost there any more (docs/reference/sales-plans.md 5.12).
 */
export async function saveReason(
  { store }: SalesContext,
  reason: RefusalReason,
  companionOf?: (isNew: boolean) => CompanionWrites | undefined,
): Promise<Result<{ readonly isNew: boolean }>> {
  const [plans, reasons] = await Promise.all([store.salesPlans.plans(), store.salesPlans.reasons()]);
  const then = new Map([...reasons, [reason.reasonId, reason]]);
  for (const { statuses } of reason.isArchived ? plans : []) {
    const touched = statuses.filter(({ refusal }) => refusal?.reasonIds.includes(reason.reasonId) === true);
    const choices = checkChoices(touched, then);
    if (!choices.ok) return choices;
  }
  return ok(await store.salesPlans.saveReason(reason, companionOf));
}
