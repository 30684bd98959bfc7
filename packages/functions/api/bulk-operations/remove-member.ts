import { type SalesPlan, salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { createRoute } from "@hono/zod-openapi";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { userIdSchema } from "@regulars/core/platform/values";
import { leavingDeals, transferToSchema } from "@regulars/core/bulk-operations/leaving-deals";
import { type MemberRemoved, PLAN_SAVED, removeMember } from "@regulars/flows/bulk-operations/remove-member";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { startingOperation } from "../bulk-engine/operation-routes.ts";
import { newRouter } from "../http/environment.ts";
import { byWhom, salesContext, planIdOf } from "../sales-plans/context.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";
import { sendAfter } from "../http/send-after.ts";
import { planParam, salesPlanJson, salesPlanAnswerSchema } from "../sales-plans/schemas.ts";
import { operationJson, dealOperationAnswerSchema } from "./deal-operations.ts";

const removeFromTeam = createRoute({
  method: "post",
  path: "/plans/{planId}/members/{userId}/~remove",
  tags: ["Plans"],
  summary: "Remove a manager from a plan, and transfer their open deals",
  middleware: [demand("plans.manage")],
  request: {
    headers: idempotencyHeader,
    params: planParam.extend({ userId: lookup("anna") }),
    body: body(
      z.strictObject({
        transferTo: transferToSchema.meta({
          example: "distribute",
          description:
            "keep, distribute, or the id of another member; {userId} is a member of any id, also of one that is such a word",
        }),
      }),
      { transferTo: "distribute" },
    ),
  },
  responses: {
    200: json(
      z.object({ plan: salesPlanAnswerSchema, operation: dealOperationAnswerSchema.nullable() }),
      "The plan, and the job that gives deals away",
    ),
    ...problems("write", 404),
  },
});

const removedJson = ({ plan, operation }: MemberRemoved) => ({
  plan: salesPlanJson(plan),
  operation: operation === undefined ? null : operationJson(operation),
});

export const memberRoutes = newRouter().openapi(removeFromTeam, async (c) => {
  const { transferTo } = c.req.valid("json");
  const userId = userIdSchema.safeParse(idOfSegment(c.req.param("userId")));
  if (!userId.success) throw new Problem({ status: 404, code: "unknown-member", detail: "there is no such member" });
  const deals = leavingDeals(transferTo);
  const planId = planIdOf(c);
  const { claim } = c.var;
  sendAfter(c, "plans", () => ({ planId }));
  const start = startingOperation(c);
  const done = claim?.steps.get(PLAN_SAVED);
  const asked = {
    context: salesContext(c),
    planId,
    userId: userId.data,
    deals,
    ...byWhom(c),
    saved: done === undefined ? undefined : salesPlanSchema.parse(done),
    companionsOf: {
      plan: (plan: SalesPlan) => claim?.step(PLAN_SAVED, plan),
      removed: (made: MemberRemoved) => {
        if (made.operation !== undefined) start(made.operation);
        return companionFor(c, 200, removedJson(made));
      },
    },
  };
  return c.json(removedJson(valueOf(await removeMember(asked))), 200);
});
