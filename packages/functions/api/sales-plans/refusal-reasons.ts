import { createRoute } from "@hono/zod-openapi";
import { reasonIdSchema } from "@regulars/core/platform/ids";
import { refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import { saveReason } from "@regulars/flows/sales-plans/save-reason";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { parseBody } from "../http/parse-body.ts";
import { salesContext, wholeTenant } from "./context.ts";
import { companionFor } from "../access/idempotency.ts";
import { valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { planReaders } from "./rights.ts";

const manage = demand("plans.manage");

export const reasonSchema = z
  .object({ reasonId: z.string(), name: z.string(), needsClarification: z.boolean(), isArchived: z.boolean() })
  .meta({ id: "RefusalReason", description: "Why deals are lost; shared by all plans of the tenant" });

const list = createRoute({
  method: "get",
  path: "/refusal-reasons",
  tags: ["Plans"],
  summary: "Refusal reasons, by name",
  middleware: [planReaders],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(reasonSchema), "Reasons"), ...problems() },
});

const save = createRoute({
  method: "put",
  path: "/refusal-reasons/{reasonId}",
  tags: ["Plans"],
  summary: "Create or change a refusal reason; archived ones stay in the history",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: z.object({ reasonId: lookup("rsn_price") }),
    body: body(refusalReasonSchema.omit({ reasonId: true }), { name: "Price" }),
  },
  responses: {
    200: json(reasonSchema, "The changed reason"),
    201: json(reasonSchema, "The new reason"),
    ...problems("write"),
  },
});

const statusOf = (isNew: boolean) => (isNew ? 201 : 200);

export const refusalReasonRoutes = newRouter()
  .openapi(list, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const reasons = [...(await c.var.store.sales.salesPlans.reasons()).values()]
      .map((reason) => ({ ...reason }))
      .toSorted((a, b) => a.name.localeCompare(b.name, "en") || (a.reasonId < b.reasonId ? -1 : 1));
    const place = { cursors: c.var.cursors, list: "refusal-reasons", cursor, limit };
    return c.json(pageOfAll(reasons, { ...place, idOf: ({ reasonId }) => reasonId }), 200);
  })
  .openapi(save, async (c) => {
    wholeTenant(c);
    const reasonId = parseBody(z.object({ reasonId: reasonIdSchema }), c.req.valid("param")).reasonId;
    const reason = { reasonId, ...c.req.valid("json") };
    const companionOf = (isNew: boolean) => companionFor(c, statusOf(isNew), reason);
    const { isNew } = valueOf(await saveReason(salesContext(c), reason, companionOf));
    return c.json(reason, statusOf(isNew));
  });
