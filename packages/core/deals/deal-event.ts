import * as z from "zod";
import type { PublishedEvent } from "../platform/domain-event.ts";
import { type Shown, shownOf } from "../platform/shown.ts";
import { type Deal, type DealAction, type LogEntry, dealClosingSchema, isOpenDeal, shownDealSchema } from "./deal.ts";

/** Types of deal events that webhooks receive (docs/api.md, "Webhooks"). */
export const dealEventTypes = [
  "deal.created",
  "deal.assigned",
  "deal.status_changed",
  "deal.closed",
  "deal.cancelled",
  "deal.removed",
] as const;
export type DealEventType = (typeof dealEventTypes)[number];

/** A deal in an event, without its contact's personal details. */
export const dealStateSchema = shownDealSchema.extend({
  state: z.enum(["open", "won", "lost", "removed"]),
  reasonId: dealClosingSchema.shape.reasonId,
  clarification: dealClosingSchema.shape.clarification,
});
type DealState = Shown<typeof dealStateSchema>;

function dealState(deal: Deal): DealState {
  const { closing } = deal;
  const state = isOpenDeal(deal) ? "open" : deal.removedAt !== undefined ? "removed" : (closing?.kind ?? "open");
  return {
    ...shownOf(shownDealSchema, deal),
    state,
    reasonId: closing?.reasonId ?? null,
    clarification: closing?.clarification ?? null,
  };
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

/** Event types of a log entry; a deal that is added with a manager is both created and assigned. */
function eventTypesOf(action: DealAction, current: Deal): readonly DealEventType[] {
  if (action !== "added") return typesOfAction[action];
  return [
    "deal.created",
    ...(current.managerId === undefined ? [] : ["deal.assigned" as const]),
    ...(current.closing === undefined ? [] : ["deal.closed" as const]),
  ];
}

/** The event of a log entry, stored in its transaction until it is delivered to webhooks. */
export function dealEvent(
  { action, at, actorId, requestId, dealId, version }: LogEntry,
  {
    before,
    after,
    isBulk = false,
  }: { readonly before?: Deal; readonly after: Deal; readonly isBulk?: boolean | undefined },
): PublishedEvent {
  return {
    type: "published",
    eventId: `${dealId}_${version}`,
    eventTypes: eventTypesOf(action, after),
    at,
    actorId,
    requestId,
    isBulk,
    ...(before === undefined ? {} : { previous: dealState(before) }),
    current: dealState(after),
  };
}
