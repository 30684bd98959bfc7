import type { OpenAPIHono } from "@hono/zod-openapi";
import * as z from "zod";
import type { ApiEnv } from "../http/environment.ts";
import { shownFields } from "../http/shown-fields.ts";
import { exampleDelivery } from "./event-examples.ts";
import { type EventStates, eventStates } from "./event-types.ts";

const HEADERS: Readonly<Record<string, string>> = {
  "webhook-id": "The delivery's id: the same with each attempt, so that a receiver takes it once",
  "webhook-timestamp": "When it was sent, in seconds since 1970",
  "webhook-signature":
    "Standard Webhooks: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, with the bytes of the secret after " +
    "`whsec_`; for a day after a rotation two of them, parted by a blank",
};

const text = z.string();
const shown = (schema: z.ZodObject) => z.strictObject(shownFields(schema));

/** The body of a delivery (docs/api.md, "Webhooks"). */
const bodySchema = (type: string, { current, previous }: EventStates) =>
  z.strictObject({
    type: z.literal(type),
    timestamp: text.meta({ format: "date-time", description: "When it happened" }),
    data: z.strictObject({
      current: shown(current),
      previous: previous === undefined ? z.null() : shown(previous).nullable(),
      actor: text.meta({ description: "Who did it: a user, an API key, or the system" }),
    }),
    meta: z.strictObject({
      id: text.meta({ description: "As in `webhook-id`" }),
      correlation_id: text.meta({ description: "The request that caused it" }),
      attempt: z.int().min(1),
      is_bulk_edit: z.boolean(),
    }),
  });

/** Describes what webhooks receive of each event type, with its made-up example. */
export function describeEvents({ openAPIRegistry }: OpenAPIHono<ApiEnv>): void {
  for (const [type, states] of eventStates) {
    const { headers, body } = exampleDelivery(type);
    const fields = Object.entries(HEADERS).map(([name, description]) => [
      name,
      text.meta({ description, example: headers[name] }),
    ]);
    openAPIRegistry.registerWebhook({
      method: "post",
      path: type,
      tags: ["Webhooks"],
      summary: `Sent of each event ${type}, to the webhooks that subscribe to it`,
      security: [],
      request: {
        headers: z.object(Object.fromEntries(fields)),
        body: {
          required: true,
          content: { "application/json": { schema: bodySchema(type, states), example: JSON.parse(body) } },
        },
      },
      responses: {
        "2XX": { description: "Received; any other answer, and none within 15 seconds, is tried again" },
        410: { description: "The webhook is switched off" },
      },
    });
  }
}
