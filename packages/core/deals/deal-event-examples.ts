import type { PublishedEvent } from "../platform/domain-event.ts";
import { toInstant } from "../platform/values.ts";
import { type Deal, type DealAction, dealSchema, logEntrySchema } from "./deal.ts";
import { type DealEventType, dealEvent } from "./deal-event.ts";

const BEGAN = Date.UTC(2026, 0, 15, 9, 30);
const HOUR_MS = 3_600_000;
const hour = (version: number): string => toInstant(BEGAN + (version - 1) * HOUR_MS);

/** A made-up deal after a change; it changes once an hour. */
const aDeal = (version: number, changed: Readonly<Record<string, unknown>> = {}): Deal =>
  dealSchema.parse({
    dealId: "deal_example_1",
    planId: "pln_example",
    personId: "per_example",
    title: "Acme: a yearly order",
    amountMinor: 125_000,
    currency: "EUR",
    statusId: "st_new",
    isExtra: false,
    version,
    createdAt: hour(1),
    changedAt: hour(version),
    ...changed,
  });

const managerId = "u-example";
const won = { kind: "won", fromStatusId: "st_talks", at: hour(4), clarification: "Ordered for a year" };

const added = aDeal(1);
const assigned = aDeal(2, { managerId });
const moved = aDeal(3, { managerId, statusId: "st_talks" });
const closed = aDeal(4, { managerId, statusId: "st_won", closing: won });
const reopened = aDeal(5, { managerId, statusId: "st_talks" });
const removed = aDeal(6, { managerId, statusId: "st_talks", removedAt: hour(6) });

function eventOf(action: DealAction, after: Deal, before?: Deal): PublishedEvent {
  const { dealId, version, changedAt: at } = after;
  const actor = { actorId: `user:${managerId}`, requestId: `request-example-${version}` };
  const entry = logEntrySchema.parse({ dealId, version, action, at, ...actor });
  return dealEvent(entry, { ...(before === undefined ? {} : { before }), after });
}

/** The life of a made-up deal: for each event type the change of it that is one. */
export const dealEventExamples: Readonly<Record<DealEventType, PublishedEvent>> = {
  "deal.created": eventOf("added", added),
  "deal.assigned": eventOf("assigned", assigned, added),
  "deal.status_changed": eventOf("moved", moved, assigned),
  "deal.closed": eventOf("closed", closed, moved),
  "deal.cancelled": eventOf("cancelled", reopened, closed),
  "deal.removed": eventOf("removed", removed, reopened),
};
