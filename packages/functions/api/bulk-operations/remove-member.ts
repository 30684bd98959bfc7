import { createRoute } from "@hono/zod-openapi";
import { userIdSchema } from "@regulars/core/platform/values";
import { type LeavingDeals, removeMember } from "@regulars/flows/bulk-operations/remove-member";
import * as z from "zod";
import { demand } from "../access/authenticate.ts";
import { newRouter } from "../http/environment.ts";
import { byWhom, planContext, planIdOf } from "../sales-plans/context.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { body, json, lookup, onceHeader, problems } from "../http/schemas.ts";
import { planParam, planJson, planSchema } from "../sales-plans/schemas.ts";
import { jobJson, jobSchema, startJob } from "./deal-operations.ts";

const removeFromTeam = createRoute({
  method: "post",
  path: "/plans/{planId}/members/{userId}/~remove",
  tags: ["Plans"],
  summary: "Take a manager out of a plan, and say who gets the open deals",
  middleware: [demand("plans.manage")],
  request: {
    headers: onceHeader,
    params: planParam.extend({ userId: lookup("anna") }),
    body: body(
      z.strictObject({
        transferTo: z.union([z.enum(["keep", "distribute"]), userIdSchema]).meta({
          type: "string",
          example: "distribute",
          description: "keep, distribute, or the id of another member",
        }),
      }),
      { transferTo: "distribute" },
    ),
  },
  responses: {
    200: json(z.object({ plan: planSchema, job: jobSchema.nullable() }), "The plan, and the job that gives deals away"),
    ...problems(400, 404, 409, 413, 415, 422),
  },
});

function leavingDeals(transferTo: string): LeavingDeals {
  if (transferTo === "keep" || transferTo === "distribute") return { to: transferTo };
  return { to: "manager", managerId: userIdSchema.parse(transferTo) };
}

export const planMemberRoutes = newRouter().openapi(removeFromTeam, async (c) => {
  const { transferTo } = c.req.valid("json");
  const userId = userIdSchema.safeParse(c.req.param("userId"));
  if (!userId.success) throw new Problem({ status: 404, code: "unknown-member", detail: "there is no such member" });
  const deals = leavingDeals(transferTo);
  const planId = planIdOf(c);
  const removed = valueOf(
    await removeMember({ context: planContext(c), planId, userId: userId.data, deals, ...byWhom(c) }),
  );
  const { plan, job } = removed;
  await c.var.runtime.queues.send("plans", { tenantId: c.var.tenant.tenantId, planId });
  if (job !== undefined) await startJob(c, job);
  return c.json({ plan: planJson(plan), job: job === undefined ? null : jobJson(job) }, 200);
});
