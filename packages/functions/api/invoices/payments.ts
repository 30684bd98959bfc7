import { createRoute } from "@hono/zod-openapi";
import type { PaymentSought } from "@regulars/core/imports/record-store";
import { parseDecimal } from "@regulars/core/platform/money";
import { daySchema, paymentIdSchema } from "@regulars/core/platform/values";
import { takeBackPayment } from "@regulars/flows/imports/take-back-payment";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, lookup, problems } from "../http/schemas.ts";
import { answerOf, companionOfAnswer, invoiceIdOf, invoiceSchema } from "./invoices.ts";

const soughtBody = z
  .strictObject({
    paymentId: paymentIdSchema.optional().meta({ description: "Its id", example: "PAY-7" }),
    paidOn: daySchema.optional().meta({ description: "Without an id: its day", example: "2026-12-01" }),
    amount: z.string().max(64).optional().meta({ description: "Without an id: a decimal string", example: "84.80" }),
  })
  .meta({ id: "PaymentSought", description: "A payment: by its id, or by its day and amount, of equal ones the last" });

const takeBack = createRoute({
  method: "post",
  path: "/invoices/{invoiceId}/payments/take-back",
  tags: ["Ingest"],
  summary: "Take a mistyped payment back; a file that still has it brings it in again",
  middleware: [demand("ingest.write")],
  request: {
    headers: idempotencyHeader,
    params: z.object({ invoiceId: lookup("INV-2001") }),
    body: body(soughtBody, { paidOn: "2026-12-01", amount: "84.80" }),
  },
  responses: { 200: json(invoiceSchema, "The invoice without the payment"), ...problems("write", 404) },
});

function soughtOf({ paymentId, paidOn, amount }: z.output<typeof soughtBody>): PaymentSought {
  if (paymentId !== undefined) return { paymentId };
  if (paidOn === undefined || amount === undefined)
    throw unusable("paymentId", "missing", "is missing: give it, or paidOn and amount");
  const decimal = parseDecimal(amount);
  if (!decimal.ok) throw unusable("amount", decimal.reason, decimal.message);
  return { paidOn, amount: decimal.value };
}

const unusable = (path: string, code: string, message: string) =>
  new Problem({
    status: 422,
    code: "unusable-fields",
    detail: "some fields cannot be used: see errors",
    errors: [{ path, code, message }],
  });

export const paymentRoutes = newRouter().openapi(takeBack, async (c) => {
  const invoiceId = invoiceIdOf(c);
  const { documents } = c.var.store;
  const sought = soughtOf(c.req.valid("json"));
  const companionOf = companionOfAnswer(c);
  return c.json(answerOf(c, valueOf(await takeBackPayment({ documents, invoiceId, sought, companionOf }))), 200);
});
