import { createRoute } from "@hono/zod-openapi";
import { reaches } from "@regulars/core/actor";
import { type StatusId, reasonIdSchema, statusIdSchema } from "@regulars/core/plans/ids";
import { leadContactSchema } from "@regulars/core/plans/lead";
import {
  type Plan,
  editStatusSchema,
  newPlanSchema,
  newStatusSchema,
  planChangeSchema,
  unknownPlan,
} from "@regulars/core/plans/plan";
import { refusalReasonSchema } from "@regulars/core/plans/refusal";
import { userIdSchema } from "@regulars/core/values";
import { changePlan } from "@regulars/flows/plans/change-plan";
import { type StatusChange, changeStatuses } from "@regulars/flows/plans/change-statuses";
import { createPlan } from "@regulars/flows/plans/create-plan";
import { dryRunPlan } from "@regulars/flows/plans/dry-run-plan";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access.ts";
import { type ApiEnv, newRouter } from "../environment.ts";
import { receiptFor } from "../once.ts";
import { pageOfAll } from "../page.ts";
import { parseBody } from "../parse-body.ts";
import { byWhom, offerRest, planContext, planIdOf, wholeTenant } from "../plan-context.ts";
import { Problem, refused, valueOf } from "../problem.ts";
import { WRITE_PROBLEMS, body, json, lookup, onceHeader, pageOf, pageQuery, problems } from "../schemas.ts";
import {
  EXAMPLE_PLAN,
  candidatesSchema,
  explainedJson,
  newPlanBody,
  planChangeBody,
  planJson,
  planSchema,
} from "./plan-schemas.ts";

const planParam = z.object({ planId: lookup(EXAMPLE_PLAN) });
const statusParam = planParam.extend({ statusId: lookup("st_offer") });
const versionQuery = z.object({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: "The version looked at; a stale one is refused" }),
});
const planAnswer = (description: string) => json(planSchema, description);
const look = demand("deals.edit_own", "plans.manage", "leads.add");
const manage = demand("plans.manage");

const listPlans = createRoute({
  method: "get",
  path: "/plans",
  tags: ["Plans"],
  summary: "All sales plans, by name",
  middleware: [look],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageOf(planSchema), "Plans"), ...problems(400) },
});

const readPlan = createRoute({
  method: "get",
  path: "/plans/{planId}",
  tags: ["Plans"],
  summary: "One sales plan",
  middleware: [look],
  request: { params: planParam },
  responses: { 200: planAnswer("The plan"), ...problems(404) },
});

const makePlan = createRoute({
  method: "post",
  path: "/plans",
  tags: ["Plans"],
  summary: "Make a sales plan",
  middleware: [manage],
  request: {
    headers: onceHeader,
    body: body(newPlanBody, {
      name: "Course A",
      averageAmount: "199.00",
      label: "Course A",
      distribution: { mode: "uniform", affinity: "related", balance: "least" },
      members: [{ userId: "anna" }, { userId: "bo", weight: 2 }],
    }),
  },
  responses: { 201: planAnswer("The plan"), ...problems(400, 409, 413, 415, 422) },
});

const editPlan = createRoute({
  method: "patch",
  path: "/plans/{planId}",
  tags: ["Plans"],
  summary: "Change a sales plan; distribution and members apply to later leads only",
  middleware: [manage],
  request: {
    headers: onceHeader,
    params: planParam,
    query: versionQuery,
    body: body(planChangeBody, { name: "Course A, autumn" }),
  },
  responses: { 200: planAnswer("The plan as it is now"), ...problems(400, 404, 409, 413, 415, 422) },
});

const addStatus = createRoute({
  method: "post",
  path: "/plans/{planId}/statuses",
  tags: ["Plans"],
  summary: "Add a status",
  middleware: [manage],
  request: {
    headers: onceHeader,
    params: planParam,
    query: versionQuery,
    body: body(newStatusSchema.extend({ position: z.int().min(0).max(50).optional() }), {
      name: "Thinking it over",
      kind: "intermediate",
    }),
  },
  responses: { 201: planAnswer("The plan"), ...problems(400, 404, 409, 413, 415, 422) },
});

const editStatus = createRoute({
  method: "patch",
  path: "/plans/{planId}/statuses/{statusId}",
  tags: ["Plans"],
  summary: "Rename or recolour a status, or set its refusal reasons",
  middleware: [manage],
  request: {
    headers: onceHeader,
    params: statusParam,
    query: versionQuery,
    body: body(editStatusSchema, { name: "Offer made" }),
  },
  responses: { 200: planAnswer("The plan"), ...problems(400, 404, 409, 413, 415, 422) },
});

const orderStatuses = createRoute({
  method: "put",
  path: "/plans/{planId}/status-order",
  tags: ["Plans"],
  summary: "Put all statuses into an order, in one request",
  middleware: [manage],
  request: {
    headers: onceHeader,
    params: planParam,
    query: versionQuery,
    body: body(z.strictObject({ order: z.array(statusIdSchema).max(100) }), {
      order: ["st_talk", "st_new", "st_offer", "st_won", "st_lost"],
    }),
  },
  responses: { 200: planAnswer("The plan"), ...problems(400, 404, 409, 413, 415, 422) },
});

const deleteStatus = createRoute({
  method: "delete",
  path: "/plans/{planId}/statuses/{statusId}",
  tags: ["Plans"],
  summary: "Delete a status; its deals go to moveTo",
  middleware: [manage],
  request: {
    headers: onceHeader,
    params: statusParam,
    query: versionQuery.extend({ moveTo: statusIdSchema.optional().meta({ example: "st_talk" }) }),
  },
  responses: { 200: planAnswer("The plan"), ...problems(404, ...WRITE_PROBLEMS) },
});

const tryOut = createRoute({
  method: "post",
  path: "/plans/{planId}/~dry-run",
  tags: ["Plans"],
  summary: "What the next assignments would be, before anything is saved",
  middleware: [demand("plans.manage", "leads.add")],
  request: {
    headers: onceHeader,
    params: planParam,
    body: body(
      z.strictObject({
        count: z.int().min(1).max(200).default(10),
        person: leadContactSchema.optional().meta({ description: "Whose leads they are; somebody new without" }),
        managerId: userIdSchema.optional(),
        change: planChangeSchema.optional().meta({ description: "Changes of the plan that are not saved yet" }),
      }),
      { count: 3 },
    ),
  },
  responses: {
    200: json(z.object({ assignments: z.array(candidatesSchema) }), "The assignments to be"),
    ...problems(400, 404, 409, 413, 415, 422),
  },
});

const reasonSchema = z
  .object({ reasonId: z.string(), name: z.string(), needsClarification: z.boolean(), isArchived: z.boolean() })
  .meta({ id: "RefusalReason", description: "Why deals are lost; shared by all plans of the tenant" });

const listReasons = createRoute({
  method: "get",
  path: "/refusal-reasons",
  tags: ["Plans"],
  summary: "Refusal reasons, by name",
  middleware: [look],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageOf(reasonSchema), "Reasons"), ...problems(400) },
});

const saveReason = createRoute({
  method: "put",
  path: "/refusal-reasons/{reasonId}",
  tags: ["Plans"],
  summary: "Make or change a refusal reason; an archived one stays in history",
  middleware: [manage],
  request: {
    headers: onceHeader,
    params: z.object({ reasonId: lookup("rsn_price") }),
    body: body(refusalReasonSchema.omit({ reasonId: true }), { name: "Price" }),
  },
  responses: {
    200: json(reasonSchema, "The reason as it is now"),
    201: json(reasonSchema, "The reason, made"),
    ...problems(400, 409, 413, 415, 422),
  },
});

/** Changes statuses, and answers with the plan. */
async function changeIn(c: Context<ApiEnv>, change: StatusChange, version: number | undefined, status: number) {
  const changed = await changeStatuses({
    context: planContext(c),
    planId: planIdOf(c),
    change,
    version,
    ...byWhom(c),
    receiptOf: (plan) => receiptFor(c, status, planJson(plan)),
  });
  if (!changed.ok && "first" in changed)
    throw new Problem({
      status: 409,
      code: changed.reason,
      detail: changed.message,
      errors: changed.first.map((dealId) => ({ path: "moveTo", code: "has-deal", message: dealId })),
    });
  return planJson(valueOf(changed));
}

function statusIdOf(c: Context<ApiEnv>): StatusId {
  const given = statusIdSchema.safeParse(c.req.param("statusId"));
  if (given.success) return given.data;
  throw refused({ reason: "unknown-status", message: "there is no such status" });
}

const byName = (a: Pick<Plan, "name" | "planId">, b: Pick<Plan, "name" | "planId">): number =>
  a.name.localeCompare(b.name, "en") || (a.planId < b.planId ? -1 : 1);

export const planRoutes = newRouter()
  .openapi(listPlans, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const plans = (await c.var.store.plans.plans()).filter(({ planId }) => reaches(c.var.actor, planId));
    const place = { cursors: c.var.cursors, list: "plans", cursor, limit };
    return c.json(pageOfAll(plans.toSorted(byName).map(planJson), { ...place, idOf: ({ planId }) => planId }), 200);
  })
  .openapi(readPlan, async (c) => {
    const planId = planIdOf(c);
    const plan = await c.var.store.plans.plan(planId);
    if (plan === undefined) throw refused(unknownPlan(planId));
    return c.json(planJson(plan), 200);
  })
  .openapi(makePlan, async (c) => {
    wholeTenant(c);
    const asked = parseBody(newPlanSchema, c.req.valid("json"));
    const made = await createPlan(planContext(c), asked, (plan) => receiptFor(c, 201, planJson(plan)));
    return c.json(planJson(valueOf(made)), 201);
  })
  .openapi(editPlan, async (c) => {
    const change = parseBody(planChangeSchema, c.req.valid("json"));
    const { version } = c.req.valid("query");
    const receiptOf = (plan: Plan) => receiptFor(c, 200, planJson(plan));
    const plan = valueOf(
      await changePlan({ context: planContext(c), planId: planIdOf(c), change, version, receiptOf }),
    );
    await offerRest(c, plan.planId);
    return c.json(planJson(plan), 200);
  })
  .openapi(addStatus, async (c) => {
    const { position, ...status } = c.req.valid("json");
    const change = { change: "add", status, position } as const;
    return c.json(await changeIn(c, change, c.req.valid("query").version, 201), 201);
  })
  .openapi(editStatus, async (c) => {
    const change = { change: "edit", statusId: statusIdOf(c), edit: c.req.valid("json") } as const;
    return c.json(await changeIn(c, change, c.req.valid("query").version, 200), 200);
  })
  .openapi(orderStatuses, async (c) => {
    const change = { change: "reorder", order: c.req.valid("json").order } as const;
    return c.json(await changeIn(c, change, c.req.valid("query").version, 200), 200);
  })
  .openapi(deleteStatus, async (c) => {
    const { version, moveTo } = c.req.valid("query");
    const change = { change: "delete", statusId: statusIdOf(c), moveTo } as const;
    return c.json(await changeIn(c, change, version, 200), 200);
  })
  .openapi(tryOut, async (c) => {
    const { count, person, managerId, change } = c.req.valid("json");
    const leads = Array.from({ length: count }, () => ({ person, chosen: managerId }));
    const run = await dryRunPlan({ context: planContext(c), planId: planIdOf(c), leads, change });
    return c.json({ assignments: valueOf(run).map(explainedJson) }, 200);
  })
  .openapi(listReasons, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const reasons = [...(await c.var.store.plans.reasons()).values()]
      .map((reason) => ({ ...reason }))
      .toSorted((a, b) => a.name.localeCompare(b.name, "en") || (a.reasonId < b.reasonId ? -1 : 1));
    const place = { cursors: c.var.cursors, list: "refusal-reasons", cursor, limit };
    return c.json(pageOfAll(reasons, { ...place, idOf: ({ reasonId }) => reasonId }), 200);
  })
  .openapi(saveReason, async (c) => {
    wholeTenant(c);
    const reasonId = parseBody(z.object({ reasonId: reasonIdSchema }), c.req.valid("param")).reasonId;
    const reason = { reasonId, ...c.req.valid("json") };
    const isKnown = (await c.var.store.plans.reasons()).has(reasonId);
    await c.var.store.plans.saveReason(reason);
    return c.json(reason, isKnown ? 200 : 201);
  });
