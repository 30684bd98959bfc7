import { createRoute } from "@hono/zod-openapi";
import { rewindRefusal } from "@regulars/core/nightly/rewind";
import { untoldJson, untoldReasons } from "@regulars/core/nightly/untold";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Notification, notificationStates } from "@regulars/core/notifications/notification";
import { whyText } from "@regulars/core/notifications/why";
import { daySchema, toInstant } from "@regulars/core/platform/values";
import { channelOf } from "@regulars/core/notifications/channel";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { Problem, refused } from "../http/problem.ts";
import {
  WRITE_PROBLEMS,
  body,
  dayField,
  json,
  idempotencyHeader,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
} from "../http/schemas.ts";

const nightlySchema = z
  .object({
    asOf: z.string(),
    customers: z.int(),
    kinds: z.record(z.string(), z.object({ eligible: z.int(), found: z.int() })),
    setAside: z
      .object({ count: z.int(), first: z.array(z.object({ customerId: z.string(), reason: z.string() })) })
      .optional()
      .describe("Customers that the nightly run passed over, with the reason: their findings stayed as they were"),
    untold: z
      .array(
        z.object({
          reason: z.enum(untoldReasons),
          why: z.string(),
          entries: z.int(),
          customers: z.int(),
          first: z.array(z.string()),
          users: z.array(z.string()),
        }),
      )
      .optional()
      .describe(
        "Entries to act on that are in nobody's digest, by reason: how many, of how many customers, the first of these, and the users whom the reason is about",
      ),
  })
  .meta({ id: "NightlyRun", description: "What the last nightly run read and found" });

const readNightly = createRoute({
  method: "get",
  path: "/nightly-runs/last",
  tags: ["Nightly runs"],
  summary: "The last nightly run's record",
  middleware: [demand("nightly.run", "insights.view_all")],
  responses: { 200: json(nightlySchema, "The record"), ...problems(404) },
});

const startNightly = createRoute({
  method: "post",
  path: "/nightly-runs",
  tags: ["Nightly runs"],
  summary: "Run the nightly job now; the same day again writes nothing and sends nothing; an earlier day is refused",
  middleware: [demand("nightly.run")],
  request: {
    headers: idempotencyHeader,
    body: body(
      z
        .strictObject({
          asOf: dayField.optional().meta({ description: "The day to evaluate; default: the last completed one" }),
          isOnHold: z.boolean().optional().meta({ description: "true: save the findings, but send no messages" }),
          mayRewind: z.boolean().optional().meta({
            description:
              "true: run even if a later day's nightly run has run; findings go back to this day, no messages are sent",
          }),
        })
        .meta({ id: "NightlyRunFields" }),
      { asOf: "2026-11-22", isOnHold: true },
    ),
  },
  responses: {
    202: json(z.object({ asOf: z.string() }), "It is queued"),
    ...problems(400, 409, 413, 415, 422),
  },
});

const toldSchema = z
  .object({ at: z.string(), detail: z.string().optional() })
  .nullable()
  .describe("When the mail's provider told so, and what the receiver's server said");

export const notificationSchema = z
  .object({
    id: z.string(),
    channel: z.enum(["email", "slack"]),
    asOf: z.string(),
    state: z.enum(notificationStates),
    dueAt: z.string(),
    sentAt: z.string().nullable(),
    attempts: z.int(),
    lastError: z.string().nullable(),
    queuedAt: z.string().nullable().meta({ description: "It waits when it is due later" }),
    why: z.string().nullable().meta({ description: "Why it is sent then: the rule and whose preference it is" }),
    note: z.string().nullable().meta({ description: "Why it was dropped, or the message that it is part of" }),
    maybeDuplicate: z.boolean(),
    delivered: toldSchema,
    delayed: toldSchema,
    bounced: toldSchema,
    complained: toldSchema,
    rejected: toldSchema,
  })
  .meta({ id: "Delivery", description: "A message that was sent or is waiting" });

const listNotifications = createRoute({
  method: "get",
  path: "/notifications",
  tags: ["Nightly runs"],
  summary: "Notifications, latest first; with a state filter, a page may be short without being the last",
  middleware: [demand("notifications.manage")],
  request: { query: z.object({ state: z.enum(notificationStates).optional(), ...pageQuery }) },
  responses: { 200: json(pageAnswerSchemaOf(notificationSchema), "Deliveries"), ...problems(400, 409) },
});

const retryNotifications = createRoute({
  method: "post",
  path: "/notifications/retry",
  tags: ["Nightly runs"],
  summary: "Send failed notifications again",
  middleware: [demand("notifications.manage")],
  request: { headers: idempotencyHeader },
  responses: {
    202: json(z.object({ released: z.int() }), "How many will be sent again"),
    ...problems(...WRITE_PROBLEMS),
  },
});

const notificationJson = ({
  id,
  message,
  state,
  dueAt,
  sentAt,
  attempts,
  lastError,
  queuedAt,
  why,
  note,
  maybeDuplicate,
  providerId,
  ...fatesTold
}: Notification) => ({
  id,
  channel: channelOf(message, providerId),
  asOf: message.asOf,
  state,
  dueAt,
  sentAt: sentAt ?? null,
  attempts,
  lastError: lastError ?? null,
  queuedAt: queuedAt ?? null,
  why: why === undefined ? null : whyText(why),
  note: note ?? null,
  maybeDuplicate: maybeDuplicate ?? false,
  delivered: fatesTold.delivered ?? null,
  delayed: fatesTold.delayed ?? null,
  bounced: fatesTold.bounced ?? null,
  complained: fatesTold.complained ?? null,
  rejected: fatesTold.rejected ?? null,
});

/** The step of a run that was asked for without a day. */
const DAY_CHOSEN = "day";

export const nightlyRoutes = newRouter()
  .openapi(readNightly, async (c) => {
    const nightly = await c.var.store.nightly.lastNightly();
    if (nightly === undefined)
      throw new Problem({
        status: 404,
        code: "no-nightly-run",
        detail: "no nightly run has run yet: POST /v1/nightly-runs runs one",
      });
    const { setAside, untold, callList: _callList, ...rest } = nightly;
    const passedOver =
      setAside === undefined ? {} : { setAside: { count: setAside.count, first: [...setAside.first] } };
    const toldNobody = untold === undefined ? {} : { untold: untold.map(untoldJson) };
    return c.json({ ...rest, kinds: { ...nightly.kinds }, ...passedOver, ...toldNobody }, 200);
  })
  .openapi(startNightly, async (c) => {
    const { tenant, runtime, store } = c.var;
    const { asOf: wanted, isOnHold = false, mayRewind = false } = c.req.valid("json");
    const now = toInstant(runtime.clock());
    const { claim } = c.var;
    // An interrupted attempt may have begun on another day.
    const begun = claim?.steps.get(DAY_CHOSEN);
    const asOf = wanted ?? (begun === undefined ? lastCompletedDay(now, tenant.timeZone) : daySchema.parse(begun));
    const view = viewOfDay(asOf, tenant, now);
    if (!view.ok) throw refused(view);
    const rewind = mayRewind ? undefined : rewindRefusal(asOf, (await store.nightly.lastNightly())?.asOf);
    if (rewind !== undefined) throw refused(rewind);
    if (wanted === undefined && begun === undefined) await claim?.keepStep(DAY_CHOSEN, asOf);
    await runtime.queues.send("nightly", { tenantId: tenant.tenantId, asOf, isOnHold, mayRewind });
    return c.json({ asOf }, 202);
  })
  .openapi(listNotifications, async (c) => {
    const { store, cursors } = c.var;
    const { state, cursor, limit } = c.req.valid("query");
    const list = `deliveries ${state ?? ""}`;
    const { notifications, next } = await store.outbox.page({ limit, state, before: cursors.read(list, cursor) });
    return c.json(
      { data: notifications.map(notificationJson), next: next === undefined ? null : cursors.write(list, next) },
      200,
    );
  })
  .openapi(retryNotifications, async (c) => {
    const { store, tenant, runtime } = c.var;
    const { claim } = c.var;
    const done = new Set(claim?.steps.keys());
    const again = await store.outbox.retryFailed(toInstant(runtime.clock()), {
      done,
      companionOf: (id) => claim?.step(id, true),
    });
    const released = done.size + again;
    await runtime.queues.send("outgoing", { tenantId: tenant.tenantId });
    return c.json({ released }, 202);
  });
