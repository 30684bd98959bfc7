import { dealEventTypes, dealStateSchema } from "@regulars/core/deals/deal-event";
import { healthBeforeSchema, healthEventTypes, healthStateSchema } from "@regulars/core/relationships/health-event";
import { statusEventTypes, statusStateSchema } from "@regulars/core/monitors/status-log";
import { webhookFieldsSchema } from "@regulars/core/webhooks/webhook";
import * as z from "zod";

/** What an event says of a thing: the state after it, and before it where that is told. */
export interface EventStates {
  readonly current: z.ZodObject;
  readonly previous?: z.ZodObject;
}

const all = (types: readonly string[], states: EventStates) => types.map((type) => [type, states] as const);

/** Every event type that a webhook can subscribe to, with its states. A feature names its own in core; its line is here. */
export const eventStates: ReadonlyMap<string, EventStates> = new Map([
  ...all(dealEventTypes, { current: dealStateSchema, previous: dealStateSchema }),
  ...all(healthEventTypes, { current: healthStateSchema, previous: healthBeforeSchema }),
  ...all(statusEventTypes, { current: statusStateSchema }),
]);

export const eventTypes: readonly string[] = [...eventStates.keys()];

/** A webhook's fields in a request; only events that exist. */
export const webhookBody = webhookFieldsSchema.extend({
  events: z.array(z.enum(eventTypes)).min(1).max(eventTypes.length).optional(),
});

/** An event type in an answer. */
export const eventTypeField = z.string().meta({ enum: [...eventTypes] });
