import { createRoute } from "@hono/zod-openapi";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { statusIdSchema } from "@regulars/core/platform/ids";
import type { BoardInput } from "@regulars/flows/boards/board-query-plan";
import { listDeals, readBoard } from "@regulars/flows/boards/read-board";
import type { Context } from "hono";
import * as z from "zod";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { salesContext, planIdOf, planOf } from "../sales-plans/context.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { json, pageQuery, problems, wholeQuery } from "../http/schemas.ts";
import {
  type BoardQuery,
  boardQuery,
  cardJson,
  cardSchema,
  filterOfQuery,
  placeText,
  readSortPlace,
  totalJson,
  totalSchema,
  visibleDeals,
} from "./schemas.ts";
import { planParam, salesPlanJson, statusJson } from "../sales-plans/schemas.ts";
import { dealEditors } from "../sales-plans/rights.ts";

const columnSchema = z.object({
  status: statusJson,
  total: totalSchema,
  data: z.array(cardSchema),
  next: z.string().nullable().meta({ description: "Cursor for /deals with the same filter and this status" }),
});

const readBoardRoute = createRoute({
  method: "get",
  path: "/plans/{planId}/board",
  tags: ["Deals"],
  summary: "A plan's board: its statuses in order, each with number and worth of its deals and the first of them",
  middleware: [dealEditors],
  request: {
    params: planParam,
    query: z.object({
      ...boardQuery,
      limit: wholeQuery(1, 100).default(20).meta({ example: 20, description: "Deals per column" }),
      columns: wholeQuery(1, 50).default(50).meta({ example: 50, description: "Columns per page" }),
      fromStatus: statusIdSchema.optional().meta({
        example: "st_new",
        description: "The first column of the page: nextStatus of the previous page",
      }),
    }),
  },
  responses: {
    200: json(
      z.object({
        planId: z.string(),
        planVersion: z.int(),
        total: totalSchema,
        columns: z.array(columnSchema),
        nextStatus: z.string().nullable(),
      }),
      "The board",
    ),
    ...problems(404),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/plans/{planId}/deals",
  tags: ["Deals"],
  summary: "A plan's deals as a list, or those of one column; the totals are of all filtered deals",
  middleware: [dealEditors],
  request: { params: planParam, query: z.object({ ...boardQuery, ...pageQuery }) },
  responses: {
    200: json(z.object({ data: z.array(cardSchema), next: z.string().nullable(), total: totalSchema }), "Deals"),
    ...problems(404),
  },
});

/** Binds a cursor to one plan, filter and order. */
const listName = (plan: Pick<SalesPlan, "planId">, query: BoardQuery): string =>
  `deals ${plan.planId} ${JSON.stringify(Object.keys(boardQuery).map((name) => [name, new Map(Object.entries(query)).get(name)]))}`;

async function inputOf(c: Context<ApiEnv>, query: BoardQuery, limit: number) {
  const plan = await planOf(c);
  const { planId } = plan;
  const input: BoardInput = {
    context: salesContext(c),
    planId,
    plan,
    filter: filterOfQuery(query),
    visible: await visibleDeals(c, plan, query.scope),
    sort: query.sort ?? "created",
    isAscending: query.order === "ascending",
    limit,
  };
  return { plan, input };
}

/** The statuses of one page of columns, and the first of the next page. */
function columnsOf(
  { statuses }: SalesPlan,
  statusIds: readonly string[] | undefined,
  from: string | undefined,
  most: number,
) {
  const wanted = statuses.filter(({ statusId }) => statusIds === undefined || statusIds.includes(statusId));
  const begin = from === undefined ? 0 : wanted.findIndex(({ statusId }) => statusId === from);
  if (begin === -1)
    throw new Problem({
      status: 400,
      code: "unusable-fields",
      detail: "fromStatus is not a status of the board",
      errors: [{ path: "fromStatus", code: "unknown-status", message: "is not a status of the board" }],
    });
  const page = wanted.slice(begin, begin + most).map(({ statusId }) => statusId);
  return { page, next: wanted[begin + most]?.statusId ?? null };
}

export const boardRoutes = newRouter()
  .openapi(readBoardRoute, async (c) => {
    const { limit, columns: most, fromStatus, ...query } = c.req.valid("query");
    const { plan, input } = await inputOf(c, query, limit);
    const { page, next } = columnsOf(plan, input.filter.statusIds, fromStatus, most);
    const [board, whole] = await Promise.all([
      readBoard({ ...input, filter: { ...input.filter, statusIds: page } }),
      next === null && fromStatus === undefined ? undefined : listDeals({ ...input, limit: 1 }),
    ]);
    const { columns, total } = valueOf(board);
    const { statuses } = salesPlanJson(plan);
    const data = columns.map((column) => {
      const { statusId } = column.status;
      const list = listName(plan, { ...query, statusId });
      return {
        status: statuses.find((status) => status.statusId === statusId) ?? statusJson.parse(column.status),
        total: totalJson(column.total),
        data: column.cards.map((card) => cardJson(card, plan)),
        next: column.next === undefined ? null : c.var.cursors.write(list, placeText(column.next)),
      };
    });
    const all = whole === undefined ? total : valueOf(whole).total;
    return c.json(
      { planId: plan.planId, planVersion: plan.version, total: totalJson(all), columns: data, nextStatus: next },
      200,
    );
  })
  .openapi(listRoute, async (c) => {
    const { limit, cursor, ...query } = c.req.valid("query");
    const list = listName({ planId: planIdOf(c) }, query);
    const after = readSortPlace(c.var.cursors.read(list, cursor));
    const { input } = await inputOf(c, query, limit);
    const { plan, cards, total, next } = valueOf(await listDeals({ ...input, after }));
    return c.json(
      {
        data: cards.map((card) => cardJson(card, plan)),
        next: next === undefined ? null : c.var.cursors.write(list, placeText(next)),
        total: totalJson(total),
      },
      200,
    );
  });
