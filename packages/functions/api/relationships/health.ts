import { createRoute } from "@hono/zod-openapi";
import { settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import { grades } from "@regulars/core/relationships/grades";
import { customerHealthJson, healthRowJson, previewJson } from "@regulars/flows/relationships/health-answers";
import { listHealth } from "@regulars/flows/relationships/list-health";
import { previewHealth } from "@regulars/flows/relationships/preview-health";
import { readCustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import type { Context } from "hono";
import * as z from "zod";
import { demand, looks } from "../access/decide.ts";
import { seenCustomer } from "../customers/visible-customer.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { valueOf } from "../http/problem.ts";
import {
  asOfQuery,
  body,
  idempotencyHeader,
  json,
  lookup,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
} from "../http/schemas.ts";
import { customerHealthSchema, healthRowSchema, previewSchema } from "./schemas.ts";

/** One or more values, separated by commas. */
const several = z
  .string()
  .max(4_000)
  .optional()
  .transform((text) => text?.split(",").filter((part) => part !== ""));

const list = createRoute({
  method: "get",
  path: "/relationships",
  tags: ["Relationships"],
  summary: "How well customers and we are in touch: what to act on first",
  middleware: [looks],
  request: {
    query: z.object({
      asOf: asOfQuery,
      repIds: several.meta({ description: "One id or several, separated by commas" }),
      grades: several
        .pipe(z.array(z.enum(grades)).optional())
        .meta({ description: `Of ${grades.join(", ")}, separated by commas` }),
      onlyWeak: z.enum(["true", "false"]).optional(),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      pageAnswerSchemaOf(healthRowSchema).extend({
        asOf: z.string(),
        counts: z.object({ good: z.int(), fair: z.int(), poor: z.int(), unknown: z.int(), weak: z.int() }),
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

const ofCustomer = createRoute({
  method: "get",
  path: "/customers/{customerId}/health",
  tags: ["Relationships"],
  summary: "A customer's health with its persons, KPIs and breadth",
  middleware: [looks],
  request: { params: z.object({ customerId: lookup("acme") }), query: z.object({ asOf: asOfQuery }) },
  responses: { 200: json(customerHealthSchema, "The customer's health"), ...problems(404, 409, 422) },
});

const preview = createRoute({
  method: "post",
  path: "/relationships/~preview",
  tags: ["Relationships"],
  summary: "Which customers and persons would get another grade by other settings; nothing is saved",
  middleware: [demand("settings.manage")],
  request: {
    headers: idempotencyHeader,
    body: body(z.strictObject({ asOf: asOfQuery, settings: settingsChangeSchema.shape.relationships.unwrap() }), {
      settings: { goodMin: 50 },
    }),
  },
  responses: { 200: json(previewSchema, "What would change"), ...problems("write") },
});

const reading = (c: Context<ApiEnv>) => ({
  tenant: c.var.tenant,
  store: c.var.store.nightly,
  now: nowOf(c),
});

export const healthRoutes = newRouter()
  .openapi(list, async (c) => {
    const { limit, cursor, asOf, onlyWeak, ...asked } = c.req.valid("query");
    const filter = { ...asked, onlyWeak: onlyWeak === "true" };
    const found = valueOf(await listHealth({ ...reading(c), scope: await c.var.scope(), asOf, filter }));
    const page = pageOfAll(found.rows, {
      cursors: c.var.cursors,
      list: `health ${JSON.stringify([asOf, filter])}`,
      cursor,
      limit,
      idOf: ({ customer }) => customer.customerId,
    });
    const { counts, setAside } = found;
    return c.json({ asOf: found.asOf, counts, setAside, data: page.data.map(healthRowJson), next: page.next }, 200);
  })
  .openapi(ofCustomer, async (c) => {
    const { customerId } = await seenCustomer(c, c.req.valid("param").customerId);
    const { asOf } = c.req.valid("query");
    const { records } = c.var.store;
    const viewerId = c.var.actor.type === "user" ? c.var.actor.user.userId : undefined;
    const input = { ...reading(c), records, scope: await c.var.scope(), customerId, asOf, viewerId };
    return c.json(customerHealthJson(valueOf(await readCustomerHealth(input))), 200);
  })
  .openapi(preview, async (c) => {
    const { asOf, settings } = c.req.valid("json");
    return c.json(previewJson(valueOf(await previewHealth({ ...reading(c), asOf, change: settings }))), 200);
  });
