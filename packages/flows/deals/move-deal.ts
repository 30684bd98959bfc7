import type { StatusId } from "@regulars/core/platform/ids";
import type { RefusalGiven } from "@regulars/core/sales-plans/refusal";
import type { Result } from "@regulars/core/platform/result";
import { type ChangeDealInput, type DealChanged, type StaleDeal, changeDeal } from "./change-deal.ts";
import { decideMove } from "./decide.ts";

interface MoveDealInput extends ChangeDealInput {
  readonly to: StatusId;
  readonly given?: RefusalGiven | undefined;
}

/**
 * Moves a deal to another status. Used for boards, lists, bulk operations, the API and integrations alike
 * (docs/reference/sales-plans.md 5.10, 5.12).
 */
export function moveDeal(input: MoveDealInput): Promise<Result<DealChanged> | StaleDeal> {
  const { context, to, given = {}, actorId } = input;
  return changeDeal(input, decideMove(context.store, to, given, actorId));
}
