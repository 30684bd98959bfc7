import { createRoute } from "@hono/zod-openapi";
import { type IgnoreStamp, ignoreNoteSchema, ignoreTargetSchema } from "@regulars/core/code-red/ignore";
import { ignoredJson, itemJson, linkJson, rowJson } from "@regulars/core/code-red/row-json";
import { codeRedSettingsSchema, comparisonModes } from "@regulars/core/code-red/settings";
import { cutText } from "@regulars/core/platform/cut-text";
import { customerIdSchema } from "@regulars/core/platform/values";
import { wholeFrom } from "@regulars/core/platform/whole-number";
import { ignoreRow } from "@regulars/flows/code-red/ignore-row";
import { listCodeRed } from "@regulars/flows/code-red/list-code-red";
import { type Moved, previewSettings } from "@regulars/flows/code-red/preview-settings";
import { readCodeRedCustomer } from "@regulars/flows/code-red/read-customer";
import * as z from "zod";
import { demand, looks } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { newRouter, nowOf } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { Problem, valueOf } from "../http/problem.ts";
import {
  asOfQuery,
  body,
  choiceQuery,
  idempotencyHeader,
  json,
  lookup,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
  wholeQuery,
} from "../http/schemas.ts";
import { codeRedCustomerSchema, ignoredSchema, previewSchema, rowSchema } from "./schemas.ts";

const { shape } = codeRedSettingsSchema;

const flag = choiceQuery(["true", "false"]);
const days = wholeQuery(0, 3650);
/** One or more ids, separated by commas. */
const ids = z
  .string()
  .max(4_000)
  .optional()
  .transform((text) => text?.split(",").filter((id) => id !== ""))
  .meta({ description: "One id or several, separated by commas: any of them" });

const excluded = wholeQuery(1, 3650);

const viewQuery = {
  asOf: asOfQuery,
  percent: wholeQuery(1, 100).meta({ description: "Tried without being saved", example: 20 }),
  mode: choiceQuery(comparisonModes),
  seasonal: flag,
  ignoreDays: days.meta({ description: "Ignored customers are shown again after so many days", example: 180 }),
  ignoreRowDays: days.meta({ description: "The same for items and links" }),
  excludeActivityDays: excluded.meta({ description: "Leaves out customers with an activity in the last days" }),
  excludeQuoteDays: excluded,
  excludeOrderDays: excluded,
  excludeInvoiceDays: excluded,
};

const list = createRoute({
  method: "get",
  path: "/code-red",
  tags: ["Code Red"],
  summary:
    "The call list of customers whose buying changed: confirmed ones first, then by money lost beyond the market",
  middleware: [looks],
  request: {
    query: z.object({
      ...viewQuery,
      assignedUserIds: ids,
      repIds: ids,
      teamIds: ids,
      territoryIds: ids,
      onlyRed: flag,
      onlyConfirmed: flag,
      showIgnored: flag,
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      pageAnswerSchemaOf(rowSchema).extend({
        asOf: z.string(),
        counts: z.object({
          customers: z.int(),
          red: z.int(),
          confirmed: z.int(),
          ignored: z.int(),
          recentlyContacted: z.int(),
        }),
        basis: shape.basis.unwrap().meta({
          description:
            "What values are: orders less credits, or totals of invoices as they were sent, which may hold tax",
        }),
        withoutRate: z.int().meta({ description: "Lines without an exchange rate: they are in no value" }),
        setAside: z
          .array(z.object({ customerId: z.string(), reason: z.string() }))
          .readonly()
          .meta({ description: "Customers whose data cannot be read" }),
      }),
      "A page of the list",
    ),
    ...problems(409, 422),
  },
});

const params = z.object({ customerId: lookup("acme") });

const read = createRoute({
  method: "get",
  path: "/code-red/customers/{customerId}",
  tags: ["Code Red"],
  summary: "One customer with every compared item and link",
  middleware: [looks],
  request: { params, query: z.object(viewQuery) },
  responses: { 200: json(codeRedCustomerSchema, "The customer"), ...problems(404, 422) },
});

const stampSchema = ignoredSchema.extend({ target: ignoreTargetSchema }).meta({ id: "Ignored" });

const ignore = createRoute({
  method: "put",
  path: "/code-red/customers/{customerId}/ignored",
  tags: ["Code Red"],
  summary: "Hide the customer, one of its items or links for some days; 0 days show it again",
  middleware: [looks],
  request: {
    params,
    headers: idempotencyHeader,
    body: body(
      z.strictObject({
        target: ignoreTargetSchema.default({ type: "customer" }),
        days: wholeFrom(0, 3650).optional(),
        note: ignoreNoteSchema.optional(),
      }),
      { target: { type: "customer" }, days: 180, note: "Renovates until spring" },
    ),
  },
  responses: { 200: json(stampSchema, "The stamp"), ...problems("write", 404) },
});

const preview = createRoute({
  method: "post",
  path: "/code-red/settings/preview",
  tags: ["Code Red"],
  summary: "What changed settings would do to the list; saves nothing",
  middleware: [demand("settings.manage")],
  request: {
    headers: idempotencyHeader,
    body: body(z.strictObject({ codeRed: z.record(z.string(), z.unknown()) }), { codeRed: { percent: 25 } }),
  },
  responses: { 200: json(previewSchema, "The customers to call now and then"), ...problems(413, 415, 422) },
});

type AskedView = Omit<z.output<z.ZodObject<typeof viewQuery>>, "asOf">;

/** The settings that are tried, and how the list is shown. */
const viewOf = ({ seasonal, ignoreDays, ignoreRowDays, ...tried }: AskedView) => ({
  settings: { ...tried, seasonal: seasonal === undefined ? undefined : seasonal === "true" },
  view: { ignoreCustomerDays: ignoreDays, ignoreRowDays },
});

/** The customer's id; one that cannot be an id is unknown. */
function customerOf(given: string) {
  const customerId = customerIdSchema.safeParse(given);
  if (customerId.success) return customerId.data;
  throw new Problem({ status: 404, code: "unknown-customer", detail: `there is no customer ${cutText(given, 200)}` });
}

const onlyReads = () =>
  new Problem({
    status: 403,
    code: "not-allowed",
    detail: "this key reads the list: to ignore its rows it needs insights.review",
  });

const stampJson = (stamp: IgnoreStamp) => ({ ...ignoredJson(stamp), target: stamp.target });

export const codeRedRoutes = newRouter({ query: 422 })
  .openapi(list, async (c) => {
    const { tenant, store, cursors } = c.var;
    const { limit, cursor, asOf, onlyRed, onlyConfirmed, showIgnored, ...asked } = c.req.valid("query");
    const { assignedUserIds, repIds, teamIds, territoryIds, ...tried } = asked;
    const filter = {
      assignedUserIds,
      repIds,
      teamIds,
      territoryIds,
      onlyRed: onlyRed === "true",
      onlyConfirmed: onlyConfirmed === "true",
      showIgnored: showIgnored === "true",
    };
    const scope = await c.var.scope();
    const input = { tenant, store: store.nightly, codeRed: store.codeRed, scope, filter, asOf, now: nowOf(c) };
    const found = valueOf(await listCodeRed({ ...input, ...viewOf(tried) }));
    const page = pageOfAll(found.rows, {
      cursors,
      list: `code-red ${JSON.stringify([asOf, filter, asked])}`,
      cursor,
      limit,
      idOf: ({ customerId }) => customerId,
    });
    const data = page.data.map((row) => rowJson(row, row.customer.name));
    const { asOf: on, counts, withoutRate, setAside, compared } = found;
    const { basis } = compared.plan.settings;
    return c.json({ asOf: on, counts, basis, withoutRate, setAside, data, next: page.next }, 200);
  })
  .openapi(read, async (c) => {
    const { tenant, store } = c.var;
    const { asOf, ...asked } = c.req.valid("query");
    const customerId = customerOf(c.req.valid("param").customerId);
    const scope = await c.var.scope();
    const input = { tenant, store: store.nightly, codeRed: store.codeRed, scope, customerId, asOf, now: nowOf(c) };
    const { row, customer, itemNames, asOf: on } = valueOf(await readCodeRedCustomer({ ...input, ...viewOf(asked) }));
    return c.json(
      {
        asOf: on,
        ...rowJson(row, customer.name),
        items: row.items.map((item) => itemJson(item, itemNames.get(item.itemId))),
        links: row.links.map(linkJson),
      },
      200,
    );
  })
  .openapi(ignore, async (c) => {
    const { tenant, store, actor } = c.var;
    const customerId = customerOf(c.req.valid("param").customerId);
    const { target, days: hidden, note } = c.req.valid("json");
    const scope = await c.var.scope();
    const [profile] = (await store.nightly.profiles([customerId])).values();
    if (profile !== undefined && scope.canSee(profile) && !scope.canReview(profile)) throw onlyReads();
    const stamp = await ignoreRow({
      tenant,
      store: store.nightly,
      codeRed: store.codeRed,
      scope,
      customerId,
      target,
      days: hidden,
      note,
      by: actor.type === "user" ? actor.user.userId : undefined,
      now: nowOf(c),
      companionOf: (made) => companionFor(c, 200, stampJson(made)),
    });
    return c.json(stampJson(valueOf(stamp)), 200);
  })
  .openapi(preview, async (c) => {
    const { tenant, store } = c.var;
    const { codeRed: change } = c.req.valid("json");
    const scope = await c.var.scope();
    const input = { tenant, store: store.nightly, codeRed: store.codeRed, scope, change, now: nowOf(c) };
    const { added, gone, ...counts } = valueOf(await previewSettings(input));
    return c.json({ ...counts, added: movedJson(added), gone: movedJson(gone) }, 200);
  });

const movedJson = ({ count, first }: Moved) => ({
  count,
  first: first.map(({ customerId, name }) => ({ customerId, name: name ?? null })),
});
