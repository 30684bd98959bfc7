import { toInstant } from "@regulars/core/platform/values";
import { createRoute } from "@hono/zod-openapi";
import { type IngestKind, MAX_BATCH_ITEMS, ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { Right } from "@regulars/core/access/rights";
import { ingestBatch } from "@regulars/flows/imports/ingest-batch";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import type { Context } from "hono";
import * as z from "zod";
import type { RebuildMessage } from "../../workers/messages.ts";
import { demand } from "../access/decide.ts";
import { savingUsers } from "../access/give-rights.ts";
import { batchProgress, noteUnfinished } from "../access/idempotency.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { body, json, idempotencyHeader, problems } from "../http/schemas.ts";
import { itemSchemaOf } from "../http/item-schema.ts";
import { packAfter, sendAfter } from "../http/send-after.ts";

const resultSchema = z
  .object({
    index: z.int().meta({ description: "The item's place in the batch, from 0" }),
    id: z.string().optional().meta({ description: "The item's id, if it could be read" }),
    outcome: z.enum(["created", "changed", "unchanged", "rejected"]),
    errors: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "Why it was rejected" }),
  })
  .meta({ id: "ItemResult", description: "The result of one item; a rejected item does not affect the others" });

const reportSchema = z
  .object({
    results: z.array(resultSchema),
    takenForSame: z
      .int()
      .optional()
      .meta({ description: "Payments without an id that are taken for stored ones: of one invoice, day and amount" }),
  })
  .meta({ id: "BatchReport" });

/** The right to send a kind: users need `users.manage`, because they have roles; the rest is for ERPs. */
const rightFor = (kind: IngestKind): Right => (kind === "users" ? "users.manage" : "ingest.write");

/**
 * The batch route of a kind. Items have their full schema in the document but are validated one by one, so that an
 * invalid one does not affect the others.
 */
const batchOf = <const K extends IngestKind>(kind: K) =>
  createRoute({
    method: "post",
    path: `/${kind}/batch` as const,
    tags: ["Ingest"],
    summary: `Up to ${MAX_BATCH_ITEMS} ${kind}, each with its own result; the same batch again changes nothing`,
    middleware: [demand(rightFor(kind))],
    request: {
      headers: idempotencyHeader,
      body: body(z.strictObject({ items: z.array(itemSchemaOf(kind)).min(1).max(MAX_BATCH_ITEMS) }), {
        items: [ingestSchemas[kind].meta()?.["example"]],
      }),
    },
    responses: { 200: json(reportSchema, "The result of each item"), ...problems("write") },
  });

const hasId = (item: unknown): boolean => typeof item === "object" && item !== null && "paymentId" in item;

async function ingest(c: Context<ApiEnv>, kind: IngestKind, items: readonly unknown[]) {
  const { tenant, store, runtime } = c.var;
  packAfter(c);
  const progress = batchProgress(c);
  // Whom an interrupted attempt has changed is not known here: its message may have been lost.
  if (progress !== undefined && progress.saved.size > 0)
    sendAfter(c, "rebuilds", () => ({ isOfAllChanged: true }) satisfies Partial<RebuildMessage>);
  const imports = kind === "users" ? { ...store.imports, saveUsers: savingUsers(c) } : store.imports;
  const { results } = await ingestBatch({
    tenant,
    now: toInstant(runtime.clock()),
    kind,
    items,
    imports,
    progress,
  });
  if (kind === "users") await rescheduleWaiting({ tenant, store, now: runtime.clock() });
  noteUnfinished(c, results);
  const takenForSame = results.filter(({ outcome, index }) => outcome === "unchanged" && !hasId(items[index])).length;
  return {
    ...(kind === "payments" && takenForSame > 0 ? { takenForSame } : {}),
    results: results.map(({ errors, ...result }) => ({
      ...result,
      ...(errors === undefined ? {} : { errors: errors.map((error) => ({ ...error })) }),
    })),
  };
}

export const ingestRoutes = newRouter()
  .openapi(batchOf("users"), async (c) => c.json(await ingest(c, "users", c.req.valid("json").items), 200))
  .openapi(batchOf("customers"), async (c) => c.json(await ingest(c, "customers", c.req.valid("json").items), 200))
  .openapi(batchOf("persons"), async (c) => c.json(await ingest(c, "persons", c.req.valid("json").items), 200))
  .openapi(batchOf("items"), async (c) => c.json(await ingest(c, "items", c.req.valid("json").items), 200))
  .openapi(batchOf("orders"), async (c) => c.json(await ingest(c, "orders", c.req.valid("json").items), 200))
  .openapi(batchOf("invoices"), async (c) => c.json(await ingest(c, "invoices", c.req.valid("json").items), 200))
  .openapi(batchOf("payments"), async (c) => c.json(await ingest(c, "payments", c.req.valid("json").items), 200))
  .openapi(batchOf("activities"), async (c) => c.json(await ingest(c, "activities", c.req.valid("json").items), 200))
  .openapi(batchOf("sales"), async (c) => c.json(await ingest(c, "sales", c.req.valid("json").items), 200))
  .openapi(batchOf("requests"), async (c) => c.json(await ingest(c, "requests", c.req.valid("json").items), 200))
  .openapi(batchOf("projects"), async (c) => c.json(await ingest(c, "projects", c.req.valid("json").items), 200))
  .openapi(batchOf("links"), async (c) => c.json(await ingest(c, "links", c.req.valid("json").items), 200))
  .openapi(batchOf("leads"), async (c) => c.json(await ingest(c, "leads", c.req.valid("json").items), 200));
