import { createRoute } from "@hono/zod-openapi";
import { actorId } from "@regulars/core/access/actor";
import { type ApiKey, formatKey, keyNameSchema } from "@regulars/core/access/api-key";
import { planIdSchema } from "@regulars/core/platform/ids";
import { rights } from "@regulars/core/access/rights";
import { toInstant } from "@regulars/core/platform/values";
import { createApiKey } from "@regulars/flows/access/create-api-key";
import { revokeApiKey } from "@regulars/flows/access/revoke-api-key";
import * as z from "zod";
import type { ApiSettings, Runtime } from "../../runtime.ts";
import { sha256 } from "./authenticate.ts";
import { demand } from "./decide.ts";
import { newRouter } from "../http/environment.ts";
import { newApiKeySecret } from "./api-key-secret.ts";
import { companionFor } from "./idempotency.ts";
import { pageOfAll } from "../http/page.ts";
import { valueOf } from "../http/problem.ts";
import { stampOf } from "../http/stamp.ts";
import { senderName, signingSecret } from "./signature.ts";
import { body, json, lookup, idempotencyHeader, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";

export const keySchema = z
  .object({
    keyId: z.string(),
    name: z.string(),
    actions: z.array(z.enum(rights)),
    planIds: z.array(z.string()).nullable().meta({ description: "The sales plans it has access to; null: all" }),
    strict: z.boolean().meta({ description: "Rejects unknown fields of a lead instead of storing them" }),
    createdAt: z.string(),
    createdBy: z.string(),
    revokedAt: z.string().nullable(),
    lastUsedOn: z.string().nullable().meta({ description: "The last day (UTC) on which it was used" }),
  })
  .meta({ id: "ApiKey" });

const newKeySchema = keySchema
  .extend({
    secret: z
      .string()
      .nullable()
      .meta({ description: "The secret of the key. Returned only once; a repeated request gets null" }),
    signingSecret: z.string().nullable().meta({
      description:
        "Signs requests (Standard Webhooks) to addresses with ?sender=, instead of sending the key. Returned only once",
    }),
    sender: z.string().meta({ description: "The value of ?sender= in the address of a signed request" }),
  })
  .meta({ id: "NewApiKey" });

const listKeys = createRoute({
  method: "get",
  path: "/api-keys",
  tags: ["Access"],
  summary: "API keys, newest first; their secrets are not stored",
  middleware: [demand("keys.manage")],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(keySchema), "Keys"), ...problems(409) },
});

const createKey = createRoute({
  method: "post",
  path: "/api-keys",
  tags: ["Access"],
  summary: "Create an API key; at most two of one name are active",
  middleware: [demand("keys.manage")],
  request: {
    headers: idempotencyHeader,
    body: body(
      z
        .strictObject({
          name: keyNameSchema,
          actions: z.array(z.enum(rights)).min(1).max(rights.length),
          planIds: z.array(planIdSchema).min(1).max(100).optional().meta({
            description: "The sales plans it has access to; default: all. Others answer 404",
          }),
          strict: z.boolean().optional(),
        })
        .meta({ id: "ApiKeyFields" }),
      { name: "web shop", actions: ["ingest.write"] },
    ),
  },
  responses: { 201: json(newKeySchema, "The key with its secret"), ...problems("write") },
});

const revokeKey = createRoute({
  method: "post",
  path: "/api-keys/{keyId}/revoke",
  tags: ["Access"],
  summary: "Revoke an API key at once",
  middleware: [demand("keys.manage")],
  request: { headers: idempotencyHeader, params: z.object({ keyId: lookup("k000000000001") }) },
  responses: { 200: json(keySchema, "The revoked key"), ...problems("write", 404) },
});

const keyJson = ({ keyId, name, actions, planIds, strict, createdAt, createdBy, revokedAt, lastUsedOn }: ApiKey) => ({
  keyId,
  name,
  actions: [...actions],
  planIds: planIds === undefined ? null : [...planIds],
  strict: strict ?? false,
  createdAt,
  createdBy,
  revokedAt: revokedAt ?? null,
  lastUsedOn: lastUsedOn ?? null,
});

function apiSettings({ api }: Runtime): ApiSettings {
  if (api === undefined) throw new Error("the API is served without its settings");
  return api;
}

export const apiKeyRoutes = newRouter()
  .openapi(listKeys, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const keys = (await c.var.store.apiKeys.list()).map(keyJson);
    const page = {
      cursors: c.var.cursors,
      list: "api-keys",
      cursor,
      limit,
      idOf: (key: { keyId: string }) => key.keyId,
    };
    return c.json(pageOfAll(keys, page), 200);
  })
  .openapi(createKey, async (c) => {
    const { tenant, store, actor, runtime } = c.var;
    const { keyId, secret } = newApiKeySecret();
    const sender = senderName(tenant.tenantId, c.req.valid("json").name);
    const made = await createApiKey({
      ...c.req.valid("json"),
      keys: store.apiKeys,
      plans: store.sales.salesPlans,
      createdBy: actorId(actor),
      actor,
      now: toInstant(runtime.clock()),
      keyId,
      secretHash: sha256(secret),
      // The secret is not stored, also not in the answer to a repeated request.
      companionOf: (key) => companionFor(c, 201, { ...keyJson(key), secret: null, signingSecret: null, sender }),
    });
    const text = formatKey({ tenantId: tenant.tenantId, keyId, secret });
    const signs = signingSecret(apiSettings(runtime).signingSecret, tenant.tenantId, keyId);
    return c.json({ ...keyJson(valueOf(made)), secret: text, signingSecret: signs, sender }, 201);
  })
  .openapi(revokeKey, async (c) => {
    const revoked = await revokeApiKey(c.var.store.apiKeys, c.req.valid("param").keyId, stampOf(c), (key) =>
      companionFor(c, 200, keyJson(key)),
    );
    return c.json(keyJson(valueOf(revoked)), 200);
  });
