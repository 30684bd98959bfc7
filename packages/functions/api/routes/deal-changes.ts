import { createRoute } from "@hono/zod-openapi";
import { actorId, reaches } from "@regulars/core/actor";
import type { Deal } from "@regulars/core/plans/deal";
import { type DealJob, dealActionSchema, dealBulkSchema } from "@regulars/core/plans/deal-job";
import { mayInBulk, mayOverrule } from "@regulars/core/plans/edit-rights";
import { jobIdSchema } from "@regulars/core/plans/ids";
import { type Plan, unknownPlan } from "@regulars/core/plans/plan";
import type { Result } from "@regulars/core/result";
import { textSchema } from "@regulars/core/text";
import { userIdSchema } from "@regulars/core/values";
import { cancelDeal } from "@regulars/flows/plans/cancel-deal";
import { changeDeals } from "@regulars/flows/plans/change-deals";
import { type LeavingDeals, removeMember } from "@regulars/flows/plans/remove-member";
import { transferDeal } from "@regulars/flows/plans/transfer-deal";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access.ts";
import { type ApiEnv, newRouter } from "../environment.ts";
import { receiptFor } from "../once.ts";
import { parseBody } from "../parse-body.ts";
import { byWhom, dealIdOf, planContext, planIdOf } from "../plan-context.ts";
import { Problem, refused, valueOf } from "../problem.ts";
import { body, json, lookup, onceHeader, problems, userIdField } from "../schemas.ts";
import { visibleDeals } from "./board-schemas.ts";
import { changedDeal } from "./deals.ts";
import {
  EXAMPLE_CLOSED,
  EXAMPLE_DEAL,
  EXAMPLE_PLAN,
  dealJson,
  dealSchema,
  planJson,
  planSchema,
} from "./plan-schemas.ts";

const planParam = z.object({ planId: lookup(EXAMPLE_PLAN) });
const edit = demand("deals.edit_own", "deals.edit_bulk", "deals.edit_all");
const version = z.int().min(1).optional();
const comment = textSchema.pipe(z.string().max(500)).optional();

const cancel = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/{dealId}/~cancel",
  tags: ["Deals"],
  summary: "Cancel deal: open a closed one again, in the intermediate status it belongs to",
  middleware: [edit],
  request: {
    headers: onceHeader,
    params: planParam.extend({ dealId: lookup(EXAMPLE_CLOSED) }),
    body: body(z.strictObject({ version, comment }), { comment: "Closed by mistake" }),
  },
  responses: { 200: json(dealSchema, "The deal as it is now"), ...problems(400, 404, 409, 413, 415, 422) },
});

const transfer = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/{dealId}/~transfer",
  tags: ["Deals"],
  summary: "Give a deal to another manager of its plan",
  middleware: [edit],
  request: {
    headers: onceHeader,
    params: planParam.extend({ dealId: lookup(EXAMPLE_DEAL) }),
    body: body(z.strictObject({ managerId: userIdField, version, comment }), { managerId: "bo" }),
  },
  responses: { 200: json(dealSchema, "The deal as it is now"), ...problems(400, 404, 409, 413, 415, 422) },
});

const jobSchema = z
  .object({
    jobId: z.string(),
    planId: z.string(),
    state: z.enum(["running", "done"]),
    action: z.enum(["move", "cancel", "transfer"]),
    total: z.int(),
    done: z.int(),
    changed: z.int(),
    same: z.int(),
    failed: z.int(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: "DealMassAction", description: "A mass action on deals that were written down when it began" });

const bulkBody = () => {
  const { $schema: _dialect, ...written } = z.toJSONSchema(dealBulkSchema, { io: "input", unrepresentable: "any" });
  return z.custom<unknown>(() => true).meta({ ...written, id: "DealBulk", type: "object" });
};

const changeMany = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/~change",
  tags: ["Deals"],
  summary: "Move, cancel or transfer up to all of a plan's deals, as a job",
  middleware: [demand("deals.edit_bulk")],
  request: {
    headers: onceHeader,
    params: planParam,
    body: body(bulkBody(), { change: { action: "move", statusId: "st_talk" }, filter: { statusIds: ["st_new"] } }),
  },
  responses: { 202: json(jobSchema, "The job"), ...problems(400, 404, 409, 413, 415, 422) },
});

const jobParam = z.object({ jobId: lookup("job_2") });

const readJob = createRoute({
  method: "get",
  path: "/deal-jobs/{jobId}",
  tags: ["Deals"],
  summary: "How far a mass action on deals is",
  middleware: [demand("deals.edit_bulk")],
  request: { params: jobParam },
  responses: { 200: json(jobSchema, "The job"), ...problems(404) },
});

const readResults = createRoute({
  method: "get",
  path: "/deal-jobs/{jobId}/results",
  tags: ["Deals"],
  summary: "What became of each of a mass action's deals, a hundred at a time",
  middleware: [demand("deals.edit_bulk")],
  request: {
    params: jobParam,
    query: z.object({ page: z.coerce.number().int().min(0).max(1_000_000).default(0).meta({ example: 0 }) }),
  },
  responses: {
    200: json(
      z.object({
        data: z.array(
          z.object({
            dealId: z.string(),
            state: z.enum(["waiting", "changed", "same", "failed"]),
            reason: z.string().nullable(),
          }),
        ),
        nextPage: z.int().nullable(),
      }),
      "Results",
    ),
    ...problems(400, 404),
  },
});

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

const jobJson = (job: DealJob): z.output<typeof jobSchema> => ({
  jobId: job.jobId,
  planId: job.planId,
  state: job.state,
  action: dealActionSchema.parse(job.change).action,
  total: job.total,
  done: job.next,
  changed: job.changed,
  same: job.same,
  failed: job.failed,
  createdAt: job.createdAt,
  finishedAt: job.finishedAt ?? null,
});

async function findJob(c: Context<ApiEnv>): Promise<DealJob> {
  const jobId = jobIdSchema.safeParse(c.req.param("jobId"));
  const job = jobId.success ? await c.var.store.plans.dealJob(jobId.data) : undefined;
  if (job === undefined || !reaches(c.var.actor, job.planId))
    throw refused({ reason: "unknown-job", message: "there is no such mass action" });
  return job;
}

/** Whether the actor may; who may not leaves no row in any deal's log, but a line in the security log. */
function overruling(c: Context<ApiEnv>, action: string): (deal: Deal, plan: Plan) => Result<undefined> {
  return (deal, plan) => {
    const allowed = mayOverrule(c.var.actor, plan);
    if (!allowed.ok) noteRefusal(c, action, deal.dealId);
    return allowed;
  };
}

function noteRefusal(c: Context<ApiEnv>, action: string, subject: string): void {
  c.var.runtime.log.info("security", {
    what: "not-allowed",
    action,
    subject,
    tenantId: c.var.tenant.tenantId,
    actor: actorId(c.var.actor),
    requestId: c.var.requestId,
  });
}

const changeOf = (c: Context<ApiEnv>, action: string) => ({
  context: planContext(c),
  planId: planIdOf(c),
  sought: { dealId: dealIdOf(c) },
  ...byWhom(c),
  allow: overruling(c, action),
  receiptOf: (deal: Deal) => receiptFor(c, 200, dealJson(deal)),
});

function leavingDeals(transferTo: string): LeavingDeals {
  if (transferTo === "keep" || transferTo === "distribute") return { to: transferTo };
  return { to: "manager", managerId: userIdSchema.parse(transferTo) };
}

const startJob = (c: Context<ApiEnv>, { jobId }: DealJob): Promise<void> =>
  c.var.runtime.queues.send("plans", { tenantId: c.var.tenant.tenantId, jobId });

export const dealChangeRoutes = newRouter()
  .openapi(cancel, async (c) => {
    const changed = await cancelDeal({ ...changeOf(c, "deals.cancel"), ...c.req.valid("json") });
    return c.json(dealJson(changedDeal(changed)), 200);
  })
  .openapi(transfer, async (c) => {
    const { managerId: to, ...told } = c.req.valid("json");
    const changed = await transferDeal({ ...changeOf(c, "deals.transfer"), to, ...told });
    return c.json(dealJson(changedDeal(changed)), 200);
  })
  .openapi(changeMany, async (c) => {
    const asked = parseBody(dealBulkSchema, c.req.valid("json"));
    const planId = planIdOf(c);
    const plan = await c.var.store.plans.plan(planId);
    if (plan === undefined) throw refused(unknownPlan(planId));
    const allowed = mayInBulk(c.var.actor, plan);
    if (!allowed.ok) noteRefusal(c, `deals.bulk_${asked.change.action}`, planId);
    valueOf(allowed);
    const visible = await visibleDeals(c, plan, undefined);
    const receiptOf = (job: DealJob) => receiptFor(c, 202, jobJson(job));
    const job = valueOf(
      await changeDeals({ context: planContext(c), planId, asked, visible, ...byWhom(c), receiptOf }),
    );
    await startJob(c, job);
    return c.json(jobJson(job), 202);
  })
  .openapi(readJob, async (c) => c.json(jobJson(await findJob(c)), 200))
  .openapi(readResults, async (c) => {
    const { page: number } = c.req.valid("query");
    const { jobId } = await findJob(c);
    const { plans } = c.var.store;
    const [page, next] = await Promise.all([plans.dealJobPage(jobId, number), plans.dealJobPage(jobId, number + 1)]);
    const data = (page?.deals ?? []).map(({ dealId }, i) => ({
      dealId,
      state: page?.results[i]?.state ?? ("waiting" as const),
      reason: page?.results[i]?.reason ?? null,
    }));
    return c.json({ data, nextPage: next === undefined ? null : number + 1 }, 200);
  })
  .openapi(removeFromTeam, async (c) => {
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
