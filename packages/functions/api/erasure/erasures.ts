import { createRoute } from "@hono/zod-openapi";
import { actorId } from "@regulars/core/access/actor";
import { erasedOfKindSchema } from "@regulars/core/erasure/erasure";
import { type ErasureRequest, erasureStates } from "@regulars/core/erasure/erasure-request";
import { customerIdSchema, personIdSchema, toInstant } from "@regulars/core/platform/values";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { newRouter } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { sendAfter } from "../http/send-after.ts";
import { body, idempotencyHeader, json, lookup, problems } from "../http/schemas.ts";

const erasureAnswer = z
  .object({
    erasureId: z.string(),
    type: z.enum(["customer", "person"]),
    state: z.enum(erasureStates),
    requestedAt: z.string(),
    requestedBy: z.string(),
    finishedAt: z.string().nullable(),
    kinds: z
      .array(erasedOfKindSchema.meta({ id: "ErasedOfKind" }))
      .readonly()
      .nullable()
      .meta({
        description: "What was erased, by kind: removed whole, or kept without what it told. Null until it is done",
      }),
  })
  .meta({ id: "Erasure", description: "The receipt of an erasure; it does not say of whom" });

const askedSchema = z
  .union([z.strictObject({ customerId: customerIdSchema }), z.strictObject({ personId: personIdSchema })])
  .meta({ id: "AskedErasure", description: "A customer with their persons, or one person" });

const start = createRoute({
  method: "post",
  path: "/erasures",
  tags: ["Customers"],
  summary: "Erase a customer or a person from everything that is stored; it cannot be undone",
  middleware: [demand("settings.manage")],
  request: { headers: idempotencyHeader, body: body(askedSchema, { customerId: "acme" }) },
  responses: {
    202: json(erasureAnswer, "It is queued; Location has its receipt"),
    ...problems("write"),
  },
});

const read = createRoute({
  method: "get",
  path: "/erasures/{erasureId}",
  tags: ["Customers"],
  summary: "The receipt of an erasure",
  middleware: [demand("settings.manage")],
  request: { params: z.object({ erasureId: lookup("era_1") }) },
  responses: { 200: json(erasureAnswer, "What was erased, once it is done"), ...problems(404) },
});

const erasureJson = ({ id: _id, counted: _counted, finishedAt, kinds, ...erasure }: ErasureRequest) => ({
  ...erasure,
  finishedAt: finishedAt ?? null,
  kinds: kinds ?? null,
});

const addressOf = (erasureId: string): string => `/v1/erasures/${erasureId}`;

export const erasureRoutes = newRouter()
  .openapi(start, async (c) => {
    const { store, actor, runtime } = c.var;
    const asked = c.req.valid("json");
    const erasure: ErasureRequest = {
      erasureId: `era_${crypto.randomUUID()}`,
      ...("customerId" in asked ? { type: "customer", id: asked.customerId } : { type: "person", id: asked.personId }),
      state: "queued",
      requestedAt: toInstant(runtime.clock()),
      requestedBy: actorId(actor),
    };
    const address = addressOf(erasure.erasureId);
    sendAfter(c, "erasures", () => ({ erasureId: erasure.erasureId }));
    await store.erasures.create(erasure, companionFor(c, 202, erasureJson(erasure), address));
    return c.json(erasureJson(erasure), 202, { location: address });
  })
  .openapi(read, async (c) => {
    const erasure = await c.var.store.erasures.find(c.req.valid("param").erasureId);
    if (erasure === undefined) throw refused({ reason: "unknown-erasure", message: "there is no such erasure" });
    // Its message may have been lost: whoever asks for the receipt sends it again.
    const { erasureId, state } = erasure;
    if (state === "queued") sendAfter(c, "erasures", () => ({ erasureId }));
    return c.json(erasureJson(erasure), 200);
  });
