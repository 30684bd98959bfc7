import type { StatusId } from "@regulars/core/plans/ids";
import type { RefusalGiven } from "@regulars/core/plans/refusal";
import type { Result } from "@regulars/core/result";
import { type ChangeDealInput, type DealChanged, type StaleDeal, changeDeal } from "./change-deal.ts";
import { judgeMove } from "./judge-deal.ts";

export interface MoveDealInput extends ChangeDealInput {
  readonly to: StatusId;
  readonly given?: RefusalGiven | undefined;
}

/** Moves a deal to another status: the one way of drag, list, mass action, API and tunnel (sales-plans.md 5.10, 5.12). */
export function moveDeal(input: MoveDealInput): Promise<Result<DealChanged> | StaleDeal> {
  const { context, to, given = {}, actorId } = input;
  return changeDeal(input, judgeMove(context.store, to, given, actorId));
}
