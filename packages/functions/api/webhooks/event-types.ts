import { dealEventTypes } from "@regulars/core/deals/deal-event";
import { healthEventTypes } from "@regulars/core/relationships/health-event";
import { statusEventTypes } from "@regulars/core/monitors/status-log";
import { webhookFieldsSchema } from "@regulars/core/webhooks/webhook";
import * as z from "zod";

/** Every event type that a webhook can subscribe to. A feature names its own in core; its line is here. */
export const eventTypes: readonly string[] = [...dealEventTypes, ...healthEventTypes, ...statusEventTypes];

/** A webhook's fields in a request; only events that exist. */
export const webhookBody = webhookFieldsSchema.extend({
  events: z.array(z.enum(eventTypes)).min(1).max(eventTypes.length).optional(),
});

/** An event type in an answer. */
export const eventTypeField = z.string().meta({ enum: [...eventTypes] });
