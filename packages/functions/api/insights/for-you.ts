import { createRoute } from "@hono/zod-openapi";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import { performanceMetrics, performanceWindows, usualLowest } from "@regulars/core/sales-figures/lowest";
import { localDay } from "@regulars/core/platform/period";
import { openTasks } from "@regulars/flows/monitors/open-tasks";
import { forYou } from "@regulars/flows/insights/for-you";
import { forYouJson } from "@regulars/flows/insights/for-you-json";
import { ordersOfDay } from "@regulars/flows/insights/orders-of-day";
import type { ScopeFilter } from "@regulars/flows/customers/resolve-scope";
import type { Context } from "hono";
import * as z from "zod";
import { decide, looks } from "../access/decide.ts";
import { ordersOfDaySchema, pageSchema } from "./for-you-schemas.ts";
import { noteUnreadable } from "./note-unreadable.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { asOfQuery, dayField, json, problems, userIdField, wholeQuery } from "../http/schemas.ts";

const groupField = z.string().min(1).max(200).optional();

const scopeQuery = {
  userId: userIdField.optional().meta({
    description: "Another rep's page; default: the actor's own. A manager's page is the team's",
    example: "anna",
  }),
  teamId: groupField.meta({ description: "A team's page, instead of a user's" }),
  territoryId: groupField.meta({ description: "A territory's page, instead of a user's" }),
};

const windowField = z.enum(performanceWindows.map(String)).optional();

const readForYou = createRoute({
  method: "get",
  path: "/for-you",
  tags: ["Insights"],
  summary: "The For You page: whom to talk to and why, by money at stake, and the sales figures",
  middleware: [looks],
  request: {
    query: z.object({
      ...scopeQuery,
      asOf: asOfQuery,
      lowest: z.enum(performanceMetrics).optional().meta({ example: "units" }),
      window: windowField.meta({ example: "30" }),
      basis: z
        .enum(salesBases)
        .optional()
        .meta({ example: "order", description: "What the weekly figures are computed from; default: order" }),
      limit: wholeQuery(1, 200).meta({
        example: 50,
        description: "Most cards of each list; default: 200. `counts` has the full numbers",
      }),
    }),
  },
  responses: { 200: json(pageSchema, "The page"), ...problems(404, 422) },
});

const readOrders = createRoute({
  method: "get",
  path: "/for-you/orders",
  tags: ["Insights"],
  summary: "Current orders (drafts, and what was placed today), or those of a past day",
  middleware: [looks],
  request: { query: z.object({ ...scopeQuery, day: dayField.optional().meta({ example: "2026-08-10" }) }) },
  responses: {
    200: json(ordersOfDaySchema, "The day's orders, the latest first"),
    ...problems(404, 422),
  },
});

const notThere = (what: string): Problem =>
  new Problem({ status: 404, code: `unknown-${what.split(" ")[0]}`, detail: `there is no ${what}` });

type RequestedScope = z.output<z.ZodObject<typeof scopeQuery>>;

/** The requested scope; one that is invisible to the actor is treated as unknown. */
async function scopeFilterOf(
  c: Context<ApiEnv>,
  { userId, teamId, territoryId }: RequestedScope,
): Promise<ScopeFilter> {
  const { actor } = c.var;
  if ([userId, teamId, territoryId].filter((one) => one !== undefined).length > 1)
    throw new Problem({ status: 422, code: "two-scopes", detail: "name only one of userId, teamId and territoryId" });
  if (teamId !== undefined && !decide(c, "team.see_list", { teamId })) throw notThere(`team ${teamId}`);
  if (territoryId !== undefined && !decide(c, "territory.see_list", { territoryId }))
    throw notThere(`territory ${territoryId}`);
  if (teamId !== undefined || territoryId !== undefined) return { teamId, territoryId };
  const wanted = userId ?? (actor.type === "user" ? actor.user.userId : undefined);
  if (wanted === undefined)
    throw new Problem({ status: 400, code: "no-user", detail: "an API key has no page of its own: add ?userId=" });
  if (!(await c.var.scope()).canSeeUser(wanted)) throw notThere(`user ${wanted}`);
  return { repId: wanted };
}

export const forYouRoutes = newRouter()
  .openapi(readForYou, async (c) => {
    const { tenant, store, catalog } = c.var;
    const { asOf, lowest, window, basis, limit = 200, ...asked } = c.req.valid("query");
    const scopeFilter = await scopeFilterOf(c, asked);
    const choice = {
      metric: lowest ?? usualLowest.metric,
      windowDays: performanceWindows.find((days) => String(days) === window) ?? usualLowest.windowDays,
    };
    const page = valueOf(
      await forYou({
        tenant,
        catalog,
        store: store.nightly,
        scopeFilter,
        asOf,
        now: nowOf(c),
        lowest: choice,
        basis,
        onUnreadable: noteUnreadable(c),
      }),
    );
    const tasks = await openTasks({
      followUps: store.followUps,
      profiles: store.nightly,
      userId: asOf === undefined ? scopeFilter.repId : undefined,
      scope: await c.var.scope(),
      today: localDay(nowOf(c), tenant.timeZone),
    });
    return c.json(forYouJson(page, tasks, limit), 200);
  })
  .openapi(readOrders, async (c) => {
    const { tenant, store } = c.var;
    const { day, ...asked } = c.req.valid("query");
    const scopeFilter = await scopeFilterOf(c, asked);
    const input = {
      tenant,
      store: store.nightly,
      orders: store.orderQueries,
      scopeFilter,
      day,
      now: nowOf(c),
      onUnreadable: noteUnreadable(c),
    };
    return c.json(valueOf(await ordersOfDay(input)), 200);
  });
