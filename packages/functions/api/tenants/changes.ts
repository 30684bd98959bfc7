import { createRoute } from "@hono/zod-openapi";
import { instantSchema } from "@regulars/core/platform/values";
import type { ChangeLog } from "@regulars/core/tenants/change-log";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { json, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";

const by = z.string().meta({
  description: "user:<id>, key:<id>, operator at the command line, import for a file, or deliveries that kept failing",
  example: "user:anna",
});
const changes = z.array(
  z.object({
    setting: z.string().meta({ example: "codeRed.percent" }),
    from: z.unknown().meta({ description: "Null: the usual value, or none" }),
    to: z.unknown(),
  }),
);
const entrySchema = z.object({ at: instantSchema, by, changes }).meta({ id: "SettingsLogEntry" });
const entryOfOneSchema = z
  .object({ at: instantSchema, by, of: z.string().meta({ description: "The id of what was changed" }), changes })
  .meta({ id: "ChangeLogEntry" });

const request = { query: z.object(pageQuery) };

const settingsChanges = createRoute({
  method: "get",
  path: "/tenant/settings/changes",
  tags: ["Access"],
  summary: "Who changed which setting when, newest first",
  middleware: [demand("settings.manage")],
  request,
  responses: { 200: json(pageAnswerSchemaOf(entrySchema), "A page of changes"), ...problems() },
});

const usersChanges = createRoute({
  method: "get",
  path: "/tenant/users/changes",
  tags: ["Users"],
  summary: "Who changed what of which user when, newest first",
  middleware: [demand("users.manage")],
  request,
  responses: { 200: json(pageAnswerSchemaOf(entryOfOneSchema), "A page of changes"), ...problems() },
});

const keysChanges = createRoute({
  method: "get",
  path: "/tenant/keys/changes",
  tags: ["Access"],
  summary: "Who made and revoked which API key when, newest first; a secret is never told",
  middleware: [demand("keys.manage")],
  request,
  responses: { 200: json(pageAnswerSchemaOf(entryOfOneSchema), "A page of changes"), ...problems() },
});

const webhooksChanges = createRoute({
  method: "get",
  path: "/tenant/webhooks/changes",
  tags: ["Webhooks"],
  summary: "Who changed what of which webhook when, newest first; a secret is never told",
  middleware: [demand("webhooks.manage")],
  request,
  responses: { 200: json(pageAnswerSchemaOf(entryOfOneSchema), "A page of changes"), ...problems() },
});

/** A page of a log; `list` is the name of its cursors. */
async function pageOf(
  { var: { cursors } }: Context<ApiEnv>,
  log: ChangeLog,
  list: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const { entries, hasMore } = await log.page({ limit, before: cursors.read(list, cursor) });
  const last = entries.at(-1);
  const data = entries.map((entry) => ({
    at: entry.at,
    by: entry.by,
    of: entry.of ?? "",
    changes: entry.changes.map((one) => ({ ...one })),
  }));
  return { data, next: hasMore && last !== undefined ? cursors.write(list, last.place) : null };
}

/** Who changed what when. */
export const changeRoutes = newRouter()
  .openapi(settingsChanges, async (c) => {
    const { data, next } = await pageOf(c, c.var.store.changeLogs.settings, "settings-changes", c.req.valid("query"));
    return c.json({ data: data.map(({ of: _all, ...entry }) => entry), next }, 200);
  })
  .openapi(usersChanges, async (c) =>
    c.json(await pageOf(c, c.var.store.changeLogs.users, "users-changes", c.req.valid("query")), 200),
  )
  .openapi(keysChanges, async (c) =>
    c.json(await pageOf(c, c.var.store.changeLogs.keys, "keys-changes", c.req.valid("query")), 200),
  )
  .openapi(webhooksChanges, async (c) =>
    c.json(await pageOf(c, c.var.store.changeLogs.webhooks, "webhooks-changes", c.req.valid("query")), 200),
  );
