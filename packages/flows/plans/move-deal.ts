import type { Closing, Deal } from "@regulars/core/plans/deal";
import type { StatusId } from "@regulars/core/plans/ids";
import { movedDeal } from "@regulars/core/plans/move";
import type { RefusalGiven } from "@regulars/core/plans/refusal";
import { type Result, ok } from "@regulars/core/result";
import { type ChangeDealInput, type DealChanged, type StaleDeal, changeDeal } from "./change-deal.ts";

export interface MoveDealInput extends ChangeDealInput {
  readonly to: StatusId;
  readonly given?: RefusalGiven | undefined;
}

/** Moves a deal to another status: the one way of drag, list, mass action, API and tunnel (sales-plans.md 5.10, 5.12). */
export function moveDeal(input: MoveDealInput): Promise<Result<DealChanged> | StaleDeal> {
  const { context, to, given = {}, actorId } = input;
  return changeDeal(input, async (deal, plan, at) => {
    const moved = movedDeal(deal, to, given, { stages: plan, reasons: await context.store.reasons(), at });
    if (!moved.ok) return moved;
    const after = moved.value;
    if (after === undefined) return ok(undefined);
    const { reasonId, clarification } = after.closing ?? {};
    const log = {
      action: after.closing === undefined ? ("moved" as const) : ("closed" as const),
      before: { statusId: deal.statusId },
      after: {
        statusId: to,
        ...(reasonId === undefined ? {} : { reasonId }),
        ...(clarification === undefined ? {} : { clarification }),
      },
    };
    return ok({ after, log, closing: closingOf(after, actorId) });
  });
}

/** The closing that a deal's closing leaves for reports: plan and manager as they are now (sales-plans.md 5.13). */
function closingOf(deal: Deal, actorId: string): Closing | undefined {
  if (deal.closing === undefined) return undefined;
  const { dealId, planId, managerId, statusId, amountMinor, currency, version } = deal;
  return { ...deal.closing, dealId, planId, managerId, statusId, amountMinor, currency, version, actorId };
}
