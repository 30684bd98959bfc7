import { createRoute } from "@hono/zod-openapi";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { Revised } from "@regulars/core/imports/record-store";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Receivable, openMinor } from "@regulars/core/invoices/receivable";
import { type Day, type InvoiceId, customerIdSchema, invoiceIdSchema, toInstant } from "@regulars/core/platform/values";
import { correctInvoice } from "@regulars/flows/imports/correct-invoice";
import { unknownInvoice, voidInvoice } from "@regulars/flows/imports/void-invoice";
import type { Context } from "hono";
import * as z from "zod";
import { demand, looks } from "../access/decide.ts";
import { readDocumentPlace, writePlace } from "../http/document-place.ts";
import { documentIdOf } from "../http/documents.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { refused, valueOf } from "../http/problem.ts";
import {
  body,
  json,
  lookup,
  moneySchema,
  idempotencyHeader,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
} from "../http/schemas.ts";
import { itemSchemaOf } from "../http/item-schema.ts";
import { packAfter } from "../http/send-after.ts";
import { seenCustomer } from "../customers/visible-customer.ts";

export const invoiceSchema = z
  .object({
    invoiceId: z.string(),
    customerId: z.string(),
    invoicedOn: z.string(),
    dueOn: z.string().nullable(),
    type: z.enum(["invoice", "credit"]),
    total: moneySchema,
    open: moneySchema.meta({ description: "Unpaid at the end of the last completed day" }),
    disputed: z.boolean(),
    isVoid: z.boolean(),
    payments: z.array(z.object({ paymentId: z.string().nullable(), paidOn: z.string(), amount: moneySchema })),
  })
  .meta({ id: "Invoice", description: "An invoice or a credit memo with its payments" });

const listOfCustomer = createRoute({
  method: "get",
  path: "/customers/{customerId}/invoices",
  tags: ["Customers"],
  summary: "A customer's invoices and credit memos, newest first",
  middleware: [looks],
  request: { params: z.object({ customerId: lookup("acme") }), query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(invoiceSchema), "Invoices"), ...problems(404, 422) },
});

const read = createRoute({
  method: "get",
  path: "/invoices/{invoiceId}",
  tags: ["Customers"],
  summary: "One invoice with its payments",
  middleware: [looks],
  request: { params: z.object({ invoiceId: lookup("INV-2001") }) },
  responses: { 200: json(invoiceSchema, "The invoice"), ...problems(404) },
});

const correct = createRoute({
  method: "put",
  path: "/invoices/{invoiceId}",
  tags: ["Ingest"],
  summary: "Correct an invoice: the body replaces what is stored; its payments stay",
  middleware: [demand("ingest.write")],
  request: {
    headers: idempotencyHeader,
    params: z.object({ invoiceId: lookup("INV-2001") }),
    body: body(itemSchemaOf("invoices"), ingestSchemas.invoices.meta()?.["example"]),
  },
  responses: { 200: json(invoiceSchema, "The corrected invoice"), ...problems("write", 404) },
});

const takeBack = createRoute({
  method: "post",
  path: "/invoices/{invoiceId}/void",
  tags: ["Ingest"],
  summary: "Void an invoice: it is kept with its payments, and its open amount is zero",
  middleware: [demand("ingest.write")],
  request: { headers: idempotencyHeader, params: z.object({ invoiceId: lookup("INV-2001") }) },
  responses: { 200: json(invoiceSchema, "The void invoice"), ...problems("write", 404) },
});

const unknown = (invoiceId: InvoiceId) => refused(unknownInvoice(invoiceId));

function invoiceJson(invoice: Receivable, asOf: Day): z.output<typeof invoiceSchema> {
  const money = (minor: number) => ({ minor, currency: invoice.currency });
  const isOwed = invoice.type === "invoice" && invoice.isVoid !== true;
  return {
    invoiceId: invoice.invoiceId,
    customerId: invoice.customerId,
    invoicedOn: invoice.invoicedOn,
    dueOn: invoice.dueOn ?? null,
    type: invoice.type,
    total: money(invoice.totalMinor),
    open: money(isOwed ? Math.max(0, openMinor(invoice, asOf)) : 0),
    disputed: invoice.disputed,
    isVoid: invoice.isVoid ?? false,
    payments: invoice.payments.map(({ paymentId = null, paidOn, amountMinor }) => ({
      paymentId,
      paidOn,
      amount: money(amountMinor),
    })),
  };
}

const today = (c: Context<ApiEnv>): Day => lastCompletedDay(nowOf(c), c.var.tenant.timeZone);

export const invoiceIdOf = (c: Context<ApiEnv>) => documentIdOf(c, "invoice", invoiceIdSchema);

export function companionOfAnswer(c: Context<ApiEnv>) {
  packAfter(c);
  return (invoice: Receivable) => companionFor(c, 200, invoiceJson(invoice, today(c)));
}

/** The current invoice. */
export const answerOf = (c: Context<ApiEnv>, { document }: Revised<Receivable>) => invoiceJson(document, today(c));

export const invoiceRoutes = newRouter()
  .openapi(listOfCustomer, async (c) => {
    const { store, cursors } = c.var;
    const { customerId } = await seenCustomer(c, c.req.valid("param").customerId);
    const { limit, cursor } = c.req.valid("query");
    const list = `invoices ${customerId}`;
    const before = readDocumentPlace(cursors, list, cursor, invoiceIdSchema);
    const page = await store.documents.recentInvoices(customerId, { limit, before });
    const data = page.documents.map((invoice) => invoiceJson(invoice, today(c)));
    return c.json({ data, next: writePlace(cursors, list, page.next) }, 200);
  })
  .openapi(read, async (c) => {
    const invoiceId = invoiceIdOf(c);
    const invoice = await c.var.store.documents.findInvoice(invoiceId);
    if (invoice === undefined) throw unknown(invoiceId);
    await seenCustomer(c, customerIdSchema.parse(invoice.customerId), () => unknown(invoiceId));
    return c.json(invoiceJson(invoice, today(c)), 200);
  })
  .openapi(correct, async (c) => {
    const { tenant, store, runtime } = c.var;
    const now = toInstant(runtime.clock());
    const invoiceId = invoiceIdOf(c);
    const item = c.req.valid("json");
    const { documents } = store;
    const companionOf = companionOfAnswer(c);
    const revised = valueOf(await correctInvoice({ tenant, now, documents, invoiceId, item, companionOf }));
    return c.json(answerOf(c, revised), 200);
  })
  .openapi(takeBack, async (c) => {
    const invoiceId = invoiceIdOf(c);
    const { documents } = c.var.store;
    const revised = valueOf(await voidInvoice({ documents, invoiceId, companionOf: companionOfAnswer(c) }));
    return c.json(answerOf(c, revised), 200);
  });
