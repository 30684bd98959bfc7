import { createRoute } from "@hono/zod-openapi";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import { performanceMetrics, performanceWindows, usualLowest } from "@regulars/core/sales-figures/lowest";
import { activityTypes } from "@regulars/core/customers/activity";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { localDay } from "@regulars/core/platform/period";
import { openTasks } from "@regulars/flows/monitors/open-tasks";
import { forYou } from "@regulars/flows/insights/for-you";
import { forYouJson } from "@regulars/flows/insights/for-you-json";
import { ordersOfDay } from "@regulars/flows/insights/orders-of-day";
import type { ScopeFilter } from "@regulars/flows/customers/resolve-scope";
import type { Context } from "hono";
import * as z from "zod";
import { decide, looks } from "../access/decide.ts";
import { customersSetAsideField, noteUnreadable } from "./note-unreadable.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { asOfQuery, dayField, findingSchema, json, problems, userIdField, wholeQuery } from "../http/schemas.ts";

const groupField = z.string().min(1).max(200).optional();

const scopeQuery = {
  userId: userIdField.optional().meta({
    description: "Another rep's page; default: the actor's own. A manager's page is the team's",
    example: "anna",
  }),
  teamId: groupField.meta({ description: "A team's page, instead of a user's" }),
  territoryId: groupField.meta({ description: "A territory's page, instead of a user's" }),
};

const cardSchema = findingSchema
  .extend({
    cardAtStakeMinor: z.int().meta({ description: "Including the findings folded under it" }),
    folded: z.array(findingSchema),
  })
  .meta({ id: "Card", description: "A finding, with the customer's findings that are folded under it" });

const weekSchema = z
  .object({
    basis: z.enum(salesBases),
    from: z.string(),
    to: z.string(),
    salesMinor: z.int(),
    previousMinor: z.int(),
    currency: z.string(),
    changePct: z.number().nullable(),
    changeReason: z.enum(["new", "negative"]).optional(),
    linesWithoutValue: z.int(),
    grossProfit: z
      .object({
        gpPct: z.number().nullable(),
        previousGpPct: z.number().nullable(),
        changePoints: z.number().nullable(),
        costCoveragePct: z.number().nullable(),
      })
      .optional()
      .meta({ description: "Only if price editing is enabled" }),
  })
  .meta({ id: "WeeklySales" });

const performerSchema = z.object({
  customerId: z.string(),
  units: z.number(),
  salesMinor: z.int(),
  gpPct: z.number().nullable().optional(),
});

const lowestSchema = z
  .object({
    metric: z.enum(performanceMetrics),
    windowDays: z.int(),
    customers: z.int(),
    lowest: z.array(performerSchema).readonly(),
    notComputable: z.array(performerSchema).readonly().optional(),
    notComputableCount: z.int().optional(),
  })
  .meta({ id: "LowestPerformers" });

const taskSchema = z
  .object({
    followUpId: z.string(),
    ownerType: z.enum(ownerTypes),
    ownerId: z.string(),
    customerId: z.string(),
    customerName: z.string(),
    type: z.enum(activityTypes),
    text: z.string(),
    dueOn: z.string(),
    isLate: z.boolean(),
  })
  .meta({ id: "OpenTask", description: "An open follow-up of a user" });

const pageSchema = z
  .object({
    asOf: z.string(),
    scope: z.string().meta({ description: "The scope of the page: rep anna, team north, all" }),
    forYou: z.object({
      budget: z.int().meta({ description: "How many of the ranked entries are for today" }),
      customersSetAside: customersSetAsideField,
      counts: z.object({ ranked: z.int(), toWatch: z.int(), winBack: z.int(), setAside: z.int() }),
      ranked: z
        .array(
          cardSchema
            .extend({ rank: z.int(), isWithinBudget: z.boolean(), isFresh: z.boolean() })
            .meta({ id: "RankedCard" }),
        )
        .meta({ description: "To act on: open, high or medium, in the one order of pages and messages" }),
      toWatch: z.array(cardSchema).meta({ description: "Not certain enough to act on: no message is sent" }),
      winBack: z.array(cardSchema),
      setAside: z.array(cardSchema),
      toDo: z.object({
        count: z.int(),
        tasks: z.array(taskSchema).meta({
          description:
            "The user's open follow-ups, the earliest due day first; none on the page of a group or a past day",
        }),
      }),
    }),
    insights: z.object({ weeklySales: weekSchema, lowestPerformers: lowestSchema }),
  })
  .meta({ id: "ForYou" });

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

const orderCardSchema = z
  .object({
    orderId: z.string(),
    customerId: z.string(),
    customerName: z.string(),
    status: z.string(),
    isDraft: z.boolean(),
    placedAt: z.string(),
    placedOn: z.string(),
    lines: z
      .array(
        z.object({
          itemId: z.string(),
          itemName: z.string(),
          kind: z.enum(["goods", "charge"]),
          quantity: z.number(),
          netMinor: z.int().nullable(),
        }),
      )
      .readonly(),
    totalMinor: z.int().nullable(),
    startedBy: z
      .object({ userId: z.string(), name: z.string(), phone: z.string().nullable() })
      .nullable()
      .meta({ description: "The employee who started it, to call about it" }),
  })
  .meta({ id: "OrderCard" });

const readOrders = createRoute({
  method: "get",
  path: "/for-you/orders",
  tags: ["Insights"],
  summary: "Current orders (drafts, and what was placed today), or those of a past day",
  middleware: [looks],
  request: { query: z.object({ ...scopeQuery, day: dayField.optional().meta({ example: "2026-08-10" }) }) },
  responses: {
    200: json(
      z
        .object({
          day: z.string(),
          isCurrent: z.boolean(),
          orders: z.array(orderCardSchema).readonly(),
          placedMinor: z.int(),
          currency: z.string(),
        })
        .meta({ id: "OrdersOfDay" }),
      "The day's orders, the latest first",
    ),
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
