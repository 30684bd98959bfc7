import { createRoute } from "@hono/zod-openapi";
import { type AudienceOperation, bulkAddSchema } from "@regulars/core/bulk-operations/add-audience";
import { mayInBulk } from "@regulars/core/deals/edit-rights";
import { bulkAdd } from "@regulars/flows/bulk-operations/add-audience";
import type { Context } from "hono";
import * as z from "zod";
import { decided, demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { operationOf, operationRoutes, resultsOf, startingOperation } from "../bulk-engine/operation-routes.ts";
import { byWhom, salesContext, seesAllOf, planOf } from "../sales-plans/context.ts";
import { valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";
import { planParam } from "../sales-plans/schemas.ts";

export const audienceOperationAnswerSchema = z
  .object({
    operationId: z.string(),
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
  .meta({
    id: "AudienceOperation",
    description: "A bulk operation that adds an audience; its members were frozen at its start",
  });

const bulk = createRoute({
  method: "post",
  path: "/plans/{planId}/leads/~bulk",
  tags: ["Deals"],
  summary: "Add a filtered audience to a plan, as a bulk operation",
  middleware: [demand("deals.edit_bulk")],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    body: body(bulkAddSchema, { audience: { hasEmail: true } }),
  },
  responses: {
    202: json(audienceOperationAnswerSchema, "The bulk operation"),
    ...problems("write", 404, 410),
  },
});

const { progress, results } = operationRoutes(
  {
    path: "/audience-operations/{operationId}",
    params: z.object({ operationId: lookup("op_1") }),
    answer: audienceOperationAnswerSchema,
    row: z.object({
      personId: z.string(),
      state: z.enum(["waiting", "added", "duplicate", "failed"]),
      dealId: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  },
  {
    tags: ["Deals"],
    needs: "deals.edit_bulk",
    summaries: {
      progress: "A bulk operation's progress",
      results: "A bulk operation's result for each person, a hundred per page",
    },
  },
);

const operationJson = (operation: AudienceOperation): z.output<typeof audienceOperationAnswerSchema> => ({
  operationId: operation.operationId,
  planId: operation.planId,
  state: operation.state,
  total: operation.total,
  done: operation.next,
  added: operation.added,
  duplicates: operation.duplicates,
  failed: operation.failed,
  createdAt: operation.createdAt,
  finishedAt: operation.finishedAt ?? null,
});

const findOperation = (c: Context<ApiEnv>): Promise<AudienceOperation> =>
  operationOf(
    c,
    (operationId) => c.var.store.sales.audienceOperations.find(operationId),
    ({ planId }) => seesAllOf(c, planId),
  );

export const audienceOperationRoutes = newRouter()
  .openapi(bulk, async (c) => {
    const asked = c.req.valid("json");
    const plan = await planOf(c);
    const { planId } = plan;
    valueOf(decided(c, "plan.change_many", planId, mayInBulk(c.var.actor, plan)));
    const start = startingOperation(c);
    const companionOf = (operation: AudienceOperation) => {
      start(operation);
      return companionFor(c, 202, operationJson(operation));
    };
    const started = await bulkAdd({ context: salesContext(c), planId, asked, ...byWhom(c), companionOf });
    const operation = valueOf(started);
    return c.json(operationJson(operation), 202);
  })
  .openapi(progress, async (c) => c.json(operationJson(await findOperation(c)), 200))
  .openapi(results, async (c) => {
    const { page: number } = c.req.valid("query");
    const { operationId } = await findOperation(c);
    const found = await resultsOf(
      number,
      (page) => c.var.store.sales.audienceOperations.chunk(operationId, page),
      (personId, result) => ({
        personId,
        state: result?.state ?? ("waiting" as const),
        dealId: result?.dealId ?? null,
        reason: result?.reason ?? null,
      }),
    );
    return c.json(found, 200);
  });
