import { type Result, ok } from "@regulars/core/platform/result";
import { type ChangeDealInput, type DealChanged, type StaleDeal, changeDeal } from "./change-deal.ts";

/**
 * Removes a deal from its plan: no count and no list has it any more, its log stays. Does nothing if it is already
 * removed.
 */
export function removeDeal(
  input: ChangeDealInput & { readonly comment?: string | undefined },
): Promise<Result<DealChanged> | StaleDeal> {
  return changeDeal(input, (deal, _plan, at) => {
    if (deal.removedAt !== undefined) return ok(undefined);
    const after = { ...deal, removedAt: at, changedAt: at, version: deal.version + 1 };
    const log = {
      action: "removed" as const,
      before: { statusId: deal.statusId, managerId: deal.managerId },
      after: {},
      comment: input.comment,
    };
    return ok({ after, log });
  });
}
