import { type Result, ok, refuse } from "../platform/result.ts";
import type { Instant } from "../platform/values.ts";
import type { Deal } from "./deal.ts";
import type { ReasonId, StatusId } from "../platform/ids.ts";
import { type RefusalGiven, type RefusalProblem, type RefusalReason, checkRefusal } from "../sales-plans/refusal.ts";
import { type Stages, statusNow } from "../sales-plans/status.ts";

type MoveProblem = "unknown-status" | "deal-closed" | "deal-removed" | RefusalProblem;

/**
 * A deal moved to another status; every move in the product goes through this rule. A closed deal does not move, it
 * must be reopened first; a closing keeps the refusal reason; a move to the same status is `undefined`
 * (docs/reference/sales-plans.md 5.10).
 */
export function movedDeal(
  deal: Deal,
  to: StatusId,
  given: RefusalGiven,
  {
    stages,
    reasons,
    at,
  }: { readonly stages: Stages; readonly reasons: ReadonlyMap<ReasonId, RefusalReason>; readonly at: Instant },
): Result<Deal | undefined, MoveProblem> {
  if (deal.removedAt !== undefined) return refuse("deal-removed", `deal ${deal.dealId} is no longer in the plan`);
  const target = stages.statuses.find(({ statusId }) => statusId === to);
  if (target === undefined) return refuse("unknown-status", `the plan has no status ${to}`);
  const from = statusNow(stages, deal.statusId);
  if (from?.statusId === target.statusId) return ok(undefined);
  if (deal.closing !== undefined)
    return refuse("deal-closed", `deal ${deal.dealId} is closed: only "Cancel deal" opens it again`);
  const refusal = checkRefusal(target, given, reasons);
  if (!refusal.ok) return refusal;
  const moved = { ...deal, statusId: target.statusId, version: deal.version + 1, changedAt: at };
  if (target.kind === "intermediate") return ok(moved);
  const fromStatusId = from?.statusId ?? deal.statusId;
  return ok({ ...moved, closing: { kind: target.kind, fromStatusId, at, ...refusal.value } });
}
