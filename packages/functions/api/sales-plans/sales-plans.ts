import { createRoute } from "@hono/zod-openapi";
import { contactDetailsSchema } from "@regulars/core/contacts/identity";
import { type SalesPlan, newPlanSchema, salesPlanChangeSchema } from "@regulars/core/sales-plans/sales-plan";
import { userIdSchema } from "@regulars/core/platform/values";
import { changeSalesPlan } from "@regulars/flows/assignment/change-sales-plan";
import { createSalesPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import { dryRunSalesPlan } from "@regulars/flows/assignment/dry-run-sales-plan";
import * as z from "zod";
import { decide, demand } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { pageOfAll } from "../http/page.ts";
import { parseBody } from "../http/parse-body.ts";
import { retryUnassigned, salesContext, planIdOf, wholeTenant, planOf } from "./context.ts";
import { valueOf } from "../http/problem.ts";
import { body, json, idempotencyHeader, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import {
  planParam,
  versionQuery,
  candidatesSchema,
  explainedJson,
  newPlanBody,
  planChangeBody,
  salesPlanJson,
  salesPlanAnswerSchema,
} from "./schemas.ts";
import { wholeFrom } from "@regulars/core/platform/whole-number";
import { planReaders } from "./rights.ts";

const planAnswer = (description: string) => json(salesPlanAnswerSchema, description);
const manage = demand("plans.manage");

const listPlans = createRoute({
  method: "get",
  path: "/plans",
  tags: ["Plans"],
  summary: "All sales plans, by name",
  middleware: [planReaders],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(salesPlanAnswerSchema), "Plans"), ...problems() },
});

const readPlan = createRoute({
  method: "get",
  path: "/plans/{planId}",
  tags: ["Plans"],
  summary: "One sales plan",
  middleware: [planReaders],
  request: { params: planParam },
  responses: { 200: planAnswer("The plan"), ...problems(404) },
});

const makeSalesPlan = createRoute({
  method: "post",
  path: "/plans",
  tags: ["Plans"],
  summary: "Create a sales plan",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    body: body(newPlanBody, {
      name: "Course A",
      averageAmount: "199.00",
      label: "Course A",
      distribution: { mode: "uniform", affinity: "related", balance: "least" },
      members: [{ userId: "anna" }, { userId: "bo", weight: 2 }],
    }),
  },
  responses: { 201: planAnswer("The plan"), ...problems("write") },
});

const editPlan = createRoute({
  method: "patch",
  path: "/plans/{planId}",
  tags: ["Plans"],
  summary: "Change a sales plan; distribution and members apply to later leads only",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    query: versionQuery,
    body: body(planChangeBody, { name: "Course A, autumn" }),
  },
  responses: { 200: planAnswer("The plan as it is now"), ...problems("write", 404) },
});

const tryOut = createRoute({
  method: "post",
  path: "/plans/{planId}/~dry-run",
  tags: ["Plans"],
  summary: "Compute the next assignments without saving anything",
  middleware: [demand("plans.manage", "leads.add")],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    body: body(
      z.strictObject({
        count: wholeFrom(1, 200).default(10),
        person: contactDetailsSchema.optional().meta({ description: "The person of the leads; default: somebody new" }),
        managerId: userIdSchema.optional(),
        change: salesPlanChangeSchema.optional().meta({ description: "Changes of the plan to try without saving" }),
      }),
      { count: 3 },
    ),
  },
  responses: {
    200: json(z.object({ assignments: z.array(candidatesSchema) }), "The assignments"),
    ...problems("write", 404),
  },
});

const byName = (a: Pick<SalesPlan, "name" | "planId">, b: Pick<SalesPlan, "name" | "planId">): number =>
  a.name.localeCompare(b.name, "en") || (a.planId < b.planId ? -1 : 1);

export const salesPlanRoutes = newRouter()
  .openapi(listPlans, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const plans = (await c.var.store.sales.salesPlans.plans()).filter(({ planId }) =>
      decide(c, "plan.reach", { planId }),
    );
    const place = { cursors: c.var.cursors, list: "plans", cursor, limit };
    return c.json(
      pageOfAll(plans.toSorted(byName).map(salesPlanJson), { ...place, idOf: ({ planId }) => planId }),
      200,
    );
  })
  .openapi(readPlan, async (c) => {
    return c.json(salesPlanJson(await planOf(c)), 200);
  })
  .openapi(makeSalesPlan, async (c) => {
    wholeTenant(c);
    const asked = parseBody(newPlanSchema, c.req.valid("json"));
    const made = await createSalesPlan(salesContext(c), asked, {
      companionOf: (plan) => companionFor(c, 201, salesPlanJson(plan)),
    });
    return c.json(salesPlanJson(valueOf(made)), 201);
  })
  .openapi(editPlan, async (c) => {
    const change = parseBody(salesPlanChangeSchema, c.req.valid("json"));
    const { version } = c.req.valid("query");
    const companionOf = (plan: SalesPlan) => companionFor(c, 200, salesPlanJson(plan));
    const plan = valueOf(
      await changeSalesPlan({ context: salesContext(c), planId: planIdOf(c), change, version, companionOf }),
    );
    await retryUnassigned(c, plan.planId);
    return c.json(salesPlanJson(plan), 200);
  })
  .openapi(tryOut, async (c) => {
    const { count, person, managerId, change } = c.req.valid("json");
    const leads = Array.from({ length: count }, () => ({ person, chosen: managerId }));
    const run = await dryRunSalesPlan({ context: salesContext(c), planId: planIdOf(c), leads, change });
    return c.json({ assignments: valueOf(run).map(explainedJson) }, 200);
  });
