import { createRoute } from "@hono/zod-openapi";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Delivery, deliveryStates } from "@regulars/core/notifications/notification";
import { toInstant } from "@regulars/core/platform/values";
import * as z from "zod";
import { demand } from "../access/authenticate.ts";
import { newRouter } from "../http/environment.ts";
import { Problem, refused } from "../http/problem.ts";
import { WRITE_PROBLEMS, body, dayField, json, onceHeader, pageOf, pageQuery, problems } from "../http/schemas.ts";

const nightSchema = z
  .object({
    asOf: z.string(),
    customers: z.int(),
    kinds: z.record(z.string(), z.object({ eligible: z.int(), found: z.int() })),
    setAside: z
      .object({ count: z.int(), first: z.array(z.object({ customerId: z.string(), reason: z.string() })) })
      .optional()
      .describe("Customers that the night passed over, with the reason: their findings stayed as they were"),
  })
  .meta({ id: "Night", description: "What the last night read and found" });

const readNight = createRoute({
  method: "get",
  path: "/nights/last",
  tags: ["Jobs"],
  summary: "The last night's record",
  middleware: [demand("nights.run", "insights.view_all")],
  responses: { 200: json(nightSchema, "The record"), ...problems(404) },
});

const startNight = createRoute({
  method: "post",
  path: "/nights",
  tags: ["Jobs"],
  summary: "Run the nightly job now; the same day again writes nothing and sends nothing",
  middleware: [demand("nights.run")],
  request: {
    headers: onceHeader,
    body: body(
      z
        .strictObject({
          asOf: dayField.optional().meta({ description: "The day to look back from; the last completed one without" }),
          isWithheld: z.boolean().optional().meta({ description: "Find and save, but send nothing" }),
        })
        .meta({ id: "NightFields" }),
      { asOf: "2026-11-22", isWithheld: true },
    ),
  },
  responses: {
    202: json(z.object({ asOf: z.string() }), "It is queued"),
    ...problems(400, 409, 413, 415, 422),
  },
});

const deliverySchema = z
  .object({
    id: z.string(),
    channel: z.enum(["email", "slack"]),
    asOf: z.string(),
    state: z.enum(deliveryStates),
    dueAt: z.string(),
    sentAt: z.string().nullable(),
    attempts: z.int(),
    lastError: z.string().nullable(),
    maybeDuplicate: z.boolean(),
  })
  .meta({ id: "Delivery", description: "A message that was sent, or waits to be" });

const listDeliveries = createRoute({
  method: "get",
  path: "/deliveries",
  tags: ["Jobs"],
  summary: "What was sent to whom, latest first; of one state a page may be short and not the last",
  middleware: [demand("deliveries.manage")],
  request: { query: z.object({ state: z.enum(deliveryStates).optional(), ...pageQuery }) },
  responses: { 200: json(pageOf(deliverySchema), "Deliveries"), ...problems(400, 409) },
});

const retryDeliveries = createRoute({
  method: "post",
  path: "/deliveries/retry",
  tags: ["Jobs"],
  summary: "Send again what was given up",
  middleware: [demand("deliveries.manage")],
  request: { headers: onceHeader },
  responses: {
    202: json(z.object({ released: z.int() }), "How many wait to be sent again"),
    ...problems(...WRITE_PROBLEMS),
  },
});

const deliveryJson = ({ id, message, state, dueAt, sentAt, attempts, lastError, maybeDuplicate }: Delivery) => ({
  id,
  channel: message.type === "alert" ? ("slack" as const) : ("email" as const),
  asOf: message.asOf,
  state,
  dueAt,
  sentAt: sentAt ?? null,
  attempts,
  lastError: lastError ?? null,
  maybeDuplicate: maybeDuplicate ?? false,
});

export const jobRoutes = newRouter()
  .openapi(readNight, async (c) => {
    const night = await c.var.store.night.lastNight();
    if (night === undefined)
      throw new Problem({ status: 404, code: "no-night", detail: "no night has run yet: POST /v1/nights runs one" });
    const { setAside, ...rest } = night;
    const passedOver =
      setAside === undefined ? {} : { setAside: { count: setAside.count, first: [...setAside.first] } };
    return c.json({ ...rest, kinds: { ...night.kinds }, ...passedOver }, 200);
  })
  .openapi(startNight, async (c) => {
    const { tenant, runtime } = c.var;
    const { asOf: wanted, isWithheld = false } = c.req.valid("json");
    const now = toInstant(runtime.clock());
    const asOf = wanted ?? lastCompletedDay(now, tenant.timeZone);
    const view = viewOfDay(asOf, tenant, now);
    if (!view.ok) throw refused(view);
    await runtime.queues.send("nights", { tenantId: tenant.tenantId, asOf, isWithheld });
    return c.json({ asOf }, 202);
  })
  .openapi(listDeliveries, async (c) => {
    const { store, cursors } = c.var;
    const { state, cursor, limit } = c.req.valid("query");
    const list = `deliveries ${state ?? ""}`;
    const { deliveries, next } = await store.outbox.page({ limit, state, before: cursors.read(list, cursor) });
    return c.json(
      { data: deliveries.map(deliveryJson), next: next === undefined ? null : cursors.write(list, next) },
      200,
    );
  })
  .openapi(retryDeliveries, async (c) => {
    const { store, tenant, runtime } = c.var;
    const released = await store.outbox.retryFailed(toInstant(runtime.clock()));
    await runtime.queues.send("deliveries", { tenantId: tenant.tenantId });
    return c.json({ released }, 202);
  });
