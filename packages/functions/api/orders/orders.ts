import * as z from "zod";
import { createRoute } from "@hono/zod-openapi";
import { demand, looks } from "../access/decide.ts";
import { body, json, lookup, idempotencyHeader, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { itemSchemaOf } from "../http/item-schema.ts";
import { orderJson, orderAnswerSchema } from "../http/order-schema.ts";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { Context } from "hono";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { customerIdSchema, orderIdSchema, toInstant } from "@regulars/core/platform/values";
import { refused, valueOf } from "../http/problem.ts";
import type { Order } from "@regulars/core/orders/order";
import { companionFor } from "../access/idempotency.ts";
import { seenCustomer } from "../customers/visible-customer.ts";
import { readDocumentPlace, writePlace } from "../http/document-place.ts";
import { documentIdOf } from "../http/documents.ts";
import { packAfter } from "../http/send-after.ts";
import { cancelOrder, unknownOrder } from "@regulars/flows/imports/cancel-order";
import { correctOrder } from "@regulars/flows/imports/correct-order";

const listOfCustomer = createRoute({
  method: "get",
  path: "/customers/{customerId}/orders",
  tags: ["Customers"],
  summary: "A customer's orders and credits, newest first, whatever their status",
  middleware: [looks],
  request: { params: z.object({ customerId: lookup("acme") }), query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(orderAnswerSchema), "Orders"), ...problems(404, 422) },
});

const read = createRoute({
  method: "get",
  path: "/orders/{orderId}",
  tags: ["Customers"],
  summary: "One order with its lines",
  middleware: [looks],
  request: { params: z.object({ orderId: lookup("SO-1001") }) },
  responses: { 200: json(orderAnswerSchema, "The order"), ...problems(404) },
});

const correct = createRoute({
  method: "put",
  path: "/orders/{orderId}",
  tags: ["Ingest"],
  summary: "Correct an order: the body replaces what is stored",
  middleware: [demand("ingest.write")],
  request: {
    headers: idempotencyHeader,
    params: z.object({ orderId: lookup("SO-1001") }),
    body: body(itemSchemaOf("orders"), ingestSchemas.orders.meta()?.["example"]),
  },
  responses: { 200: json(orderAnswerSchema, "The corrected order"), ...problems("write", 404) },
});

const cancel = createRoute({
  method: "post",
  path: "/orders/{orderId}/cancel",
  tags: ["Ingest"],
  summary: "Cancel an order: it keeps its lines and is no longer part of the history",
  middleware: [demand("ingest.write")],
  request: { headers: idempotencyHeader, params: z.object({ orderId: lookup("SO-1001") }) },
  responses: { 200: json(orderAnswerSchema, "The cancelled order"), ...problems("write", 404) },
});

const orderIdOf = (c: Context<ApiEnv>) => documentIdOf(c, "order", orderIdSchema);

function companionOfAnswer(c: Context<ApiEnv>) {
  packAfter(c);
  return (order: Order) => companionFor(c, 200, orderJson(order, c.var.tenant));
}

export const orderRoutes = newRouter()
  .openapi(listOfCustomer, async (c) => {
    const { store, cursors, tenant } = c.var;
    const { customerId } = await seenCustomer(c, c.req.valid("param").customerId);
    const { limit, cursor } = c.req.valid("query");
    const list = `orders ${customerId}`;
    const before = readDocumentPlace(cursors, list, cursor, orderIdSchema);
    const page = await store.documents.recentOrders(customerId, { limit, before });
    const data = page.documents.map((order) => orderJson(order, tenant));
    return c.json({ data, next: writePlace(cursors, list, page.next) }, 200);
  })
  .openapi(read, async (c) => {
    const orderId = orderIdOf(c);
    const order = await c.var.store.documents.findOrder(orderId);
    if (order === undefined) throw refused(unknownOrder(orderId));
    await seenCustomer(c, customerIdSchema.parse(order.customerId), () => refused(unknownOrder(orderId)));
    return c.json(orderJson(order, c.var.tenant), 200);
  })
  .openapi(correct, async (c) => {
    const { tenant, store, runtime } = c.var;
    const now = toInstant(runtime.clock());
    const orderId = orderIdOf(c);
    const item = c.req.valid("json");
    const companionOf = companionOfAnswer(c);
    const { documents } = store;
    const revised = valueOf(await correctOrder({ tenant, now, documents, orderId, item, companionOf }));
    return c.json(orderJson(revised.document, tenant), 200);
  })
  .openapi(cancel, async (c) => {
    const { documents } = c.var.store;
    const revised = valueOf(await cancelOrder({ documents, orderId: orderIdOf(c), companionOf: companionOfAnswer(c) }));
    return c.json(orderJson(revised.document, c.var.tenant), 200);
  });
