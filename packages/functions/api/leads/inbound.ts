import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import {
  type InboundAnswer,
  answerAdd,
  answerDryRun,
  answerMove,
  answerRemove,
  requiresStrict,
} from "./inbound-answers.ts";
import { takeForms } from "./form-body.ts";
import { noteInboundRequest, notedItem } from "./inbound-log.ts";
import { KEY, keyOfRequest } from "../access/idempotency.ts";
import { planOf } from "../sales-plans/context.ts";
import { body, json, idempotencyHeader, problems } from "../http/schemas.ts";
import { removalBody, statusBody } from "./schemas.ts";
import { planParam, EXAMPLE_DEAL, assignmentAnswerSchema, candidatesSchema, leadBody } from "../sales-plans/schemas.ts";

const strictQuery = z.enum(["true", "false"]).optional().meta({
  description:
    "true: reject unknown fields, and all others that cannot be used, instead of keeping them; a strict key always does",
});

const notUsedSchema = z
  .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
  .optional()
  .meta({ description: "What of the lead could not be used: it is kept on the deal, and the lead is not lost for it" });

/** Who sends, for machines that sign or cannot set headers. */
const senderQuery = z.object({
  sender: z.string().optional().meta({
    description:
      "TENANT:NAME of the sender of a signed request (Standard Webhooks 1.0.0), as the key's answer tells it",
  }),
  key: z.string().optional().meta({ description: "An API key, for programs that cannot set headers" }),
});

const inboundHeaders = idempotencyHeader.extend({
  "webhook-id": z.string().optional().meta({
    description: "Of a signed request: the same for every attempt; without an Idempotency-Key it is that, too",
  }),
  "webhook-timestamp": z.string().optional().meta({ description: "Of a signed request: seconds since 1970" }),
  "webhook-signature": z.string().optional().meta({
    description: "v1, and the base64 HMAC-SHA256 of ID.TIMESTAMP.BODY under the key's signing secret",
  }),
});

const FORMS =
  "JSON, or a form (urlencoded or multipart): its fields name, email, phone, … as flat JSON has them, person.email or person[email] for any place of a lead, utm_source and the like; the rest is kept in fields";

const addedSchema = z
  .object({
    dealId: z.string(),
    planId: z.string(),
    personId: z.string().nullable(),
    statusId: z.string().nullable(),
    duplicate: z.boolean(),
    assignment: assignmentAnswerSchema,
    version: z.int().nullable(),
    requestId: z.string(),
    notUsed: notUsedSchema,
  })
  .meta({ id: "AddedLead" });

const dryRunSchema = z
  .object({
    dryRun: z.literal(true),
    assignment: candidatesSchema,
    duplicate: z.boolean().meta({ description: "Its person has an open deal in the plan and would get no second one" }),
    dealId: z.string().nullable().meta({ description: "That deal" }),
    notUsed: notUsedSchema,
  })
  .meta({ id: "LeadDryRun" });

const changedSchema = z
  .object({ dealId: z.string(), planId: z.string(), statusId: z.string(), version: z.int(), requestId: z.string() })
  .meta({ id: "ChangedDeal" });

const exampleLead = {
  person: { externalId: "sub881", name: "Olena K.", email: "o@example.com", phone: "+380671234567" },
  deal: { title: "Course A", amount: "199.00", currency: "EUR" },
  source: { tunnelId: "42", blockId: "9", utm: { source: "ig" } },
  onDuplicate: "return",
  occurredAt: "2026-11-23T08:00:00Z",
  fields: { landingPage: "spring", visits: [3, { page: "prices" }] },
};

const inboundProblems = problems("write", 404, 410);

const add = createRoute({
  method: "post",
  path: "/hooks/plans/{planId}/leads",
  tags: ["Inbound webhooks"],
  summary: "Add a lead to a sales plan, exactly once even if it is sent repeatedly",
  middleware: [takeForms, noteInboundRequest("leads.add"), demand("leads.add")],
  request: {
    headers: inboundHeaders,
    params: planParam,
    query: senderQuery.extend({
      dryRun: z
        .enum(["true", "false"])
        .optional()
        .meta({ description: "true: only answer the assignment, store nothing" }),
      strict: strictQuery,
    }),
    body: { ...body(leadBody, exampleLead), description: FORMS },
  },
  responses: {
    201: json(addedSchema, "The deal is stored and assigned"),
    200: json(
      z.union([addedSchema, dryRunSchema]),
      "It was added before, its person has an open deal, or it is a dry run",
    ),
    202: json(addedSchema, "It is stored and will be assigned; Location has the deal's address"),
    ...inboundProblems,
  },
});

const itemKey = z
  .string()
  .regex(KEY, "is not 1 to 255 visible characters")
  .meta({ description: "Default: the request's Idempotency-Key and the item's number" });

const batch = createRoute({
  method: "post",
  path: "/hooks/plans/{planId}/leads/~batch",
  tags: ["Inbound webhooks"],
  summary: "Add up to 100 leads, each with its own key and answer",
  middleware: [demand("leads.add")],
  request: {
    headers: inboundHeaders,
    params: planParam,
    query: senderQuery.extend({ strict: strictQuery }),
    body: body(
      z.strictObject({
        items: z
          .array(z.strictObject({ key: itemKey.optional(), lead: leadBody }))
          .min(1)
          .max(100),
      }),
      { items: [{ key: "run3:sub881", lead: exampleLead }] },
    ),
  },
  responses: {
    200: json(
      z.object({ items: z.array(z.looseObject({ status: z.int() })) }),
      "The answer of each, as it would be by itself, with its status",
    ),
    ...inboundProblems,
  },
});

const changeStatus = createRoute({
  method: "post",
  path: "/hooks/plans/{planId}/deals/~status",
  tags: ["Inbound webhooks"],
  summary: "Change a deal's status; the deal is given by its id, or as the open one of a person",
  middleware: [noteInboundRequest("deals.change_status"), demand("deals.change_status")],
  request: {
    headers: inboundHeaders,
    params: planParam,
    query: senderQuery,
    body: body(statusBody, { dealId: EXAMPLE_DEAL, statusId: "st_talk" }),
  },
  responses: { 200: json(changedSchema, "The deal's status now"), ...inboundProblems },
});

const remove = createRoute({
  method: "post",
  path: "/hooks/plans/{planId}/deals/~remove",
  tags: ["Inbound webhooks"],
  summary: "Remove a deal from its sales plan",
  middleware: [noteInboundRequest("deals.remove"), demand("deals.remove")],
  request: {
    headers: inboundHeaders,
    params: planParam,
    query: senderQuery,
    body: body(removalBody, { dealId: EXAMPLE_DEAL }),
  },
  responses: { 200: json(changedSchema, "It is removed"), ...inboundProblems },
});

/** Sets an answer's headers; returns its body. */
function respond<B>(c: Context<ApiEnv>, { headers, body: said }: InboundAnswer<number, B>): B {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return said;
}

export const inboundRoutes = newRouter()
  .openapi(add, async (c) => {
    if (c.req.valid("query").dryRun === "true")
      return c.json(await answerDryRun(c, c.req.valid("json"), requiresStrict(c)), 200);
    const answer = await answerAdd(c, c.req.valid("json"), { isStrict: requiresStrict(c) });
    return c.json(respond(c, answer), answer.status);
  })
  .openapi(batch, async (c) => {
    await planOf(c);
    const isStrict = requiresStrict(c);
    const ofAll = keyOfRequest(c);
    const items = await Promise.all(
      c.req.valid("json").items.map(async ({ key: own, lead }, nth) => {
        const key = own ?? (ofAll === undefined ? undefined : `${ofAll}#${nth}`);
        const { status, body: said } = await notedItem(c, { lead, key, nth }, () =>
          answerAdd(c, lead, { isStrict, key: key ?? null }),
        );
        return { ...said, status };
      }),
    );
    return c.json({ items }, 200);
  })
  .openapi(changeStatus, async (c) => {
    const answer = await answerMove(c, c.req.valid("json"));
    return c.json(respond(c, answer), 200);
  })
  .openapi(remove, async (c) => {
    const answer = await answerRemove(c, c.req.valid("json"));
    return c.json(respond(c, answer), 200);
  });
