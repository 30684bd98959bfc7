import type { Result } from "@regulars/core/platform/result";
import { type ChangeDealInput, type DealChanged, type StaleDeal, changeDeal } from "./change-deal.ts";
import { judgeCancel } from "./decide.ts";

/** Opens a closed deal again: the only way there is (seed 001, "Cancel deal"; sales-plans.md 5.11). */
export const cancelDeal = (
  input: ChangeDealInput & { readonly comment?: string | undefined },
): Promise<Result<DealChanged> | StaleDeal> =>
  changeDeal(input, judgeCancel(input.context.store, input.comment, input.actorId));
