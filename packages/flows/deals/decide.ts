import { reopenedDeal } from "@regulars/core/deals/cancel";
import { type Deal, closingOf } from "@regulars/core/deals/deal";
import type { StatusId } from "@regulars/core/platform/ids";
import { movedDeal } from "@regulars/core/deals/move";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { RefusalGiven } from "@regulars/core/sales-plans/refusal";
import { hasOwnerLeft, transferredDeal } from "@regulars/core/deals/transfer";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { Changed } from "./change-deal.ts";

/** Decides the change of a current deal; `undefined` if nothing is to be changed. */
export type Decision = (deal: Deal, plan: SalesPlan, at: Instant) => Promise<Result<Changed | undefined>>;

/**
 * Moves to another status, and closes the deal if that status is a closing one (docs/reference/sales-plans.md 5.10,
 * 5.12).
 */
export const decideMove =
  (store: SalesStore, to: StatusId, given: RefusalGiven, actorId: string): Decision =>
  async (deal, plan, at) => {
    const moved = movedDeal(deal, to, given, { stages: plan, reasons: await store.salesPlans.reasons(), at });
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
  };

/**
 * Cancels a closing: the deal is open again; the closing keeps its reason and clarification, and records who cancelled
 * it and when (docs/reference/sales-plans.md 5.11). If the person has got another open deal in the plan meanwhile, they
 * then have two.
 */
export const decideReopen =
  (store: SalesStore, comment: string | undefined, actorId: string): Decision =>
  async (deal, plan, at) => {
    const reopened = reopenedDeal(deal, plan, at);
    if (!reopened.ok) return reopened;
    const { to, fallback } = reopened.value;
    const [closings, openDealId] = await Promise.all([
      store.deals.closings(deal.dealId),
      deal.isExtra ? undefined : store.leads.openDealOf(deal.personId, deal.planId),
    ]);
    const standing = closings.findLast(({ cancelled }) => cancelled === undefined);
    const after = openDealId === undefined ? reopened.value.deal : { ...reopened.value.deal, isExtra: true };
    const { reasonId, clarification } = deal.closing ?? {};
    const log = {
      action: "cancelled" as const,
      before: {
        statusId: deal.statusId,
        ...(reasonId === undefined ? {} : { reasonId }),
        ...(clarification === undefined ? {} : { clarification }),
      },
      after: {
        statusId: to.statusId,
        ...(fallback === undefined ? {} : { fallback: true }),
        ...(fallback?.wanted === undefined ? {} : { wanted: fallback.wanted }),
        ...(hasOwnerLeft(deal, plan) ? { ownerLeft: true } : {}),
      },
      comment,
    };
    const cancelled = { at, actorId, ...(comment === undefined ? {} : { comment }) };
    return ok({ after, log, closing: standing === undefined ? undefined : { ...standing, cancelled } });
  };

/** Changes the manager; earlier closings stay with the manager who closed them. */
export const decideTransfer =
  (to: UserId, comment: string | undefined): Decision =>
  (deal, plan, at) => {
    const transferred = transferredDeal(deal, to, plan, at);
    if (!transferred.ok) return Promise.resolve(transferred);
    const after = transferred.value;
    if (after === undefined) return Promise.resolve(ok(undefined));
    const managers = { before: { managerId: deal.managerId }, after: { managerId: to } };
    return Promise.resolve(ok({ after, log: { action: "transferred" as const, ...managers, comment } }));
  };
