import type { Currency, Instant, Minor, UserId } from "../platform/values.ts";
import { type Deal, type DealAction, isOpenDeal } from "./deal.ts";
import type { DealId, LeadPersonId, PlanId, ReasonId, StatusId } from "../platform/ids.ts";

/** What others may be told of a deal (sales-plans.md 7, "Outgoing"). */
export const dealEventTypes = [
  "deal.created",
  "deal.assigned",
  "deal.status_changed",
  "deal.closed",
  "deal.cancelled",
  "deal.removed",
] as const;
export type DealEventType = (typeof dealEventTypes)[number];

/** A deal as an event tells it: nothing that says who its person is. */
export interface DealState {
  readonly dealId: DealId;
  readonly planId: PlanId;
  readonly personId: LeadPersonId;
  readonly title: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly statusId: StatusId;
  readonly managerId: UserId | null;
  readonly state: "open" | "won" | "lost" | "removed";
  readonly reasonId: ReasonId | null;
  readonly clarification: string | null;
  readonly version: number;
}

export function dealState(deal: Deal): DealState {
  const { dealId, planId, personId, title, amountMinor, currency, statusId, managerId, closing, version } = deal;
  const state = isOpenDeal(deal) ? "open" : deal.removedAt !== undefined ? "removed" : (closing?.kind ?? "open");
  return {
    dealId,
    planId,
    personId,
    title,
    amountMinor,
    currency,
    statusId,
    managerId: managerId ?? null,
    state,
    reasonId: closing?.reasonId ?? null,
    clarification: closing?.clarification ?? null,
    version,
  };
}

/** A change of a deal, written down with the log's row until it has been made webhooks. */
export interface DealEvent {
  readonly types: readonly DealEventType[];
  readonly at: Instant;
  readonly actorId: string;
  readonly requestId: string;
  readonly isBulk: boolean;
  readonly previous?: DealState | undefined;
  readonly current: DealState;
}

const typesOfAction: Readonly<Record<DealAction, readonly DealEventType[]>> = {
  added: ["deal.created"],
  assigned: ["deal.assigned"],
  transferred: ["deal.assigned"],
  moved: ["deal.status_changed"],
  closed: ["deal.status_changed", "deal.closed"],
  cancelled: ["deal.status_changed", "deal.cancelled"],
  removed: ["deal.removed"],
  updated: [],
  duplicate: [],
};

/** What a row of the log is told as; a deal that comes with its manager is told as made and as assigned. */
export function eventTypesOf(action: DealAction, current: Deal): readonly DealEventType[] {
  if (action !== "added") return typesOfAction[action];
  return [
    "deal.created",
    ...(current.managerId === undefined ? [] : ["deal.assigned" as const]),
    ...(current.closing === undefined ? [] : ["deal.closed" as const]),
  ];
}
