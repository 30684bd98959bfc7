import { type Result, ok, refuse } from "../platform/result.ts";
import type { Instant } from "../platform/values.ts";
import type { Deal } from "./deal.ts";
import type { StatusId } from "../platform/ids.ts";
import { type Stages, type Status, statusNow } from "../sales-plans/status.ts";

/** A reopened deal, and whether it got the requested status. */
interface Reopened {
  readonly deal: Deal;
  readonly to: Status;
  /** Set when the requested status does not exist (any more): its name, where it had one. */
  readonly fallback?: { readonly wanted?: string | undefined } | undefined;
}

/**
 * "Cancel deal": a lost deal returns to the status it was closed from, a won one to the last intermediate status that
 * is currently configured before the won status, even if the deal never was in it. Amount and manager stay; reason and
 * clarification are kept only on the closed outcome (docs/reference/sales-plans.md 5.11).
 */
export function reopenedDeal(
  deal: Deal,
  stages: Stages,
  at: Instant,
): Result<Reopened, "not-closed" | "deal-removed" | "no-intermediate"> {
  const { dealId, closing } = deal;
  if (deal.removedAt !== undefined) return refuse("deal-removed", `deal ${dealId} is no longer in the plan`);
  if (closing === undefined) return refuse("not-closed", `deal ${dealId} is open: there is no closing to cancel`);
  const target = closing.kind === "won" ? beforeWon(stages) : closedFrom(stages, closing.fromStatusId);
  if (target === undefined) return refuse("no-intermediate", "the plan has no intermediate status to return to");
  const { closing: _closing, ...open } = deal;
  const reopened = { ...open, statusId: target.to.statusId, version: deal.version + 1, changedAt: at };
  return ok({ deal: reopened, ...target });
}

type Target = Omit<Reopened, "deal">;

const firstOpen = ({ statuses }: Stages): Status | undefined => statuses.find(({ kind }) => kind === "intermediate");

/** "The previous intermediate status configured in your CRM": the greatest position below the won status. */
function beforeWon(stages: Stages): Target | undefined {
  const won = stages.statuses.findIndex(({ kind }) => kind === "won");
  const before = stages.statuses.findLast(({ kind }, at) => kind === "intermediate" && at < won);
  if (before !== undefined) return { to: before };
  const first = firstOpen(stages);
  return first === undefined ? undefined : { to: first, fallback: {} };
}

function closedFrom(stages: Stages, wanted: StatusId | undefined): Target | undefined {
  const known = wanted === undefined ? undefined : statusNow(stages, wanted);
  const to = known?.kind === "intermediate" ? known : firstOpen(stages);
  if (to === undefined) return undefined;
  if (to.statusId === wanted) return { to };
  return { to, fallback: { wanted: stages.tombstones.find(({ statusId }) => statusId === wanted)?.name } };
}
