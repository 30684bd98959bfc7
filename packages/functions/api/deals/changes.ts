import { createRoute } from "@hono/zod-openapi";
import type { Deal } from "@regulars/core/deals/deal";
import { commentSchema } from "@regulars/core/deals/deal";
import { reopenDeal } from "@regulars/flows/deals/cancel-deal";
import { transferDeal } from "@regulars/flows/deals/transfer-deal";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { byWhom, dealIdOfPath, salesContext, planIdOf } from "../sales-plans/context.ts";
import { body, json, lookup, idempotencyHeader, userIdField, problems } from "../http/schemas.ts";
import { allowing } from "./allowing.ts";
import { changedDeal } from "./deals.ts";
import { planParam, EXAMPLE_CLOSED, EXAMPLE_DEAL, dealJson, dealAnswerSchema } from "../sales-plans/schemas.ts";

const edit = demand("deals.edit_own", "deals.edit_bulk", "deals.edit_all");
const version = z.int().min(1).optional();
const comment = commentSchema.optional();

const cancel = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/{dealId}/~cancel",
  tags: ["Deals"],
  summary: "Cancel deal: reopen a closed deal in its intermediate status",
  middleware: [edit],
  request: {
    headers: idempotencyHeader,
    params: planParam.extend({ dealId: lookup(EXAMPLE_CLOSED) }),
    body: body(z.strictObject({ version, comment }), { comment: "Closed by mistake" }),
  },
  responses: { 200: json(dealAnswerSchema, "The changed deal"), ...problems("write", 404) },
});

const transfer = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/{dealId}/~transfer",
  tags: ["Deals"],
  summary: "Transfer a deal to another manager of its plan",
  middleware: [edit],
  request: {
    headers: idempotencyHeader,
    params: planParam.extend({ dealId: lookup(EXAMPLE_DEAL) }),
    body: body(z.strictObject({ managerId: userIdField, version, comment }), { managerId: "bo" }),
  },
  responses: { 200: json(dealAnswerSchema, "The changed deal"), ...problems("write", 404) },
});

/** Who may not is refused, and noted in the security log, not in a deal's action log. */
const changeOf = (c: Context<ApiEnv>) => ({
  context: salesContext(c),
  planId: planIdOf(c),
  sought: { dealId: dealIdOfPath(c) },
  ...byWhom(c),
  allow: allowing(c, "deal.overrule"),
  companionOf: (deal: Deal) => companionFor(c, 200, dealJson(deal)),
});

export const dealChangeRoutes = newRouter()
  .openapi(cancel, async (c) => {
    const changed = await reopenDeal({ ...changeOf(c), ...c.req.valid("json") });
    return c.json(dealJson(changedDeal(changed)), 200);
  })
  .openapi(transfer, async (c) => {
    const { managerId: to, ...given } = c.req.valid("json");
    const changed = await transferDeal({ ...changeOf(c), to, ...given });
    return c.json(dealJson(changedDeal(changed)), 200);
  });
