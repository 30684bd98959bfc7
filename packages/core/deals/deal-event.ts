import type { Instant } from "../platform/values.ts";
import type { WithNulls } from "../platform/immutable.ts";
import { type Deal, type DealAction, type DealClosing, isOpenDeal } from "./deal.ts";

/** What others may be told of a deal (docs/reference/sales-plans.md 7, "Outgoing"). */
export const dealEventTypes = [
  "deal.created",
  "deal.assigned",
  "deal.status_changed",
  "deal.closed",
  "deal.cancelled",
  "deal.removed",
] as const;
export type DealEventType = (typeof dealEventTypes)[number];

/** Fields of a deal that events leave out; every other one is in them, or it does not compile. */
type OmittedInEvents =
  | "closing"
  | "removedAt"
  | "isExtra"
  | "sequence"
  | "createdAt"
  | "changedAt"
  | "occurredAt"
  | "source"
  | "fields"
  | "assignment";

/** A deal as an event describes it: nothing that says who its person is. */
export type DealState = WithNulls<Omit<Deal, OmittedInEvents> & Pick<DealClosing, "reasonId" | "clarification">> & {
  readonly state: "open" | "won" | "lost" | "removed";
};

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
