import { createRoute } from "@hono/zod-openapi";
import { type StatusId, statusIdSchema } from "@regulars/core/platform/ids";
import { editStatusSchema, newStatusSchema } from "@regulars/core/sales-plans/sales-plan";
import { type StatusChange, changeStatuses } from "@regulars/flows/sales-plans/change-statuses";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { byWhom, salesContext, planIdOf } from "./context.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";
import { planParam, versionQuery, salesPlanJson, salesPlanAnswerSchema } from "./schemas.ts";
import { wholeFrom } from "@regulars/core/platform/whole-number";

const statusParam = planParam.extend({ statusId: lookup("st_offer") });
const planAnswer = (description: string) => json(salesPlanAnswerSchema, description);
const manage = demand("plans.manage");

const addStatus = createRoute({
  method: "post",
  path: "/plans/{planId}/statuses",
  tags: ["Plans"],
  summary: "Add a status",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    query: versionQuery,
    body: body(newStatusSchema.extend({ position: wholeFrom(0, 50).optional() }), {
      name: "Thinking it over",
      kind: "intermediate",
    }),
  },
  responses: { 201: planAnswer("The plan"), ...problems("write", 404) },
});

const editStatus = createRoute({
  method: "patch",
  path: "/plans/{planId}/statuses/{statusId}",
  tags: ["Plans"],
  summary: "Rename or recolour a status, or set its refusal reasons",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: statusParam,
    query: versionQuery,
    body: body(editStatusSchema, { name: "Offer made" }),
  },
  responses: { 200: planAnswer("The plan"), ...problems("write", 404) },
});

const orderStatuses = createRoute({
  method: "put",
  path: "/plans/{planId}/status-order",
  tags: ["Plans"],
  summary: "Reorder all statuses in one request",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    query: versionQuery,
    body: body(z.strictObject({ order: z.array(statusIdSchema).max(100) }), {
      order: ["st_talk", "st_new", "st_offer", "st_won", "st_lost"],
    }),
  },
  responses: { 200: planAnswer("The plan"), ...problems("write", 404) },
});

const deleteStatus = createRoute({
  method: "delete",
  path: "/plans/{planId}/statuses/{statusId}",
  tags: ["Plans"],
  summary: "Delete a status; its deals go to moveTo",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: statusParam,
    query: versionQuery.extend({ moveTo: statusIdSchema.optional().meta({ example: "st_talk" }) }),
  },
  responses: { 200: planAnswer("The plan"), ...problems("write", 404) },
});

/** Changes statuses, and answers the plan. */
async function changeIn(c: Context<ApiEnv>, change: StatusChange, version: number | undefined, status: number) {
  const changed = await changeStatuses({
    context: salesContext(c),
    planId: planIdOf(c),
    change,
    version,
    ...byWhom(c),
    companionOf: (plan) => companionFor(c, status, salesPlanJson(plan)),
  });
  if (!changed.ok && "first" in changed)
    throw new Problem({
      status: 409,
      code: changed.reason,
      detail: changed.message,
      errors: changed.first.map((dealId) => ({ path: "moveTo", code: "has-deal", message: dealId })),
    });
  return salesPlanJson(valueOf(changed));
}

function statusIdOf(c: Context<ApiEnv>): StatusId {
  const given = statusIdSchema.safeParse(c.req.param("statusId"));
  if (given.success) return given.data;
  throw refused({ reason: "unknown-status", message: "there is no such status" });
}

export const statusRoutes = newRouter()
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
  });
