import { createRoute } from "@hono/zod-openapi";
import type { RemovableKind } from "@regulars/core/imports/record-store";
import { cutText } from "@regulars/core/platform/cut-text";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { refuse } from "@regulars/core/platform/result";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { idempotencyHeader, json, lookup, problems } from "../http/schemas.ts";
import { packAfter } from "../http/send-after.ts";

const deletedSchema = z
  .object({ id: z.string(), deleted: z.literal(true) })
  .meta({ id: "DeletedRecord", description: "A record that is no longer stored" });

/** The names of a record of each kind: in addresses, and in messages. */
const names = { activities: "activity", sales: "sale", requests: "request" } as const;

const deleteOf = <const K extends RemovableKind>(kind: K, example: string) =>
  createRoute({
    method: "delete",
    path: `/${kind}/{recordId}` as const,
    tags: ["Ingest"],
    summary: `Delete one of the ${kind} that was recorded by mistake; it can be sent again`,
    middleware: [demand("ingest.write")],
    request: { headers: idempotencyHeader, params: z.object({ recordId: lookup(example) }) },
    responses: { 200: json(deletedSchema, "It is deleted"), ...problems("write", 404) },
  });

async function remove(c: Context<ApiEnv>, kind: RemovableKind): Promise<z.output<typeof deletedSchema>> {
  const id = idOfSegment(c.req.param("recordId") ?? "");
  const answer = { id, deleted: true } as const;
  packAfter(c);
  if (!(await c.var.store.records.remove(kind, id, companionFor(c, 200, answer)))) {
    const name = names[kind];
    throw refused(refuse(`unknown-${name}`, `there is no ${name} ${cutText(id, 200)}`));
  }
  return answer;
}

export const deleteRecordRoutes = newRouter()
  .openapi(deleteOf("activities", "A-502"), async (c) => c.json(await remove(c, "activities"), 200))
  .openapi(deleteOf("sales", "S-32"), async (c) => c.json(await remove(c, "sales"), 200))
  .openapi(deleteOf("requests", "T-9002"), async (c) => c.json(await remove(c, "requests"), 200));
