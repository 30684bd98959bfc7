import { createRoute } from "@hono/zod-openapi";
import { reaches } from "@regulars/core/access/actor";
import { type DealJob, dealActionSchema, dealBulkSchema } from "@regulars/core/bulk-operations/change-deals";
import { mayInBulk } from "@regulars/core/deals/edit-rights";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { changeDeals } from "@regulars/flows/bulk-operations/change-deals";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/authenticate.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { receiptFor } from "../access/idempotency.ts";
import { parseBody } from "../http/parse-body.ts";
import { operationOf, resultsOf, resultsRequest, resultsResponses } from "../bulk-engine/operation-routes.ts";
import { byWhom, planContext, planIdOf } from "../sales-plans/context.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, json, lookup, onceHeader, problems } from "../http/schemas.ts";
import { visibleDeals } from "../boards/schemas.ts";
import { planParam } from "../sales-plans/schemas.ts";
import { noteRefusal } from "../deals/note-refusal.ts";

export const jobSchema = z
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

const readJob = createRoute({
  method: "get",
  path: "/deal-jobs/{jobId}",
  tags: ["Deals"],
  summary: "How far a mass action on deals is",
  middleware: [demand("deals.edit_bulk")],
  request: { params: z.object({ jobId: lookup("job_2") }) },
  responses: { 200: json(jobSchema, "The job"), ...problems(404) },
});

const readResults = createRoute({
  method: "get",
  path: "/deal-jobs/{jobId}/results",
  tags: ["Deals"],
  summary: "What became of each of a mass action's deals, a hundred at a time",
  middleware: [demand("deals.edit_bulk")],
  request: resultsRequest("job_2"),
  responses: resultsResponses(
    z.object({
      dealId: z.string(),
      state: z.enum(["waiting", "changed", "same", "failed"]),
      reason: z.string().nullable(),
    }),
  ),
});

/** A mass action on deals as the API tells it. */
export const jobJson = (job: DealJob): z.output<typeof jobSchema> => ({
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

const findJob = (c: Context<ApiEnv>): Promise<DealJob> =>
  operationOf(
    c,
    (jobId) => c.var.store.plans.dealJob(jobId),
    ({ planId }) => reaches(c.var.actor, planId),
  );

/** Has a job worked on. */
export const startJob = (c: Context<ApiEnv>, { jobId }: DealJob): Promise<void> =>
  c.var.runtime.queues.send("plans", { tenantId: c.var.tenant.tenantId, jobId });

export const dealJobRoutes = newRouter()
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
    const results = await resultsOf(
      number,
      (page) => c.var.store.plans.dealJobPage(jobId, page),
      ({ dealId }, result) => ({
        dealId,
        state: result?.state ?? ("waiting" as const),
        reason: result?.reason ?? null,
      }),
    );
    return c.json(results, 200);
  });
