import type { Result } from "@regulars/core/platform/result";
import { type ChangeDealInput, type DealChanged, type StaleDeal, changeDeal } from "./change-deal.ts";
import { decideReopen } from "./decide.ts";

/** Reopens a closed deal: the only way to do so (docs/reference/sales-plans.md 5.11). */
export const reopenDeal = (
  input: ChangeDealInput & { readonly comment?: string | undefined },
): Promise<Result<DealChanged> | StaleDeal> =>
  changeDeal(input, decideReopen(input.context.store, input.comment, input.actorId));
