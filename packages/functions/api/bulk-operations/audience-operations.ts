import { createRoute } from "@hono/zod-openapi";
import { reaches } from "@regulars/core/access/actor";
import { jobIdSchema } from "@regulars/core/platform/ids";
import { type Job, bulkAddSchema } from "@regulars/core/bulk-operations/add-audience";
import { bulkAdd } from "@regulars/flows/bulk-operations/add-audience";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/authenticate.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { receiptFor } from "../access/idempotency.ts";
import { byWhom, planContext, planIdOf } from "../sales-plans/context.ts";
import { refused, valueOf } from "../http/problem.ts";
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
  request: {
    params: z.object({ jobId: lookup("job_1") }),
    query: z.object({ page: z.coerce.number().int().min(0).max(1_000_000).default(0).meta({ example: 0 }) }),
  },
  responses: {
    200: json(
      z.object({
        data: z.array(
          z.object({
            personId: z.string(),
            state: z.enum(["waiting", "added", "duplicate", "failed"]),
            dealId: z.string().nullable(),
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

async function findJob(c: Context<ApiEnv>): Promise<Job> {
  const jobId = jobIdSchema.safeParse(c.req.param("jobId"));
  const job = jobId.success ? await c.var.store.plans.job(jobId.data) : undefined;
  if (job === undefined || !reaches(c.var.actor, job.planId))
    throw refused({ reason: "unknown-job", message: "there is no such mass action" });
  return job;
}

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
    const [page, next] = await Promise.all([
      c.var.store.plans.jobPage(jobId, number),
      c.var.store.plans.jobPage(jobId, number + 1),
    ]);
    const data = (page?.personIds ?? []).map((personId, i) => {
      const result = page?.results[i];
      return {
        personId,
        state: result?.state ?? ("waiting" as const),
        dealId: result?.dealId ?? null,
        reason: result?.reason ?? null,
      };
    });
    return c.json({ data, nextPage: next === undefined ? null : number + 1 }, 200);
  });
