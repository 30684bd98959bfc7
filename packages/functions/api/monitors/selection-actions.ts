import { createRoute } from "@hono/zod-openapi";
import { type SelectionOperation, selectionActionSchema } from "@regulars/core/monitors/selection-action";
import { ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { operationIdSchema } from "@regulars/core/platform/ids";
import { callList } from "@regulars/flows/monitors/call-list";
import { previewAction } from "@regulars/flows/monitors/preview-action";
import { startAction } from "@regulars/flows/monitors/start-action";
import { readVisibleMembers } from "@regulars/flows/monitors/visible-members";
import { callListCsv } from "@regulars/render/monitors/call-list-csv";
import type { Context } from "hono";
import * as z from "zod";
import { actionSourcesOf } from "../../action-sources.ts";
import { demand, looks } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { operationRoutes, resultsOf, startingOperation } from "../bulk-engine/operation-routes.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, lookup, problems } from "../http/schemas.ts";
import { byWhom } from "./follow-up-context.ts";
import { selectionContextOf, selectionIdOf } from "./selection-context.ts";
import { actionPreviewJson, actionPreviewSchema, operationJson, operationJsonSchema } from "./selection-schemas.ts";

const manage = demand("statuses.manage");
const tags = ["Status monitors"];
const params = z.object({ selectionId: lookup("sel_example") });

const calls = createRoute({
  method: "get",
  path: "/selections/{selectionId}/call-list",
  tags,
  summary: "Whom to call, as CSV: the members whom the caller sees, with phone, e-mail and our contact",
  middleware: [looks],
  request: { params },
  responses: {
    200: { description: "The call list", content: { "text/csv": { schema: z.string() } } },
    ...problems(404),
  },
});

const start = createRoute({
  method: "post",
  path: "/selections/{selectionId}/actions",
  tags,
  summary: "Act on the members of now: a follow-up each, one for each of their open requests, or a group mailing",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params,
    body: body(selectionActionSchema, { action: "follow-up", type: "call", text: "Call <name> (<cpho>)" }),
  },
  responses: { 202: json(operationJsonSchema, "The action has begun"), ...problems("write", 404) },
});

const preview = createRoute({
  method: "post",
  path: "/selections/{selectionId}/actions/~preview",
  tags,
  summary: "What an action would do on the members of now: how many, who is left out and why, and the first texts",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params,
    body: body(selectionActionSchema, { action: "mailing", subject: "News for <name>", text: "Hello <name>" }),
  },
  responses: { 200: json(actionPreviewSchema, "The preview"), ...problems("write", 404) },
});

const { progress, results } = operationRoutes(
  {
    path: "/selection-actions/{actionId}",
    params: z.object({ actionId: lookup("op_selection") }),
    answer: operationJsonSchema,
    row: z.object({
      ownerType: z.enum(ownerTypes),
      ownerId: z.string(),
      requestId: z.string().nullable(),
      state: z.enum(["waiting", "made", "skipped"]),
      id: z.string().nullable().meta({ description: "The follow-up or the message" }),
      reason: z.string().nullable(),
      address: z.string().nullable().meta({ description: "Of a mailing: where it went, or would have gone" }),
    }),
  },
  {
    tags,
    needs: "statuses.manage",
    summaries: {
      progress: "How far an action is",
      results: "An action's result for each member, a hundred per page",
    },
  },
);

async function findOperation(c: Context<ApiEnv>): Promise<SelectionOperation> {
  const operationId = operationIdSchema.safeParse(c.req.param("actionId"));
  const operation = operationId.success ? await c.var.store.selectionOperations.find(operationId.data) : undefined;
  if (operation === undefined)
    throw refused({ reason: "unknown-operation", message: "there is no such action on a selection" });
  return operation;
}

export const selectionActionRoutes = newRouter()
  .openapi(calls, async (c) => {
    const { tenant, store } = c.var;
    const { canSee } = await c.var.scope();
    const { owners } = valueOf(await readVisibleMembers(selectionContextOf(c), selectionIdOf(c), canSee));
    const rows = await callList({ tenant, nightly: store.nightly, records: store.records }, owners, canSee);
    return c.body(callListCsv(rows), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="call-list.csv"',
    });
  })
  .openapi(start, async (c) => {
    const { store, tenant } = c.var;
    const starting = startingOperation(c);
    const started = await startAction({
      context: selectionContextOf(c),
      sources: actionSourcesOf(tenant, store),
      operations: store.selectionOperations,
      selectionId: selectionIdOf(c),
      asked: c.req.valid("json"),
      actorId: byWhom(c),
      requestId: c.var.requestId,
      companionOf: (operation) => {
        starting(operation);
        return companionFor(c, 202, operationJson(operation));
      },
    });
    return c.json(operationJson(valueOf(started)), 202);
  })
  .openapi(preview, async (c) => {
    const { store, tenant } = c.var;
    const found = await previewAction({
      context: selectionContextOf(c),
      sources: actionSourcesOf(tenant, store),
      selectionId: selectionIdOf(c),
      asked: c.req.valid("json"),
    });
    return c.json(actionPreviewJson(valueOf(found)), 200);
  })
  .openapi(progress, async (c) => c.json(operationJson(await findOperation(c)), 200))
  .openapi(results, async (c) => {
    const { page } = c.req.valid("query");
    const { operationId } = await findOperation(c);
    const found = await resultsOf(
      page,
      (number) => c.var.store.selectionOperations.chunk(operationId, number),
      ({ owner, requestId }, result) => ({
        ownerType: owner.type,
        ownerId: ownerIdOf(owner),
        requestId: requestId ?? null,
        state: result?.state ?? ("waiting" as const),
        id: result?.id ?? null,
        reason: result?.reason ?? null,
        address: result?.address ?? null,
      }),
    );
    return c.json(found, 200);
  });
