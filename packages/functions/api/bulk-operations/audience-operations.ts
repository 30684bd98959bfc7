import { createRoute } from "@hono/zod-openapi";
import { reaches } from "@regulars/core/access/actor";
import { type Job, bulkAddSchema } from "@regulars/core/bulk-operations/add-audience";
import { bulkAdd } from "@regulars/flows/bulk-operations/add-audience";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/authenticate.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { receiptFor } from "../access/idempotency.ts";
import { operationOf, resultsOf, resultsRequest, resultsResponses } from "../bulk-engine/operation-routes.ts";
import { byWhom, planContext, planIdOf } from "../sales-plans/context.ts";
import { valueOf } from "../http/problem.ts";
import { body, json, lookup, onceHeader, problems } from "../http/schemas.ts";
import { planParam } from "../sales-plans/schemas.ts";

export const jobSchema = z
  .object({
    jobId: z.string(),
    planId: z.string(),
    state: z.string(),
    total: z.int(),
    done: z.int(),
    added: z.int(),
    duplicates: z.int(),
    failed: z.int(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: "MassAction", description: "A mass action on an audience that was written down when it began" });

const bulk = createRoute({
  method: "post",
  path: "/plans/{planId}/leads/~bulk",
  tags: ["Deals"],
  summary: "Add a filtered audience to a plan, as a job",
  middleware: [demand("deals.edit_bulk")],
  request: {
    headers: onceHeader,
    params: planParam,
    body: body(bulkAddSchema, { audience: { hasEmail: true } }),
  },
  responses: { 202: json(jobSchema, "The job"), ...problems(400, 404, 409, 410, 413, 415, 422) },
});

const readJob = createRoute({
  method: "get",
  path: "/mass-actions/{jobId}",
  tags: ["Deals"],
  summary: "How far a mass action is",
  middleware: [demand("deals.edit_bulk")],
  request: { params: z.object({ jobId: lookup("job_1") }) },
  responses: { 200: json(jobSchema, "The job"), ...problems(404) },
});

const readResults = createRoute({
  method: "get",
  path: "/mass-actions/{jobId}/results",
  tags: ["Deals"],
  summary: "What became of each of a mass action's persons, a hundred at a time",
  middleware: [demand("deals.edit_bulk")],
  request: resultsRequest("job_1"),
  responses: resultsResponses(
    z.object({
      personId: z.string(),
      state: z.enum(["waiting", "added", "duplicate", "failed"]),
      dealId: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

const jobJson = (job: Job): z.output<typeof jobSchema> => ({
  jobId: job.jobId,
  planId: job.planId,
  state: job.state,
  total: job.total,
  done: job.next,
  added: job.added,
  duplicates: job.duplicates,
  failed: job.failed,
  createdAt: job.createdAt,
  finishedAt: job.finishedAt ?? null,
});

const findJob = (c: Context<ApiEnv>): Promise<Job> =>
  operationOf(
    c,
    (jobId) => c.var.store.plans.job(jobId),
    ({ planId }) => reaches(c.var.actor, planId),
  );

export const massActionRoutes = newRouter()
  .openapi(bulk, async (c) => {
    const asked = c.req.valid("json");
    const receiptOf = (job: Job) => receiptFor(c, 202, jobJson(job));
    const started = await bulkAdd({ context: planContext(c), planId: planIdOf(c), asked, ...byWhom(c), receiptOf });
    const job = valueOf(started);
    await c.var.runtime.queues.send("plans", { tenantId: c.var.tenant.tenantId, jobId: job.jobId });
    return c.json(jobJson(job), 202);
  })
  .openapi(readJob, async (c) => c.json(jobJson(await findJob(c)), 200))
  .openapi(readResults, async (c) => {
    const { page: number } = c.req.valid("query");
    const { jobId } = await findJob(c);
    const results = await resultsOf(
      number,
      (page) => c.var.store.plans.jobPage(jobId, page),
      (personId, result) => ({
        personId,
        state: result?.state ?? ("waiting" as const),
        dealId: result?.dealId ?? null,
        reason: result?.reason ?? null,
      }),
    );
    return c.json(results, 200);
  });
