import { createRoute } from "@hono/zod-openapi";
import type { Deal } from "@regulars/core/deals/deal";
import { commentSchema } from "@regulars/core/deals/deal";
import { dealIdSchema, reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import type { Result } from "@regulars/core/platform/result";
import { reopenDeal } from "@regulars/flows/deals/cancel-deal";
import type { DealChanged, StaleDeal } from "@regulars/flows/deals/change-deal";
import { moveDeal } from "@regulars/flows/deals/move-deal";
import { transferDeal } from "@regulars/flows/deals/transfer-deal";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { byWhom, dealIdOfPath, salesContext, planIdOf } from "../sales-plans/context.ts";
import { body, json, lookup, idempotencyHeader, userIdField, problems } from "../http/schemas.ts";
import { allowing } from "./allowing.ts";
import { dealEditors } from "../sales-plans/rights.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import {
  dealParam,
  planParam,
  EXAMPLE_CLOSED,
  EXAMPLE_DEAL,
  dealJson,
  dealAnswerSchema,
} from "../sales-plans/schemas.ts";

const versionField = z.int().min(1).optional();
const comment = commentSchema.optional();

const moveFields = {
  statusId: statusIdSchema.meta({ example: "st_talk" }),
  reasonId: reasonIdSchema.optional(),
  clarification: z.string().trim().max(500).optional(),
};

const move = createRoute({
  method: "patch",
  path: "/plans/{planId}/deals/{dealId}",
  tags: ["Deals"],
  summary: "Move a deal to another status; a lost one may need a refusal reason",
  middleware: [dealEditors],
  request: {
    headers: idempotencyHeader,
    params: dealParam,
    body: body(z.strictObject({ ...moveFields, version: versionField }), { statusId: "st_talk" }),
  },
  responses: { 200: json(dealAnswerSchema, "The changed deal"), ...problems("write", 404) },
});

const itemSchema = z.object({
  dealId: z.string(),
  status: z.int(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});

const moveMany = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/~move",
  tags: ["Deals"],
  summary: "Move up to 100 deals, each independently",
  middleware: [demand("deals.edit_bulk", "deals.edit_all")],
  request: {
    headers: idempotencyHeader,
    params: planParam,
    body: body(z.strictObject({ ...moveFields, dealIds: z.array(dealIdSchema).min(1).max(100) }), {
      dealIds: [EXAMPLE_DEAL],
      statusId: "st_talk",
    }),
  },
  responses: {
    200: json(z.object({ data: z.array(itemSchema) }), "The result of each deal"),
    ...problems("write", 404),
  },
});

const cancel = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/{dealId}/~cancel",
  tags: ["Deals"],
  summary: "Cancel deal: reopen a closed deal in its intermediate status",
  middleware: [dealEditors],
  request: {
    headers: idempotencyHeader,
    params: planParam.extend({ dealId: lookup(EXAMPLE_CLOSED) }),
    body: body(z.strictObject({ version: versionField, comment }), { comment: "Closed by mistake" }),
  },
  responses: { 200: json(dealAnswerSchema, "The changed deal"), ...problems("write", 404) },
});

const transfer = createRoute({
  method: "post",
  path: "/plans/{planId}/deals/{dealId}/~transfer",
  tags: ["Deals"],
  summary: "Transfer a deal to another manager of its plan",
  middleware: [dealEditors],
  request: {
    headers: idempotencyHeader,
    params: dealParam,
    body: body(z.strictObject({ managerId: userIdField, version: versionField, comment }), { managerId: "bo" }),
  },
  responses: { 200: json(dealAnswerSchema, "The changed deal"), ...problems("write", 404) },
});

/** The changed deal; throws a problem if the change was refused. */
function changedDeal(changed: Result<DealChanged> | StaleDeal): Deal {
  if (!changed.ok && "winner" in changed)
    throw new Problem({
      status: 409,
      code: changed.reason,
      detail: changed.message,
      errors: [
        { path: "version", code: "stale", message: `is now ${changed.winner.version}, in ${changed.winner.statusId}` },
      ],
    });
  return valueOf(changed).deal;
}

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
  .openapi(move, async (c) => {
    const { statusId, version, ...given } = c.req.valid("json");
    const changed = await moveDeal({
      context: salesContext(c),
      planId: planIdOf(c),
      sought: { dealId: dealIdOfPath(c) },
      to: statusId,
      given,
      version,
      ...byWhom(c),
      allow: allowing(c, "deal.edit"),
      companionOf: (deal) => companionFor(c, 200, dealJson(deal)),
    });
    return c.json(dealJson(changedDeal(changed)), 200);
  })
  .openapi(moveMany, async (c) => {
    const { statusId, dealIds, ...given } = c.req.valid("json");
    const [context, planId, by, allow] = [salesContext(c), planIdOf(c), byWhom(c), allowing(c, "deal.edit")];
    const data = [];
    const { claim } = c.var;
    for (const dealId of new Set(dealIds)) {
      const moved = { dealId, status: 200, code: null, detail: null };
      // An earlier attempt has moved it: it may have been moved on since.
      if (claim?.steps.has(dealId) === true) {
        data.push(moved);
        continue;
      }
      const companionOf = () => claim?.step(dealId, moved);
      const asked = { context, planId, sought: { dealId }, to: statusId, given, ...by, allow, companionOf };
      const changed = await moveDeal(asked);
      if (!changed.ok && changed.reason === "unknown-plan") throw refused(changed);
      const problem = changed.ok ? undefined : refused(changed);
      const answer = { code: problem?.code ?? null, detail: problem?.message ?? null };
      data.push({ dealId, status: problem?.status ?? 200, ...answer });
    }
    return c.json({ data }, 200);
  })
  .openapi(cancel, async (c) => {
    const changed = await reopenDeal({ ...changeOf(c), ...c.req.valid("json") });
    return c.json(dealJson(changedDeal(changed)), 200);
  })
  .openapi(transfer, async (c) => {
    const { managerId: to, ...given } = c.req.valid("json");
    const changed = await transferDeal({ ...changeOf(c), to, ...given });
    return c.json(dealJson(changedDeal(changed)), 200);
  });
