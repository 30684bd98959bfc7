import { createRoute } from "@hono/zod-openapi";
import { suggestedJson, suggestionJson } from "@regulars/core/code-red/link-json";
import { decisions, suggestionStates } from "@regulars/core/code-red/link-review";
import { suggestionRequestSchema } from "@regulars/core/code-red/suggest-links";
import { choiceFrom } from "@regulars/core/platform/choice";
import { cutText } from "@regulars/core/platform/cut-text";
import { decideLink, reviewLinks } from "@regulars/flows/code-red/decide-link";
import { type FoundLinks, suggestFromOrders } from "@regulars/flows/code-red/suggest-links";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { Problem, valueOf } from "../http/problem.ts";
import {
  body,
  choiceQuery,
  dayField,
  idempotencyHeader,
  json,
  lookup,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
} from "../http/schemas.ts";
import { anyItem, pairOf } from "./links.ts";

/** Suggesting reads all of the tenant's orders; what is suggested names no customer. */
const suggests = demand("settings.manage", "insights.view_all");
const looks = demand("settings.manage", "insights.view_all", "insights.view_team");
const manages = demand("settings.manage");

/** The most frequent rules of an answer; all of them are in the list. */
const MOST_RULES = 2_000;

const ruleFields = {
  from: z.string().meta({ description: "The item" }),
  to: z.string().meta({ description: "The item that is bought with it" }),
  joint: z.int().meta({ description: "Orders with both" }),
  support: z.number().meta({ description: "Of all orders, as a share of 1" }),
  confidence: z.number().meta({ description: "Of the orders with the item, as a share of 1" }),
  lift: z.number(),
  ratio: z.string().meta({ description: "So many of the item with so many of the other one", example: "2:3" }),
  buyers: z.int().meta({ description: "Customers who buy the item" }),
  wouldBeRed: z.int().meta({ description: "Of these, those for whom the link would be red" }),
};
const ruleSchema = z.object(ruleFields).meta({ id: "SuggestedLink" });

const suggest = createRoute({
  method: "post",
  path: "/links/suggestions",
  tags: ["Code Red"],
  summary: "Suggest links from the orders since a day, and keep them for review in place of those before",
  middleware: [suggests],
  request: {
    headers: idempotencyHeader,
    body: body(
      suggestionRequestSchema.extend({
        from: suggestionRequestSchema.shape.from.meta({ description: "The first day of the orders that count" }),
        asOf: dayField.optional().meta({ description: "The last one; default: that of the last nightly run" }),
        literal: suggestionRequestSchema.shape.literal.meta({ description: "Without the guards against chance" }),
        all: suggestionRequestSchema.shape.all.meta({
          description: "Also links that would be red for more than a third of the customers who buy the item",
        }),
      }),
      { from: "2026-01-01", percent: 10, metric: "confidence" },
    ),
  },
  responses: {
    200: json(
      z.object({
        asOf: z.string(),
        invoices: z.int().meta({ description: "Orders that were counted" }),
        total: z.int().meta({ description: "Suggested links" }),
        held: z.int().meta({ description: "Not suggested, because they would be red for more than a third" }),
        setAside: z
          .array(z.object({ customerId: z.string(), reason: z.string() }))
          .meta({ description: "Customers whose orders cannot be read" }),
        rules: z.array(ruleSchema).meta({ description: `The ${MOST_RULES} most frequent; the list has all` }),
      }),
      "What is suggested",
    ),
    ...problems("write"),
  },
});

const reviewedSchema = z
  .object({
    ...ruleFields,
    state: z.enum(suggestionStates),
    at: z.string().meta({ description: "When it was suggested, accepted or rejected" }),
    by: z.string().nullable().meta({ description: "By whom; null for an API key" }),
    rejectedAt: z.string().nullable().meta({ description: "When it was rejected before its orders doubled" }),
  })
  .meta({ id: "ReviewedLink" });

const list = createRoute({
  method: "get",
  path: "/links/suggestions",
  tags: ["Code Red"],
  summary: "Suggested links to review, or those that were accepted or rejected; the most frequent first",
  middleware: [looks],
  request: {
    query: z.object({
      state: choiceQuery(suggestionStates).meta({ description: "Default: suggested" }),
      itemId: anyItem.meta({ description: "Only links of this item, on either side" }),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(pageAnswerSchemaOf(reviewedSchema).extend({ asOf: z.string().nullable() }), "A page of the suggestions"),
    ...problems(409),
  },
});

const decide = createRoute({
  method: "put",
  path: "/links/suggestions/{itemId}/{linkedItemId}",
  tags: ["Code Red"],
  summary: "Accept a suggestion, which makes the link, or reject its pair until its orders have doubled",
  middleware: [manages],
  request: {
    params: z.object({ itemId: lookup("rye"), linkedItemId: lookup("jam") }),
    headers: idempotencyHeader,
    body: body(z.strictObject({ state: choiceFrom(decisions) }), { state: "accepted" }),
  },
  responses: { 200: json(reviewedSchema, "The decision"), ...problems("write", 404) },
});
const userOf = ({ var: { actor } }: Context<ApiEnv>) => (actor.type === "user" ? actor.user.userId : undefined);

const foundJson = ({ asOf, orders, suggestions, held, setAside }: FoundLinks) => ({
  asOf,
  invoices: orders,
  total: suggestions.length,
  held,
  setAside: [...setAside],
  rules: suggestions.slice(0, MOST_RULES).map(suggestedJson),
});

export const linkSuggestionRoutes = newRouter()
  .openapi(suggest, async (c) => {
    const { tenant, store } = c.var;
    const { asOf, ...request } = c.req.valid("json");
    const companionOf = (found: FoundLinks) => companionFor(c, 200, foundJson(found));
    const input = { tenant, store: store.nightly, links: store.links, request, asOf, by: userOf(c), now: nowOf(c) };
    const answer = foundJson(valueOf(await suggestFromOrders({ ...input, companionOf })));
    return c.json(answer, 200);
  })
  .openapi(list, async (c) => {
    const { store, cursors } = c.var;
    const { limit, cursor, state = "suggested", itemId } = c.req.valid("query");
    const { run, suggestions } = await reviewLinks(store.links);
    const wanted = suggestions.filter(
      (one) =>
        one.state === state && (itemId === undefined || [one.itemId, one.linkedItemId].some((id) => id === itemId)),
    );
    const page = pageOfAll(wanted, {
      cursors,
      list: `link-suggestions ${JSON.stringify([state, itemId])}`,
      cursor,
      limit,
      idOf: (one) => JSON.stringify([one.itemId, one.linkedItemId]),
    });
    return c.json({ asOf: run?.asOf ?? null, data: page.data.map(suggestionJson), next: page.next }, 200);
  })
  .openapi(decide, async (c) => {
    const { store } = c.var;
    const params = c.req.valid("param");
    const pair = pairOf(params);
    if (pair === undefined)
      throw new Problem({
        status: 404,
        code: "unknown-suggestion",
        detail: `no link from ${cutText(params.itemId, 200)} to ${cutText(params.linkedItemId, 200)} is suggested`,
      });
    const { state } = c.req.valid("json");
    const companionOf = (made: Parameters<typeof suggestionJson>[0]) => companionFor(c, 200, suggestionJson(made));
    const decision = await decideLink({ links: store.links, pair, state, by: userOf(c), now: nowOf(c), companionOf });
    return c.json(suggestionJson(valueOf(decision)), 200);
  });
