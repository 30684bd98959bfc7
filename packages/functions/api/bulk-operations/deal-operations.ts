import { createRoute } from "@hono/zod-openapi";
import { type DealOperation, dealActionSchema, dealBulkSchema } from "@regulars/core/bulk-operations/change-deals";
import { mayInBulk } from "@regulars/core/deals/edit-rights";
import { changeDeals } from "@regulars/flows/bulk-operations/change-deals";
import type { Context } from "hono";
import * as z from "zod";
import { decided, demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { parseBody } from "../http/parse-body.ts";
import { operationOf, operationRoutes, resultsOf, startingOperation } from "../bulk-engine/operation-routes.ts";
import { byWhom, salesContext, seesAllOf, planOf } from "../sales-plans/context.ts";
import { valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";
import { visibleDeals } from "../boards/schemas.ts";
import { planParam } from "../sales-plans/schemas.ts";

export const dealOperationAnswerSchema = z
  .object({
    operationId: z.string(),
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
  .meta({ id: "DealOperation", description: "A bulk operation on deals that were frozen at its start" });

const bulkBody = () => {
  const { $schema: _dialect, ...written } = z.toJSONSchema(dealBulkSchema, { io: "input", unrepresentable: "any" });
  return z.custom<unknown>(() => true).meta({ ...written, id: "DealBulk", type: "object" });
};

const changeMany = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/~change",
  tags: ["Deals"],
  summary: "Move, cancel or transfer deals of a plan, as a bulk operation",
  middleware: [demand("deals.edit_bulk")],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    body: body(bulkBody(), { change: { action: "move", statusId: "st_talk" }, filter: { statusIds: ["st_new"] } }),
  },
  responses: { 202: json(dealOperationAnswerSchema, "The bulk operation"), ...problems("write", 404) },
});

const { progress, results } = operationRoutes(
  {
    path: "/deal-operations/{operationId}",
    params: z.object({ operationId: lookup("op_2") }),
    answer: dealOperationAnswerSchema,
    row: z.object({
      dealId: z.string(),
      state: z.enum(["waiting", "changed", "same", "failed"]),
      reason: z.string().nullable(),
    }),
  },
  {
    tags: ["Deals"],
    needs: "deals.edit_bulk",
    summaries: {
      progress: "The progress of a bulk operation on deals",
      results: "A bulk operation's result for each deal, a hundred per page",
    },
  },
);

/** A bulk operation on deals as JSON. */
export const operationJson = (operation: DealOperation): z.output<typeof dealOperationAnswerSchema> => ({
  operationId: operation.operationId,
  planId: operation.planId,
  state: operation.state,
  action: dealActionSchema.parse(operation.change).action,
  total: operation.total,
  done: operation.next,
  changed: operation.changed,
  same: operation.same,
  failed: operation.failed,
  createdAt: operation.createdAt,
  finishedAt: operation.finishedAt ?? null,
});

const findOperation = (c: Context<ApiEnv>): Promise<DealOperation> =>
  operationOf(
    c,
    (operationId) => c.var.store.sales.dealOperations.find(operationId),
    ({ planId }) => seesAllOf(c, planId),
  );

export const dealOperationRoutes = newRouter()
  .openapi(changeMany, async (c) => {
    const asked = parseBody(dealBulkSchema, c.req.valid("json"));
    const plan = await planOf(c);
    const { planId } = plan;
    valueOf(decided(c, "plan.change_many", planId, mayInBulk(c.var.actor, plan)));
    const visible = await visibleDeals(c, plan, undefined);
    const start = startingOperation(c);
    const companionOf = (operation: DealOperation) => {
      start(operation);
      return companionFor(c, 202, operationJson(operation));
    };
    const operation = valueOf(
      await changeDeals({ context: salesContext(c), planId, asked, visible, ...byWhom(c), companionOf }),
    );
    return c.json(operationJson(operation), 202);
  })
  .openapi(progress, async (c) => c.json(operationJson(await findOperation(c)), 200))
  .openapi(results, async (c) => {
    const { page: number } = c.req.valid("query");
    const { operationId } = await findOperation(c);
    const found = await resultsOf(
      number,
      (page) => c.var.store.sales.dealOperations.chunk(operationId, page),
      ({ dealId }, result) => ({
        dealId,
        state: result?.state ?? ("waiting" as const),
        reason: result?.reason ?? null,
      }),
    );
    return c.json(found, 200);
  });
