import { createRoute } from "@hono/zod-openapi";
import type { Deal } from "@regulars/core/deals/deal";
import { sequenceOf } from "@regulars/core/platform/ids";
import { type LeadPayload, leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import { addToPlan } from "@regulars/flows/leads/add-to-plan";
import type { Context } from "hono";
import * as z from "zod";
import { decide, demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { keyOfRequest } from "../access/idempotency.ts";
import { leadAccess, noDeal, seesDeal } from "./lead-access.ts";
import { dealEditors } from "../sales-plans/rights.ts";
import { parseBody } from "../http/parse-body.ts";
import { byWhom, dealIdOfPath, noteFault, salesContext, planIdOf, senderScope } from "../sales-plans/context.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, json, idempotencyHeader, problems } from "../http/schemas.ts";
import {
  dealParam,
  planParam,
  candidatesSchema,
  dealJson,
  dealAnswerSchema,
  explainedJson,
  leadBody,
} from "../sales-plans/schemas.ts";

const hiddenDealSchema = z
  .object({ planId: z.string(), dealId: z.null(), duplicate: z.literal(true) })
  .meta({ id: "HiddenDeal", description: "The person has an open deal in the plan, which the caller does not see" });

const addDeal = createRoute({
  method: "post",
  path: "/plans/{planId}/deals",
  tags: ["Deals"],
  summary: "Add a deal by hand, in any status",
  middleware: [dealEditors],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    body: body(leadBody, {
      person: { name: "Olena K.", email: "olena@example.com" },
      deal: { title: "Course A", amount: "199.00", statusId: "st_talk" },
      assign: { managerId: "anna" },
    }),
  },
  responses: {
    201: json(dealAnswerSchema, "The deal"),
    200: json(
      z.union([dealAnswerSchema, hiddenDealSchema]),
      "The person's open deal in this plan: no second one is added. Of a deal of somebody else only that it is there",
    ),
    202: json(z.object({ dealId: z.string() }), "It is stored and will be assigned"),
    ...problems("write", 404, 410),
  },
});

export const wholeDealSchema = dealAnswerSchema
  .extend({
    source: z.record(z.string(), z.unknown()).nullable().meta({ description: "The source of the lead" }),
    fields: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: "Other fields that its sender stored with it" }),
    notUsed: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string(), value: z.string() }))
      .meta({ description: "What its lead had that could not be used, with the values as text" }),
    occurredAt: z.string().nullable(),
  })
  .meta({ id: "WholeDeal" });

const readDeal = createRoute({
  method: "get",
  path: "/plans/{planId}/deals/{dealId}",
  tags: ["Deals"],
  summary: "One deal; a new one may not be assigned yet",
  middleware: [demand("deals.edit_own", "deals.edit_all", "leads.add")],
  request: { params: dealParam },
  responses: { 200: json(wholeDealSchema, "The deal, with its source and other fields"), ...problems(404) },
});

export const logSchema = z
  .object({
    at: z.string(),
    action: z.string(),
    actorId: z.string(),
    requestId: z.string(),
    version: z.int(),
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
    comment: z.string().nullable(),
    assignment: candidatesSchema.nullable(),
  })
  .meta({ id: "DealLogEntry", description: "One row of a deal's action log" });

const readLog = createRoute({
  method: "get",
  path: "/plans/{planId}/deals/{dealId}/log",
  tags: ["Deals"],
  summary: "A deal's action log, oldest first: all changes, and the reasons of assignments",
  middleware: [demand("deals.edit_own", "deals.edit_all")],
  request: { params: dealParam },
  responses: { 200: json(z.object({ data: z.array(logSchema) }), "The log"), ...problems(404) },
});

const recordOrNull = (answer: object | undefined) => (answer === undefined ? null : { ...answer });

/** A deal visible to the actor, and whether it still waits for assignment. */
export async function seenDeal(c: Context<ApiEnv>): Promise<{ deal: Deal; isWaiting: boolean }> {
  const { store } = c.var;
  const [planId, dealId] = [planIdOf(c), dealIdOfPath(c)];
  const stored = await store.sales.deals.deal(dealId);
  const sequence = stored === undefined ? sequenceOf(planId, dealId) : undefined;
  const waiting = sequence === undefined ? undefined : await store.sales.assignment.sequence(planId, sequence);
  const deal = stored ?? (waiting?.kind === "lead" ? waiting.deal : undefined);
  const plan = await store.sales.salesPlans.plan(planId);
  if (deal === undefined || plan === undefined || deal.planId !== planId) throw noDeal(dealId);
  const addedBy = waiting?.kind === "lead" ? waiting.actorId : undefined;
  if (!(await seesDeal(c, deal, plan, addedBy))) throw noDeal(dealId);
  return { deal, isWaiting: stored === undefined };
}

/** Actors who may edit only their own deals cannot add deals for others. */
function refuseOthers(c: Context<ApiEnv>, { assign }: LeadPayload): void {
  if (decide(c, "deal.add_for", { managerId: assign?.managerId ?? undefined })) return;
  throw refused({ reason: "not-allowed", message: "you may add deals only for yourself: leave managerId out" });
}

export const dealRoutes = newRouter()
  .openapi(addDeal, async (c) => {
    const lead = parseBody(leadPayloadSchema, c.req.valid("json"));
    refuseOthers(c, lead);
    const planId = planIdOf(c);
    const key = keyOfRequest(c);
    // The key leads to the deal: both are stored in one transaction.
    const sender = key === undefined ? undefined : { scope: `by-hand:${senderScope(c.var.actor)}`, key };
    const given = { context: salesContext(c), planId, lead, sender, access: leadAccess(c), ...byWhom(c) };
    const added = valueOf(await addToPlan(given));
    noteFault(c, added);
    if (added.isHidden) return c.json({ planId, dealId: null, duplicate: true as const }, 200);
    if (added.deal === undefined) return c.json({ dealId: added.dealId }, 202);
    return c.json(dealJson(added.deal), added.isDuplicate ? 200 : 201);
  })
  .openapi(readDeal, async (c) => {
    const { deal, isWaiting } = await seenDeal(c);
    const { source, fields, notUsed = [], occurredAt = null } = deal;
    const kept = { notUsed: notUsed.map((one) => ({ ...one })), occurredAt };
    const whole = { source: recordOrNull(source), fields: recordOrNull(fields), ...kept };
    return c.json({ ...dealJson(deal, isWaiting), ...whole }, 200);
  })
  .openapi(readLog, async (c) => {
    const { deal } = await seenDeal(c);
    const data = (await c.var.store.sales.deals.timeline(deal.dealId)).map((entry) => ({
      at: entry.at,
      action: entry.action,
      actorId: entry.actorId,
      requestId: entry.requestId,
      version: entry.version,
      before: { ...entry.before },
      after: { ...entry.after },
      comment: entry.comment ?? null,
      assignment: entry.assignment === undefined ? null : explainedJson(entry.assignment),
    }));
    return c.json({ data }, 200);
  });
