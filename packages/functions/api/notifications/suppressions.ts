import { createRoute } from "@hono/zod-openapi";
import { actorId } from "@regulars/core/access/actor";
import { type AddressRecord, suppressionReasons, suppressionText } from "@regulars/core/notifications/suppression";
import { userEmailSchema } from "@regulars/core/access/user-fields";
import { toInstant } from "@regulars/core/platform/values";
import { liftSuppression } from "@regulars/flows/notifications/note-mail-event";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { newRouter } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { body, idempotencyHeader, json, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";

const suppressionAnswer = z
  .object({
    address: z.string(),
    reason: z.enum(suppressionReasons),
    why: z.string().meta({ description: "The reason in a sentence, with what the receiver's server said" }),
    at: z.string(),
    notificationId: z.string().nullable(),
  })
  .meta({ id: "Suppression", description: "An address that gets no mail of the tenant" });

const list = createRoute({
  method: "get",
  path: "/suppressions",
  tags: ["Nightly runs"],
  summary: "Addresses that get no mail, because mails came back or were called spam",
  middleware: [demand("notifications.manage")],
  request: { query: z.object(pageQuery) },
  responses: {
    200: json(pageAnswerSchemaOf(suppressionAnswer), "Addresses, in the order of the alphabet"),
    ...problems(),
  },
});

const lift = createRoute({
  method: "post",
  path: "/suppressions/lift",
  tags: ["Nightly runs"],
  summary: "Send mail to an address again; what was reported before no longer counts",
  middleware: [demand("notifications.manage")],
  request: {
    headers: idempotencyHeader,
    body: body(z.strictObject({ address: userEmailSchema }).meta({ id: "LiftSuppression" }), {
      address: "lost@acme.example",
    }),
  },
  responses: {
    200: json(z.object({ address: z.string() }), "Mail goes to it again"),
    ...problems("write", 404),
  },
});

/** A suppressed address, as lists show it. */
const suppressionJson = ({ address, suppressed }: AddressRecord) =>
  suppressed === undefined
    ? []
    : [
        {
          address,
          reason: suppressed.reason,
          why: suppressionText(suppressed),
          at: suppressed.at,
          notificationId: suppressed.notificationId ?? null,
        },
      ];

export const suppressionRoutes = newRouter()
  .openapi(list, async (c) => {
    const { store, cursors } = c.var;
    const { cursor, limit } = c.req.valid("query");
    const { records, next } = await store.suppressions.page({ limit, after: cursors.read("suppressions", cursor) });
    const data = records.flatMap(suppressionJson);
    return c.json({ data, next: next === undefined ? null : cursors.write("suppressions", next) }, 200);
  })
  .openapi(lift, async (c) => {
    const { store, runtime, actor } = c.var;
    const { address } = c.req.valid("json");
    const lifted = await liftSuppression({
      suppressions: store.suppressions,
      address,
      by: actorId(actor),
      now: toInstant(runtime.clock()),
      companion: companionFor(c, 200, { address }),
    });
    if (!lifted.ok) throw refused(lifted);
    return c.json({ address }, 200);
  });
