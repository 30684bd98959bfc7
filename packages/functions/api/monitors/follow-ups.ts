import { createRoute } from "@hono/zod-openapi";
import { type FollowUp, followUpChangeSchema } from "@regulars/core/monitors/follow-up";
import { idOfSegment } from "@regulars/core/platform/id-text";
import type { UserId } from "@regulars/core/platform/values";
import {
  changeFollowUp,
  completeFollowUp,
  dropFollowUp,
  findFollowUp,
  unknownFollowUp,
} from "@regulars/flows/monitors/change-follow-up";
import { listFollowUps } from "@regulars/flows/monitors/list-follow-ups";
import type { Context } from "hono";
import * as z from "zod";
import { looks } from "../access/decide.ts";
import { seenCustomer } from "../customers/visible-customer.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import {
  body,
  idempotencyHeader,
  json,
  lookup,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
  userIdField,
} from "../http/schemas.ts";
import { settleAfter } from "../http/send-after.ts";
import { byWhom, demandReview, followUpContextOf } from "./follow-up-context.ts";
import { followUpJson, followUpJsonSchema } from "./follow-up-schemas.ts";

const tags = ["Status monitors"];
const EXAMPLE = "company:acme:status:neglected:2026-11-20";
const params = z.object({ followUpId: lookup(EXAMPLE) });
const headers = idempotencyHeader;
const changed = { 200: json(followUpJsonSchema, "The follow-up"), ...problems("write", 404) };

const list = createRoute({
  method: "get",
  path: "/follow-ups",
  tags,
  summary: "The open follow-ups of a user, the earliest due day first",
  middleware: [looks],
  request: {
    query: z.object({
      userId: userIdField.optional().meta({ description: "Default: the actor", example: "anna" }),
      ...pageQuery,
    }),
  },
  responses: { 200: json(pageAnswerSchemaOf(followUpJsonSchema), "Follow-ups"), ...problems(404, 409) },
});

const listOfCustomer = createRoute({
  method: "get",
  path: "/customers/{customerId}/follow-ups",
  tags,
  summary: "A customer's follow-ups, with those of its persons and projects, by due day; ended ones too",
  middleware: [looks],
  request: { params: z.object({ customerId: lookup("acme") }), query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(followUpJsonSchema), "Follow-ups"), ...problems(404, 409) },
});

const read = createRoute({
  method: "get",
  path: "/follow-ups/{followUpId}",
  tags,
  summary: "One follow-up",
  middleware: [looks],
  request: { params },
  responses: { 200: json(followUpJsonSchema, "The follow-up"), ...problems(404) },
});

const change = createRoute({
  method: "patch",
  path: "/follow-ups/{followUpId}",
  tags,
  summary: "Change a follow-up's text, due day or user; it then stays when its status is left",
  middleware: [looks],
  request: { headers, params, body: body(followUpChangeSchema, { dueOn: "2026-12-01" }) },
  responses: changed,
});

const complete = createRoute({
  method: "post",
  path: "/follow-ups/{followUpId}/complete",
  tags,
  summary: "Complete a follow-up: it counts as an activity of its type from now on",
  middleware: [looks],
  request: { headers, params },
  responses: changed,
});

const drop = createRoute({
  method: "post",
  path: "/follow-ups/{followUpId}/drop",
  tags,
  summary: "Drop a follow-up that nobody is to do",
  middleware: [looks],
  request: { headers, params },
  responses: changed,
});

const unknown = (followUpId: string) => refused(unknownFollowUp(followUpId));

/** The follow-up of the address, when the caller sees its customer. */
async function followUpOf(c: Context<ApiEnv>): Promise<FollowUp> {
  const followUpId = idOfSegment(c.req.param("followUpId") ?? "");
  const followUp = await findFollowUp(followUpContextOf(c), followUpId);
  if (followUp === undefined) throw unknown(followUpId);
  await seenCustomer(c, followUp.owner.customerId, () => unknown(followUpId));
  return followUp;
}

/** What a change needs; a key that only views changes nothing. */
async function changing(c: Context<ApiEnv>) {
  const { followUpId, owner } = await followUpOf(c);
  await demandReview(c, await seenCustomer(c, owner.customerId));
  settleAfter(c, owner.customerId);
  return {
    context: followUpContextOf(c),
    followUpId,
    by: byWhom(c),
  };
}

/** Whose list is asked for: the caller's own, or that of a user whom they see. */
async function userOf(c: Context<ApiEnv>, userId: UserId | undefined): Promise<UserId> {
  const { actor } = c.var;
  const wanted = userId ?? (actor.type === "user" ? actor.user.userId : undefined);
  if (wanted === undefined)
    throw new Problem({ status: 400, code: "no-user", detail: "an API key has no list of its own: add ?userId=" });
  if ((await c.var.scope()).canSeeUser(wanted)) return wanted;
  throw new Problem({ status: 404, code: "unknown-user", detail: `there is no user ${wanted}` });
}

const byFollowUpId = ({ followUpId }: FollowUp): string => followUpId;

export const followUpRoutes = newRouter()
  .openapi(list, async (c) => {
    const { cursors, store } = c.var;
    const { userId, limit, cursor } = c.req.valid("query");
    const wanted = await userOf(c, userId);
    const scope = await c.var.scope();
    const open = await listFollowUps({ followUps: store.followUps, profiles: store.nightly, userId: wanted, scope });
    const place = { cursors, list: `follow-ups ${wanted}`, cursor, limit, idOf: byFollowUpId };
    const page = pageOfAll(open, place);
    return c.json({ data: page.data.map(followUpJson), next: page.next }, 200);
  })
  .openapi(listOfCustomer, async (c) => {
    const { cursors, store } = c.var;
    const { customerId } = await seenCustomer(c, c.req.valid("param").customerId);
    const { limit, cursor } = c.req.valid("query");
    const all = await store.followUps.ofCustomer(customerId);
    const page = pageOfAll(all, { cursors, list: `follow-ups of ${customerId}`, cursor, limit, idOf: byFollowUpId });
    return c.json({ data: page.data.map(followUpJson), next: page.next }, 200);
  })
  .openapi(read, async (c) => c.json(followUpJson(await followUpOf(c)), 200))
  .openapi(change, async (c) => {
    const asked = { ...(await changing(c)), change: c.req.valid("json"), nightly: c.var.store.nightly };
    return c.json(followUpJson(valueOf(await changeFollowUp(asked))), 200);
  })
  .openapi(complete, async (c) => c.json(followUpJson(valueOf(await completeFollowUp(await changing(c)))), 200))
  .openapi(drop, async (c) => c.json(followUpJson(valueOf(await dropFollowUp(await changing(c)))), 200));
