import { createRoute } from "@hono/zod-openapi";
import { actorId } from "@regulars/core/access/actor";
import { holds } from "@regulars/core/access/may";
import { type CustomerId } from "@regulars/core/platform/values";
import { type OptOutSubject, optOutSubjectSchema } from "@regulars/core/relationships/opt-out";
import { changeOptOut } from "@regulars/flows/who-knows/change-opt-out";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { body, idempotencyHeader, json, problems } from "../http/schemas.ts";
import { sendAbout } from "../http/send-after.ts";

const looks = demand("settings.manage", "insights.view_own", "insights.view_team", "insights.view_all");

const optOutAnswer = z
  .object({ subject: optOutSubjectSchema, at: z.string(), by: z.string() })
  .meta({ id: "OptOut", description: "Somebody of whom who knows whom says nothing" });

const list = createRoute({
  method: "get",
  path: "/who-knows/opt-outs",
  tags: ["Who knows whom"],
  summary: "Who is out; without settings.manage only whether you are",
  middleware: [looks],
  responses: { 200: json(z.object({ data: z.array(optOutAnswer) }), "The opt-outs"), ...problems() },
});

const change = createRoute({
  method: "put",
  path: "/who-knows/opt-outs",
  tags: ["Who knows whom"],
  summary: "Take yourself out or back in, or as an admin a user, a team, a role or a person at a customer",
  middleware: [looks],
  request: {
    headers: idempotencyHeader,
    body: body(z.strictObject({ subject: optOutSubjectSchema, isOut: z.boolean() }), {
      subject: { type: "user", id: "anna" },
      isOut: true,
    }),
  },
  responses: {
    200: json(z.object({ subject: optOutSubjectSchema, isOut: z.boolean() }), "It holds from the next answer on"),
    ...problems("write"),
  },
});

const isOneself = ({ var: { actor } }: Context<ApiEnv>, { type, id }: OptOutSubject): boolean =>
  actor.type === "user" && type === "user" && id === actor.user.userId;

const manages = ({ var: { actor } }: Context<ApiEnv>): boolean => holds(actor, "settings.manage");

export const optOutRoutes = newRouter()
  .openapi(list, async (c) => {
    const all = await c.var.store.whoKnows.optOuts();
    const data = all.filter(({ subject }) => manages(c) || isOneself(c, subject));
    return c.json({ data: data.map((one) => ({ ...one })) }, 200);
  })
  .openapi(change, async (c) => {
    const { subject, isOut } = c.req.valid("json");
    if (!manages(c) && !isOneself(c, subject))
      throw refused({ reason: "not-allowed", message: "you may opt out only yourself: others need settings.manage" });
    const settle = sendAbout<CustomerId>(c, "rebuilds", (customerId) => ({ customerIds: [customerId] }));
    await changeOptOut({
      store: c.var.store.whoKnows,
      subject,
      isOut,
      by: actorId(c.var.actor),
      now: nowOf(c),
      companion: companionFor(c, 200, { subject, isOut }),
      settleAt: settle,
    });
    return c.json({ subject, isOut }, 200);
  });
