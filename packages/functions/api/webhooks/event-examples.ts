import { dealEventExamples } from "@regulars/core/deals/deal-event-examples";
import { statusEventExamples } from "@regulars/core/monitors/status-event-examples";
import type { PublishedEvent } from "@regulars/core/platform/domain-event";
import { healthEventExamples } from "@regulars/core/relationships/health-event-examples";
import { bodyOfDelivery } from "@regulars/flows/webhooks/deliver-webhooks";
import { deliveryOf } from "@regulars/flows/webhooks/fan-out-due";
import { webhookHeaders } from "../../webhook-sender.ts";

/** Made up: it signs examples, and nothing that is sent. */
export const EXAMPLE_SECRET = `whsec_${Buffer.from("a made-up secret, for examples only").toString("base64")}`;

/** A made-up event of every type that a webhook can subscribe to. */
const eventExamples = new Map<string, PublishedEvent>(
  [dealEventExamples, healthEventExamples, statusEventExamples].flatMap((examples) => Object.entries(examples)),
);

/** What would be sent of a made-up event. */
export interface ExampleDelivery {
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON in one line, as it is signed. */
  readonly body: string;
}

/** The first attempt to deliver the made-up event of a type, made as deliveries are. */
export function exampleDelivery(type: string): ExampleDelivery {
  const event = eventExamples.get(type);
  if (event === undefined) throw new Error(`the event type ${type} has no example`);
  const delivery = deliveryOf(event, type, "wh_example");
  const [id, body] = [delivery.deliveryId, bodyOfDelivery(delivery)];
  return { type, headers: webhookHeaders({ id, body, secrets: [EXAMPLE_SECRET], atMs: Date.parse(event.at) }), body };
}
