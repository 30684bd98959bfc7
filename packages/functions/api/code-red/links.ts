import { createRoute } from "@hono/zod-openapi";
import { type ItemLink, type LinkedPair, itemLinkSchema } from "@regulars/core/catalog/item-link";
import { MOST_RATIO } from "@regulars/core/catalog/link-rules";
import { cutText } from "@regulars/core/platform/cut-text";
import { wholeFrom } from "@regulars/core/platform/whole-number";
import { sameForm } from "@regulars/core/platform/id-text";
import { itemIdSchema } from "@regulars/core/platform/values";
import { setLink } from "@regulars/flows/code-red/set-link";
import type { LinkStore } from "@regulars/core/code-red/link-store";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { newRouter } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { Problem, valueOf } from "../http/problem.ts";
import {
  body,
  itemIdField,
  idempotencyHeader,
  json,
  lookup,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
} from "../http/schemas.ts";

const looks = demand("settings.manage", "insights.view_own", "insights.view_team", "insights.view_all");
const manages = demand("settings.manage");

const LONGEST_LAG = 365;
const ratio = wholeFrom(1, MOST_RATIO);

const linkAnswerSchema = z
  .object({
    itemId: z.string(),
    linkedItemId: z.string(),
    ratio: z.int().meta({ description: "So many of the item" }),
    linkedRatio: z.int().meta({ description: "go with so many of the linked one" }),
    lagDays: z.int().meta({ description: "The linked item is bought so many days later" }),
    bidirectional: z.boolean().meta({ description: "The mirrored expectation is shown too; there is one light" }),
  })
  .meta({ id: "ItemLink" });

/** An item to look for: an id that cannot be one finds nothing. */
export const anyItem = z.string().max(2_000).overwrite(sameForm).optional();

const list = createRoute({
  method: "get",
  path: "/links",
  tags: ["Code Red"],
  summary: "Links between items that are bought together, by item and linked item",
  middleware: [looks],
  request: {
    query: z.object({
      itemId: anyItem.meta({ description: "Only links from this item" }),
      linkedItemId: anyItem.meta({ description: "Only links to this item" }),
      anyItemId: anyItem.meta({ description: "Only links of this item, on either side" }),
      ...pageQuery,
    }),
  },
  responses: { 200: json(pageAnswerSchemaOf(linkAnswerSchema), "A page of the links"), ...problems(409) },
});

const pairParams = z.object({ itemId: lookup("rye"), linkedItemId: lookup("butter") });
const address = "/links/{itemId}/{linkedItemId}";

const read = createRoute({
  method: "get",
  path: address,
  tags: ["Code Red"],
  summary: "One link",
  middleware: [looks],
  request: { params: pairParams },
  responses: { 200: json(linkAnswerSchema, "The link"), ...problems(404) },
});

const set = createRoute({
  method: "put",
  path: "/links",
  tags: ["Code Red"],
  summary: "Add a link from one item to another, or replace it whole",
  middleware: [manages],
  request: {
    headers: idempotencyHeader,
    body: body(
      z.strictObject({
        itemId: itemIdField,
        linkedItemId: itemIdField.meta({ example: "butter" }),
        ratio: ratio.default(1),
        linkedRatio: ratio.default(1),
        lagDays: wholeFrom(0, LONGEST_LAG).optional(),
        bidirectional: z.boolean().optional(),
      }),
      { itemId: "rye", linkedItemId: "butter", ratio: 1, linkedRatio: 24, lagDays: 0, bidirectional: true },
    ),
  },
  responses: { 200: json(linkAnswerSchema, "The link"), ...problems("write") },
});

const remove = createRoute({
  method: "delete",
  path: address,
  tags: ["Code Red"],
  summary: "Remove a link",
  middleware: [manages],
  request: { params: pairParams, headers: idempotencyHeader },
  responses: { 204: { description: "It is removed" }, ...problems("write", 404) },
});

const linkJson = ({ lagDays = 0, bidirectional = false, ...link }: ItemLink) => ({ ...link, lagDays, bidirectional });

/** The pair of an address; ids that cannot be ids are unknown. */
export function pairOf({ itemId, linkedItemId }: Readonly<Record<keyof LinkedPair, string>>): LinkedPair | undefined {
  const pair = { itemId: itemIdSchema.safeParse(itemId), linkedItemId: itemIdSchema.safeParse(linkedItemId) };
  if (!pair.itemId.success || !pair.linkedItemId.success) return undefined;
  return { itemId: pair.itemId.data, linkedItemId: pair.linkedItemId.data };
}

const unknownLink = ({ itemId, linkedItemId }: z.output<typeof pairParams>) =>
  new Problem({
    status: 404,
    code: "unknown-link",
    detail: `there is no link from ${cutText(itemId, 200)} to ${cutText(linkedItemId, 200)}`,
  });

async function found(links: LinkStore, params: z.output<typeof pairParams>): Promise<ItemLink> {
  const pair = pairOf(params);
  const link = pair === undefined ? undefined : await links.find(pair);
  if (link === undefined) throw unknownLink(params);
  return link;
}

export const linkRoutes = newRouter()
  .openapi(list, async (c) => {
    const { store, cursors } = c.var;
    const { limit, cursor, itemId, linkedItemId, anyItemId } = c.req.valid("query");
    const isAsked = (link: ItemLink): boolean =>
      (itemId === undefined || link.itemId === itemId) &&
      (linkedItemId === undefined || link.linkedItemId === linkedItemId) &&
      (anyItemId === undefined || link.itemId === anyItemId || link.linkedItemId === anyItemId);
    const page = pageOfAll((await store.links.list()).filter(isAsked), {
      cursors,
      list: `links ${JSON.stringify([itemId, linkedItemId, anyItemId])}`,
      cursor,
      limit,
      idOf: (link) => JSON.stringify([link.itemId, link.linkedItemId]),
    });
    return c.json({ data: page.data.map(linkJson), next: page.next }, 200);
  })
  .openapi(read, async (c) => c.json(linkJson(await found(c.var.store.links, c.req.valid("param"))), 200))
  .openapi(set, async (c) => {
    const { tenant, store } = c.var;
    const link = itemLinkSchema.parse(c.req.valid("json"));
    const companionOf = () => companionFor(c, 200, linkJson(link));
    valueOf(await setLink({ tenant, links: store.links, link, companionOf }));
    return c.json(linkJson(link), 200);
  })
  .openapi(remove, async (c) => {
    const { store } = c.var;
    const params = c.req.valid("param");
    const pair = pairOf(params);
    if (pair === undefined || !(await store.links.remove(pair, companionFor(c, 204)))) throw unknownLink(params);
    return c.body(null, 204);
  });
