import { createRoute } from "@hono/zod-openapi";
import { actorId } from "@regulars/core/access/actor";
import { attemptStates, standingAt } from "@regulars/core/bulk-engine/attempts";
import { type BacktestId, type BacktestRun, backtestIdSchema } from "@regulars/core/backtests/backtest";
import { backtestOptionsSchema } from "@regulars/core/backtests/options";
import type { BacktestReport } from "@regulars/core/backtests/run";
import { kindScoreSchema } from "@regulars/core/backtests/report-schema";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import { startBacktest } from "@regulars/flows/backtests/start-backtest";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { refused, valueOf } from "../http/problem.ts";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { reportPage } from "./report-page.ts";
import { body, json, lookup, idempotencyHeader, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { sendAbout } from "../http/send-after.ts";

/**
 * Starting a backtest reads all of the tenant's orders: only for those who manage settings or see all findings. Its
 * results name no customer, so managers may read them too, like the precision of rules.
 */
const starts = demand("settings.manage", "insights.view_all");
const looks = demand("settings.manage", "insights.view_all", "insights.view_team");

const params = z.object({ backtestId: lookup("bt_20261123080000000_0000000000") });

const reportSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    horizonDays: z.int(),
    customers: z.int(),
    orderDays: z.int(),
    seed: z.int(),
    resamples: z.int(),
    kinds: z.array(kindScoreSchema).readonly(),
  })
  .meta({ id: "BacktestReport", description: "How often every rule would have been right" });

const operationFields = {
  backtestId: z.string(),
  state: z.enum(attemptStates),
  horizonDays: z.int(),
  seed: z.int(),
  resamples: z.int(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress: z.object({ customersRead: z.int(), customersTried: z.int() }),
  failure: z
    .object({ reason: z.string(), message: z.string() })
    .nullable()
    .meta({ description: "Why it failed; while it is queued, why the previous attempt failed" }),
};

const backtestAnswerSchema = z.object(operationFields).meta({ id: "Backtest" });
const wholeSchema = z
  .object({ ...operationFields, report: reportSchema.nullable().meta({ description: "Null until it is done" }) })
  .meta({ id: "BacktestWithReport" });

const start = createRoute({
  method: "post",
  path: "/backtests",
  tags: ["Insights"],
  summary: "Start a backtest of every rule on the tenant's own past; one at a time",
  middleware: [starts],
  request: {
    headers: idempotencyHeader,
    body: body(
      backtestOptionsSchema.extend({
        horizonDays: backtestOptionsSchema.shape.horizonDays.meta({
          description: "An alert counts as right if it stays true for this many days",
        }),
        seed: backtestOptionsSchema.shape.seed.meta({
          description: "Seed of the random draws; the same seed gives the same report",
        }),
        resamples: backtestOptionsSchema.shape.resamples.meta({
          description: "Bootstrap resamples of the customers, for the intervals",
        }),
      }),
      { horizonDays: 90, seed: 1, resamples: 500 },
    ),
  },
  responses: {
    202: json(backtestAnswerSchema, "It is queued; Location has its address"),
    ...problems("write"),
  },
});

const list = createRoute({
  method: "get",
  path: "/backtests",
  tags: ["Insights"],
  summary: "Backtests, newest first",
  middleware: [looks],
  request: { query: z.object(pageQuery) },
  responses: {
    200: json(pageAnswerSchemaOf(backtestAnswerSchema), "Backtests, without their reports"),
    ...problems(),
  },
});

const read = createRoute({
  method: "get",
  path: "/backtests/{backtestId}",
  tags: ["Insights"],
  summary: "A backtest's progress, and its report when it is done",
  middleware: [looks],
  request: { params },
  responses: { 200: json(wholeSchema, "The backtest"), ...problems(404) },
});

const readReport = createRoute({
  method: "get",
  path: "/backtests/{backtestId}/report",
  tags: ["Insights"],
  summary: "A backtest's report as a self-contained HTML page with plots",
  middleware: [looks],
  request: { params },
  responses: {
    200: { description: "The page", content: { "text/html": { schema: z.string() } } },
    ...problems(404, 409),
  },
});

const backtestJson = ({
  options,
  customersRead,
  customersTried,
  ...backtestRun
}: BacktestRun): z.output<typeof backtestAnswerSchema> => ({
  backtestId: backtestRun.backtestId,
  state: backtestRun.state,
  ...options,
  createdAt: backtestRun.createdAt,
  startedAt: backtestRun.startedAt ?? null,
  finishedAt: backtestRun.finishedAt ?? null,
  progress: { customersRead, customersTried },
  failure: backtestRun.failure ?? null,
});

const addressOf = (backtestId: BacktestId): string => `/v1/backtests/${backtestId}`;

/** Refuses tenants with an edition without the For You page. */
function demandFeature(c: Context<ApiEnv>): void {
  const gated = forYouRefusal(c.var.tenant);
  if (gated !== undefined) throw refused(gated);
}

async function findBacktest(
  c: Context<ApiEnv>,
): Promise<{ backtestRun: BacktestRun; report: BacktestReport | undefined }> {
  demandFeature(c);
  const { backtests } = c.var.store;
  const backtestId = backtestIdSchema.safeParse(c.req.param("backtestId"));
  const backtestRun = backtestId.success ? await backtests.find(backtestId.data) : undefined;
  if (backtestRun === undefined) throw refused({ reason: "unknown-backtest", message: "there is no such backtest" });
  return {
    backtestRun: standingAt(backtestRun, nowOf(c)),
    report: backtestRun.state === "done" ? await backtests.report(backtestRun.backtestId) : undefined,
  };
}

export const backtestRoutes = newRouter()
  .openapi(start, async (c) => {
    const { tenant, store, actor } = c.var;
    const starting = sendAbout<BacktestRun>(c, "backtests", ({ backtestId }) => ({ backtestId }));
    const backtestRun = valueOf(
      await startBacktest({
        tenant,
        store: store.backtests,
        options: c.req.valid("json"),
        actorId: actorId(actor),
        now: nowOf(c),
        letters: crypto.randomUUID().replaceAll("-", ""),
        companionOf: (made) => {
          starting(made);
          return companionFor(c, 202, backtestJson(made), addressOf(made.backtestId));
        },
      }),
    );
    return c.json(backtestJson(backtestRun), 202, { location: addressOf(backtestRun.backtestId) });
  })
  .openapi(list, async (c) => {
    demandFeature(c);
    const { cursors, store } = c.var;
    const { cursor, limit } = c.req.valid("query");
    const before = cursors.read("backtests", cursor);
    const now = nowOf(c);
    const page = await store.backtests.page(limit, before === undefined ? undefined : backtestIdSchema.parse(before));
    return c.json(
      {
        data: page.backtestRuns.map((backtestRun) => backtestJson(standingAt(backtestRun, now))),
        next: page.next === undefined ? null : cursors.write("backtests", page.next),
      },
      200,
    );
  })
  .openapi(read, async (c) => {
    const { backtestRun, report } = await findBacktest(c);
    return c.json({ ...backtestJson(backtestRun), report: report ?? null }, 200);
  })
  .openapi(readReport, async (c) => {
    const { report } = await findBacktest(c);
    if (report === undefined)
      throw refused({ reason: "backtest-not-done", message: "the backtest has no report: look at its state" });
    const { body: page, headers } = reportPage(c.var.tenant.name, report, await pageWordsOf("en"));
    return c.body(page, 200, headers);
  });
