import { createRoute } from "@hono/zod-openapi";
import { cutText } from "@regulars/core/platform/cut-text";
import { isInOrder } from "@regulars/core/platform/period";
import { type PlanId, planIdSchema } from "@regulars/core/platform/ids";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReport } from "@regulars/core/refusals/refusal-report";
import { reportChart } from "@regulars/render/refusals/report-chart";
import { reportCsv } from "@regulars/render/refusals/report-text";
import { dealThing } from "@regulars/core/deals/edit-rights";
import { visibleTo } from "@regulars/core/boards/visibility";
import { closingsInCell } from "@regulars/flows/refusals/closings-in-cell";
import { reportRefusals } from "@regulars/flows/refusals/report-refusals";
import type { Context } from "hono";
import * as z from "zod";
import { decide, noteDecision } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { salesContext } from "../sales-plans/context.ts";
import { Problem, refused } from "../http/problem.ts";
import { json, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { EXAMPLE_PLAN, dealJson } from "../sales-plans/schemas.ts";
import {
  type PeriodQuery,
  type ReportQuery,
  cellAddressOf,
  cellOf,
  closedDealSchema,
  periodQuery,
  reportQuery,
  reportSchema,
  rowJson,
} from "./schemas.ts";
import { dealEditors } from "../sales-plans/rights.ts";

const readReport = createRoute({
  method: "get",
  path: "/refusal-report",
  tags: ["Deals"],
  summary: "Won and lost deals by plan or manager, the lost ones by reason",
  middleware: [dealEditors],
  request: { query: z.object(reportQuery) },
  responses: { 200: json(reportSchema, "The report"), ...problems(404) },
});

const text = z.string();

const readCsv = createRoute({
  method: "get",
  path: "/refusal-report/csv",
  tags: ["Deals"],
  summary: "The report as CSV; no cell is a formula",
  middleware: [dealEditors],
  request: { query: z.object(reportQuery) },
  responses: {
    200: { description: "The report", content: { "text/csv": { schema: text } } },
    ...problems(404),
  },
});

const readChart = createRoute({
  method: "get",
  path: "/refusal-report/chart",
  tags: ["Deals"],
  summary: "The report as an SVG chart; each part links to its deals",
  middleware: [dealEditors],
  request: { query: z.object(reportQuery) },
  responses: {
    200: { description: "The chart", content: { "image/svg+xml": { schema: text } } },
    ...problems(404),
  },
});

const readDeals = createRoute({
  method: "get",
  path: "/refusal-report/deals",
  tags: ["Deals"],
  summary: "The closings counted in one cell of the report, latest first, with their deals' current state",
  middleware: [dealEditors],
  request: {
    query: z.object({
      ...periodQuery,
      group: z.string().max(100).optional().meta({
        example: EXAMPLE_PLAN,
        description: "The plan or manager at the time of closing; empty: no manager",
      }),
      outcome: z.enum(["won", "lost", "cancelled"]).optional().meta({ description: "Default: lost" }),
      reasonId: z.string().max(100).optional().meta({ example: "rsn_price", description: "Empty: not specified" }),
      clarification: z.string().max(1_000).optional().meta({ description: "Empty: none" }),
      ...pageQuery,
    }),
  },
  responses: { 200: json(pageAnswerSchemaOf(closedDealSchema), "Closings"), ...problems(404) },
});

async function asked(c: Context<ApiEnv>, { from, to, planId, scope }: PeriodQuery) {
  if (!isInOrder({ from, to }))
    throw new Problem({
      status: 400,
      code: "unusable-fields",
      detail: "the period ends before it begins",
      errors: [{ path: "to", code: "before-from", message: "is before from" }],
    });
  const [plan, users] = await Promise.all([knownPlan(c, planId), c.var.store.nightly.users()]);
  // An actor may see more in a plan that they are a member of than in all plans.
  noteDecision(c, "plan.see_all");
  const visible = visibleTo(c.var.actor, plan, users, scope);
  const isReached = (id: PlanId): boolean => decide(c, "plan.reach", { planId: id });
  return { context: salesContext(c), visible, users, from, to, planId: plan?.planId, isReached };
}

async function knownPlan(c: Context<ApiEnv>, given: string | undefined): Promise<SalesPlan | undefined> {
  if (given === undefined) return undefined;
  const planId = planIdSchema.safeParse(given);
  const isThere = planId.success && decide(c, "plan.reach", { planId: planId.data });
  const plan = isThere ? await c.var.store.sales.salesPlans.plan(planId.data) : undefined;
  if (plan === undefined) throw refused(unknownPlan(cutText(given, 100)));
  return plan;
}

async function reportOf(c: Context<ApiEnv>, query: ReportQuery): Promise<RefusalReport> {
  return reportRefusals({
    ...(await asked(c, query)),
    by: query.by ?? "plan",
    withClarifications: query.clarifications === "true",
    withCancelled: query.cancelled === "true",
  });
}

export const refusalReportRoutes = newRouter()
  .openapi(readReport, async (c) => {
    const query = c.req.valid("query");
    const { by, rows, total } = await reportOf(c, query);
    const hrefOf = cellAddressOf(query);
    const period = { from: query.from ?? null, to: query.to ?? null };
    return c.json({ by, ...period, rows: rows.map((row) => rowJson(row, hrefOf)), total: rowJson(total, hrefOf) }, 200);
  })
  .openapi(readCsv, async (c) => {
    const csv = reportCsv(await reportOf(c, c.req.valid("query")));
    return c.body(csv, 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="refusal-report.csv"',
    });
  })
  .openapi(readChart, async (c) => {
    const query = c.req.valid("query");
    const chart = reportChart(await reportOf(c, query), cellAddressOf(query));
    return c.body(chart, 200, {
      "content-type": "image/svg+xml",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    });
  })
  .openapi(readDeals, async (c) => {
    const { cursor, limit, ...query } = c.req.valid("query");
    const list = `closings ${JSON.stringify(Object.entries(query).toSorted())}`;
    const after = c.var.cursors.read(list, cursor);
    const { closings, next } = await closingsInCell(await asked(c, query), cellOf(query), { limit, after });
    const { deals: dealStore, salesPlans } = c.var.store.sales;
    const deals = await dealStore.deals(closings.map(({ dealId }) => dealId));
    const planIds = [...new Set(closings.map((closing) => closing.planId))];
    const plans = new Map(await Promise.all(planIds.map(async (id) => [id, await salesPlans.plan(id)] as const)));
    const data = closings.flatMap((closing) => {
      const deal = deals.get(closing.dealId);
      const plan = plans.get(closing.planId);
      if (deal === undefined) return [];
      return {
        closedAt: closing.at,
        outcome: closing.kind,
        planId: closing.planId,
        managerId: closing.managerId ?? null,
        reasonId: closing.reasonId ?? null,
        clarification: closing.clarification ?? null,
        cancelledAt: closing.cancelled?.at ?? null,
        cancelledBy: closing.cancelled?.actorId ?? null,
        deal: plan !== undefined && decide(c, "deal.see", dealThing(deal, plan)) ? dealJson(deal) : null,
      };
    });
    return c.json({ data, next: next === undefined ? null : c.var.cursors.write(list, next) }, 200);
  });
