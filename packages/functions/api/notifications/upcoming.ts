import { createRoute } from "@hono/zod-openapi";
import { previewMessages, upcomingJson } from "@regulars/flows/notifications/preview";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { json, problems } from "../http/schemas.ts";

const tags = ["Notifications"];

/** A message that would be sent, or not, and why. */
export const upcomingSchema = z
  .object({
    at: z.string(),
    userId: z.string().nullable(),
    type: z.string(),
    notificationId: z.string().nullable().meta({ description: "Null: the next nightly run makes it" }),
    kinds: z.array(z.string()),
    channel: z.string(),
    send: z.enum(["send", "drop"]),
    why: z.string(),
  })
  .meta({ id: "UpcomingMessage" });

const preview = createRoute({
  method: "get",
  path: "/notifications/preview",
  tags,
  summary: "What would be sent to whom in the next 24 hours and why",
  middleware: [demand("notifications.manage")],
  responses: { 200: json(z.object({ data: z.array(upcomingSchema) }), "The messages"), ...problems() },
});

/** What would be sent in the next hours. */
export const upcomingRoutes = newRouter().openapi(preview, async (c) => {
  const { tenant, store, catalog, runtime } = c.var;
  const messages = await previewMessages({ tenant, catalog, store, now: runtime.clock() });
  return c.json({ data: messages.map(upcomingJson) }, 200);
});
