import { createRoute } from "@hono/zod-openapi";
import { findingJson } from "@regulars/core/insights/finding-json";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { customerCard, readCardAhead } from "@regulars/flows/insights/customer-card";
import { listCustomers } from "@regulars/flows/customers/list-customers";
import * as z from "zod";
import { looks } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { orderJson, orderAnswerSchema } from "../http/order-schema.ts";
import { seenCustomer } from "./visible-customer.ts";
import {
  asOfQuery,
  findingSchema,
  json,
  lookup,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
  userIdField,
} from "../http/schemas.ts";

const nullable = z.string().nullable();

export const customerAnswerSchema = z
  .object({
    customerId: z.string(),
    name: nullable,
    category: nullable,
    repId: nullable,
    assignedUserId: nullable,
    teamId: nullable,
    territoryId: nullable,
    phone: nullable,
    email: nullable,
    currency: nullable,
    closedFrom: nullable,
    closedTo: nullable,
    creditHold: z.boolean().nullable(),
  })
  .meta({ id: "Customer", description: "A company that buys" });

export const personSchema = z
  .object({ personId: z.string(), customerId: z.string(), name: nullable, email: nullable, phone: nullable })
  .meta({ id: "Person", description: "Someone who works at a customer" });

const cardSchema = z
  .object({
    customer: customerAnswerSchema,
    persons: z.array(personSchema),
    recentOrders: z.array(orderAnswerSchema).meta({ description: "The newest ten, of any status" }),
    asOf: nullable.meta({ description: "The day of the findings; null before the first nightly run" }),
    findings: z.array(findingSchema),
  })
  .meta({ id: "CustomerCard" });

const list = createRoute({
  method: "get",
  path: "/customers",
  tags: ["Customers"],
  summary: "Customers visible to the caller, by id; a page may have fewer than `limit` and still not be the last",
  middleware: [looks],
  request: {
    query: z.object({
      search: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: "Part of the name or id", example: "acme" }),
      repId: userIdField.optional().meta({ example: "anna" }),
      ...pageQuery,
    }),
  },
  responses: { 200: json(pageAnswerSchemaOf(customerAnswerSchema), "Customers"), ...problems() },
});

const read = createRoute({
  method: "get",
  path: "/customers/{customerId}",
  tags: ["Customers"],
  summary: "A customer's card: profile, persons, recent orders, findings",
  middleware: [looks],
  request: { params: z.object({ customerId: lookup("acme") }), query: z.object({ asOf: asOfQuery }) },
  responses: { 200: json(cardSchema, "The card"), ...problems(404, 422) },
});

const customerJson = (one: Customer): z.output<typeof customerAnswerSchema> => ({
  customerId: one.customerId,
  name: one.name ?? null,
  category: one.category ?? null,
  repId: one.repId ?? null,
  assignedUserId: one.assignedUserId ?? null,
  teamId: one.teamId ?? null,
  territoryId: one.territoryId ?? null,
  phone: one.phone ?? null,
  email: one.email ?? null,
  currency: one.currency ?? null,
  closedFrom: one.closedFrom ?? null,
  closedTo: one.closedTo ?? null,
  creditHold: one.creditHold ?? null,
});

const personJson = ({ personId, customerId, name, email, phone }: Person): z.output<typeof personSchema> => ({
  personId,
  customerId,
  name: name ?? null,
  email: email ?? null,
  phone: phone ?? null,
});

export const customerRoutes = newRouter()
  .openapi(list, async (c) => {
    const { store, cursors } = c.var;
    const { limit, cursor, search, repId } = c.req.valid("query");
    const listId = `customers ${JSON.stringify([search, repId])}`;
    const after = cursors.read(listId, cursor);
    const page = await listCustomers({
      store,
      scope: await c.var.scope(),
      after: after === undefined ? undefined : customerIdSchema.parse(after),
      limit,
      search,
      repId,
    });
    const next = page.next === undefined ? null : cursors.write(listId, page.next);
    return c.json({ data: page.customers.map(customerJson), next }, 200);
  })
  .openapi(read, async (c) => {
    const { tenant, store, catalog, runtime } = c.var;
    const { customerId } = c.req.valid("param");
    const now = toInstant(runtime.clock());
    await readCardAhead(store.nightly, tenant, customerId, now);
    const card = valueOf(
      await customerCard({
        tenant,
        catalog,
        store: store.nightly,
        documents: store.documents,
        customer: await seenCustomer(c, customerId),
        asOf: c.req.valid("query").asOf,
        now,
      }),
    );
    const { customer, persons, recentOrders, asOf, findings } = card;
    return c.json(
      {
        customer: customerJson(customer),
        persons: persons.map(personJson),
        recentOrders: recentOrders.map((order) => orderJson(order, tenant)),
        asOf: asOf ?? null,
        findings: findings.map(findingJson),
      },
      200,
    );
  });
