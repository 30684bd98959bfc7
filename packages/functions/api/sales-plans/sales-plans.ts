import { createRoute } from "@hono/zod-openapi";
import { reaches } from "@regulars/core/access/actor";
import { leadContactSchema } from "@regulars/core/contacts/identity";
import { type Plan, newPlanSchema, planChangeSchema, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { userIdSchema } from "@regulars/core/platform/values";
import { changePlan } from "@regulars/flows/assignment/change-sales-plan";
import { createPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import { dryRunPlan } from "@regulars/flows/assignment/dry-run-sales-plan";
import * as z from "zod";
import { demand } from "../access/authenticate.ts";
import { newRouter } from "../http/environment.ts";
import { receiptFor } from "../access/idempotency.ts";
import { pageOfAll } from "../http/page.ts";
import { parseBody } from "../http/parse-body.ts";
import { offerRest, planContext, planIdOf, wholeTenant } from "./context.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, json, onceHeader, pageOf, pageQuery, problems } from "../http/schemas.ts";
import {
  planParam,
  versionQuery,
  candidatesSchema,
  explainedJson,
  newPlanBody,
  planChangeBody,
  planJson,
  planSchema,
} from "./schemas.ts";

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
  .openapi(tryOut, async (c) => {
    const { count, person, managerId, change } = c.req.valid("json");
    const leads = Array.from({ length: count }, () => ({ person, chosen: managerId }));
    const run = await dryRunPlan({ context: planContext(c), planId: planIdOf(c), leads, change });
    return c.json({ assignments: valueOf(run).map(explainedJson) }, 200);
  });
