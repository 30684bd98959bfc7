import { createRoute } from "@hono/zod-openapi";
import { actorId } from "@regulars/core/access/actor";
import { notificationStates } from "@regulars/core/notifications/notification";
import { whyText } from "@regulars/core/notifications/why";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { readLog } from "@regulars/flows/notifications/read-log";
import { resend } from "@regulars/flows/notifications/resend";
import { deliveriesCsv } from "@regulars/render/notifications/deliveries-csv";
import { type Delivery, deliveryOf } from "@regulars/render/notifications/delivery";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { isInSlack } from "../../workers/tell-slack.ts";
import { companionFor } from "../access/idempotency.ts";
import { newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { body, json, idempotencyHeader, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { sendAfter } from "../http/send-after.ts";

const tags = ["Notifications"];

const toldSchema = z
  .object({ at: z.string(), detail: z.string().optional() })
  .nullable()
  .describe("When the mail's provider told so, and what the receiver's server said");

export const deliverySchema = z
  .object({
    id: z.string(),
    channel: z.enum(["email", "slack"]),
    to: z.string().nullable().meta({ description: "An address; of an alert the rep's user id, null for a channel's" }),
    subject: z.string(),
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
    providerId: z.string().nullable().meta({ description: "The receiver's id of the message" }),
    clicked: toldSchema.describe("When a button of it was clicked first in Slack, and which action"),
  })
  .meta({ id: "Delivery", description: "A message that was sent or is waiting" });

const listNotifications = createRoute({
  method: "get",
  path: "/notifications",
  tags,
  summary: "Notifications, latest first; with a state filter, a page may be short without being the last",
  middleware: [demand("notifications.manage")],
  request: { query: z.object({ state: z.enum(notificationStates).optional(), ...pageQuery }) },
  responses: { 200: json(pageAnswerSchemaOf(deliverySchema), "Deliveries"), ...problems(409) },
});

const retryNotifications = createRoute({
  method: "post",
  path: "/notifications/retry",
  tags,
  summary: "Send failed notifications again",
  middleware: [demand("notifications.manage")],
  request: { headers: idempotencyHeader },
  responses: {
    202: json(z.object({ released: z.int() }), "How many will be sent again"),
    ...problems("write"),
  },
});

const csvQuery = { state: z.enum(notificationStates).optional(), cursor: pageQuery.cursor };

const readCsv = createRoute({
  method: "get",
  path: "/notifications/csv",
  tags,
  summary: "The log as CSV, latest first; no cell is a formula. A Link header leads to the next part",
  middleware: [demand("notifications.manage")],
  request: { query: z.object(csvQuery) },
  responses: { 200: { description: "The log", content: { "text/csv": { schema: z.string() } } }, ...problems() },
});

const resendOne = createRoute({
  method: "post",
  path: "/notifications/resend",
  tags,
  summary: "Send one message again; refused while its address takes no mail",
  middleware: [demand("notifications.manage")],
  request: {
    headers: idempotencyHeader,
    body: body(z.strictObject({ notificationId: z.string().min(1).max(2_000) }).meta({ id: "ResendNotification" }), {
      notificationId: "notice:2026-05-04",
    }),
  },
  responses: {
    202: json(
      z.object({
        notificationId: z.string().meta({ description: "The one that is sent: of a sent message a further one" }),
      }),
      "It will be sent",
    ),
    ...problems("write", 404),
  },
});

const deliveryJson = ({ notification, ...shown }: Delivery) => {
  const { id, message, state, dueAt, sentAt, attempts, lastError, queuedAt, why, note, maybeDuplicate, ...told } =
    notification;
  return {
    id,
    ...shown,
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
    delivered: told.delivered ?? null,
    delayed: told.delayed ?? null,
    bounced: told.bounced ?? null,
    complained: told.complained ?? null,
    rejected: told.rejected ?? null,
    providerId: told.providerId ?? null,
    clicked: told.clicked ?? null,
  };
};

/** Rows of one CSV: an answer of a function has an end. */
const MOST_ROWS = 5_000;

export const deliveryRoutes = newRouter()
  .openapi(listNotifications, async (c) => {
    const { store, cursors } = c.var;
    const { state, cursor, limit } = c.req.valid("query");
    const list = `deliveries ${state ?? ""}`;
    const { notifications, next } = await store.outbox.page({ limit, state, before: cursors.read(list, cursor) });
    const { textOf } = c.var.catalog;
    return c.json(
      {
        data: notifications.map((one) => deliveryJson(deliveryOf(one, textOf))),
        next: next === undefined ? null : cursors.write(list, next),
      },
      200,
    );
  })
  .openapi(retryNotifications, async (c) => {
    const { store, runtime, claim } = c.var;
    sendAfter(c, "outgoing");
    const done = new Set(claim?.steps.keys());
    const again = await store.outbox.retryFailed(toInstant(runtime.clock()), {
      done,
      companionOf: (id) => claim?.step(id, true),
    });
    const released = done.size + again;
    return c.json({ released }, 202);
  })
  .openapi(readCsv, async (c) => {
    const { store, cursors, catalog } = c.var;
    const { state, cursor } = c.req.valid("query");
    const list = `deliveries ${state ?? ""}`;
    const before = cursors.read(list, cursor);
    const { notifications, next } = await readLog({ outbox: store.outbox, state, before, most: MOST_ROWS });
    const query = new URLSearchParams({
      ...(state === undefined ? {} : { state }),
      ...(next === undefined ? {} : { cursor: cursors.write(list, next) }),
    });
    return c.body(deliveriesCsv(notifications.map((one) => deliveryOf(one, catalog.textOf))), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="deliveries.csv"',
      ...(next === undefined ? {} : { link: `</v1/notifications/csv?${query}>; rel="next"` }),
    });
  })
  .openapi(resendOne, async (c) => {
    const { store, runtime, actor } = c.var;
    sendAfter(c, "outgoing");
    const { outbox: log, suppressions } = store;
    const resent = await resend({
      ...c.req.valid("json"),
      log,
      suppressions,
      addressOfUser: async (userId: UserId) => (await store.user(userId))?.email,
      isInSlack: (userId) => isInSlack(userId, store, runtime),
      by: actorId(actor),
      now: toInstant(runtime.clock()),
      companionOf: (answer) => companionFor(c, 202, answer),
    });
    return c.json({ notificationId: valueOf(resent).notificationId }, 202);
  });
