import { createRoute } from "@hono/zod-openapi";
import type { Deal } from "@regulars/core/deals/deal";
import { dealIdSchema, reasonIdSchema, statusIdSchema, sequenceOf } from "@regulars/core/platform/ids";
import { type LeadPayload, leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import { addToPlan } from "@regulars/flows/leads/add-to-plan";
import type { DealChanged, StaleDeal } from "@regulars/flows/deals/change-deal";
import { moveDeal } from "@regulars/flows/deals/move-deal";
import type { Result } from "@regulars/core/platform/result";
import type { Context } from "hono";
import * as z from "zod";
import { decide, demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { companionFor, keyOfRequest } from "../access/idempotency.ts";
import { allowing } from "./allowing.ts";
import { leadAccess, noDeal, seesDeal } from "./lead-access.ts";
import { parseBody } from "../http/parse-body.ts";
import { byWhom, dealIdOfPath, noteFault, salesContext, planIdOf, senderScope } from "../sales-plans/context.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";
import {
  planParam,
  EXAMPLE_DEAL,
  candidatesSchema,
  dealJson,
  dealAnswerSchema,
  explainedJson,
  leadBody,
} from "../sales-plans/schemas.ts";

const dealParam = planParam.extend({ dealId: lookup(EXAMPLE_DEAL) });
const edit = demand("deals.edit_own", "deals.edit_bulk", "deals.edit_all");

const moveFields = {
  statusId: statusIdSchema.meta({ example: "st_talk" }),
  reasonId: reasonIdSchema.optional(),
  clarification: z.string().trim().max(500).optional(),
};

const hiddenDealSchema = z
  .object({ planId: z.string(), dealId: z.null(), duplicate: z.literal(true) })
  .meta({ id: "HiddenDeal", description: "The person has an open deal in the plan, which the caller does not see" });

const addDeal = createRoute({
  method: "post",
  path: "/plans/{planId}/deals",
  tags: ["Deals"],
  summary: "Add a deal by hand, in any status",
  middleware: [edit],
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

const move = createRoute({
  method: "patch",
  path: "/plans/{planId}/deals/{dealId}",
  tags: ["Deals"],
  summary: "Move a deal to another status; a lost one may need a refusal reason",
  middleware: [edit],
  request: {
    headers: idempotencyHeader,
    params: dealParam,
    body: body(z.strictObject({ ...moveFields, version: z.int().min(1).optional() }), { statusId: "st_talk" }),
  },
  responses: { 200: json(dealAnswerSchema, "The changed deal"), ...problems("write", 404) },
});

const itemSchema = z.object({
  dealId: z.string(),
  status: z.int(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});

const moveMany = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/~move",
  tags: ["Deals"],
  summary: "Move up to 100 deals, each independently",
  middleware: [demand("deals.edit_bulk", "deals.edit_all")],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    body: body(z.strictObject({ ...moveFields, dealIds: z.array(dealIdSchema).min(1).max(100) }), {
      dealIds: [EXAMPLE_DEAL],
      statusId: "st_talk",
    }),
  },
  responses: {
    200: json(z.object({ data: z.array(itemSchema) }), "The result of each deal"),
    ...problems("write", 404),
  },
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

/** The changed deal; throws a problem if the change was refused. */
export function changedDeal(changed: Result<DealChanged> | StaleDeal): Deal {
  if (!changed.ok && "winner" in changed)
    throw new Problem({
      status: 409,
      code: changed.reason,
      detail: changed.message,
      errors: [
        { path: "version", code: "stale", message: `is now ${changed.winner.version}, in ${changed.winner.statusId}` },
      ],
    });
  return valueOf(changed).deal;
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
  })
  .openapi(move, async (c) => {
    const { statusId, version, ...given } = c.req.valid("json");
    const changed = await moveDeal({
      context: salesContext(c),
      planId: planIdOf(c),
      sought: { dealId: dealIdOfPath(c) },
      to: statusId,
      given,
      version,
      ...byWhom(c),
      allow: allowing(c, "deal.edit"),
      companionOf: (deal) => companionFor(c, 200, dealJson(deal)),
    });
    return c.json(dealJson(changedDeal(changed)), 200);
  })
  .openapi(moveMany, async (c) => {
    const { statusId, dealIds, ...given } = c.req.valid("json");
    const [context, planId, by, allow] = [salesContext(c), planIdOf(c), byWhom(c), allowing(c, "deal.edit")];
    const data = [];
    const { claim } = c.var;
    for (const dealId of new Set(dealIds)) {
      const moved = { dealId, status: 200, code: null, detail: null };
      // An earlier attempt has moved it: it may have been moved on since.
      if (claim?.steps.has(dealId) === true) {
        data.push(moved);
        continue;
      }
      const companionOf = () => claim?.step(dealId, moved);
      const asked = { context, planId, sought: { dealId }, to: statusId, given, ...by, allow, companionOf };
      const changed = await moveDeal(asked);
      if (!changed.ok && changed.reason === "unknown-plan") throw refused(changed);
      const problem = changed.ok ? undefined : refused(changed);
      const answer = { code: problem?.code ?? null, detail: problem?.message ?? null };
      data.push({ dealId, status: problem?.status ?? 200, ...answer });
    }
    return c.json({ data }, 200);
  });
