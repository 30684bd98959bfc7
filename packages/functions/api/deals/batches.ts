import { createRoute } from "@hono/zod-openapi";
import { MAX_BATCH_ITEMS } from "@regulars/core/imports/ingest-schemas";
import { dealItemSchema } from "@regulars/core/deals/deal-fields";
import { ingestDeals } from "@regulars/flows/deals/ingest-deals";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { batchProgress, noteUnfinished } from "../access/idempotency.ts";
import { newRouter } from "../http/environment.ts";
import { byWhom, salesContext, planIdOf } from "../sales-plans/context.ts";
import { valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";
import { EXAMPLE_PLAN } from "../sales-plans/schemas.ts";

const resultSchema = z
  .object({
    index: z.int().meta({ description: "The item's place in the batch, from 0" }),
    id: z.string().optional().meta({ description: "The item's id, if it could be read" }),
    outcome: z.enum(["created", "unchanged", "rejected"]),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "DealItemResult", description: "The result of one deal; a rejected deal does not affect the others" });

/** Items have their full schema in the document, but are validated one by one later. */
const { $schema: _dialect, ...described } = z.toJSONSchema(dealItemSchema, { io: "input", unrepresentable: "any" });
const item = z.custom<unknown>(() => true).meta({ ...described, type: "object" });

const batch = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/batch",
  tags: ["Ingest"],
  summary: `Up to ${MAX_BATCH_ITEMS} deals of another system, each with its own result; the same batch again changes nothing`,
  middleware: [demand("ingest.write")],
  request: {
    headers: idempotencyHeader,
    params: z.object({ planId: lookup(EXAMPLE_PLAN) }),
    body: body(z.strictObject({ items: z.array(item).min(1).max(MAX_BATCH_ITEMS) }), {
      items: [dealItemSchema.meta()?.["example"]],
    }),
  },
  responses: {
    200: json(z.object({ results: z.array(resultSchema) }), "The result of each deal"),
    ...problems("write", 404),
  },
});

export const dealBatchRoutes = newRouter().openapi(batch, async (c) => {
  const { items } = c.req.valid("json");
  const users = (await c.var.store.nightly.users()).map(({ userId }) => userId);
  const planId = planIdOf(c);
  const asked = { context: salesContext(c), planId, items, users, progress: batchProgress(c), ...byWhom(c) };
  const results = valueOf(await ingestDeals(asked));
  noteUnfinished(c, results);
  return c.json(
    {
      results: results.map(({ errors, ...result }) => ({
        ...result,
        ...(errors === undefined ? {} : { errors: errors.map((error) => ({ ...error })) }),
      })),
    },
    200,
  );
});
