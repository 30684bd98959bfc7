import { createRoute } from "@hono/zod-openapi";
import type { PreferencesOwner } from "@regulars/core/notifications/preference-store";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { json, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { looksAtPreferences, ofUser, seenUser } from "./preferences-owner.ts";

const tags = ["Notifications"];

const logSchema = pageAnswerSchemaOf(
  z
    .object({
      at: z.string(),
      by: z.string().meta({
        description: "user:<id>, key:<id>, command, unsubscribe-link or preferences-link",
        example: "user:anna",
      }),
      reason: z.string().nullable(),
      changes: z.array(
        z.object({
          preference: z.string(),
          from: z.unknown().meta({ description: "Null: something else decided" }),
          to: z.unknown(),
        }),
      ),
    })
    .meta({ id: "PreferencesLogEntry" }),
);
const readUsersLog = createRoute({
  method: "get",
  path: "/users/{userId}/notification-preferences/changes",
  tags,
  summary: "Who changed what reaches a user, from what to what and when, newest first",
  middleware: [looksAtPreferences],
  request: { params: ofUser, query: z.object(pageQuery) },
  responses: { 200: json(logSchema, "A page of changes"), ...problems(404) },
});
const readTenantsLog = createRoute({
  method: "get",
  path: "/tenant/notification-preferences/changes",
  tags,
  summary: "Who changed the tenant's defaults and what is compulsory, newest first",
  middleware: [demand("settings.manage")],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(logSchema, "A page of changes"), ...problems() },
});

/** A page of the changes of somebody's preferences. */
async function logOf(
  c: Context<ApiEnv>,
  owner: PreferencesOwner,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const { store, cursors } = c.var;
  const list = owner.type === "user" ? `preferences ${owner.userId}` : "preferences";
  const { entries, next } = await store.preferences.changes(owner, { limit, before: cursors.read(list, cursor) });
  const data = entries.map(({ at, by, reason, changes }) => ({
    at,
    by,
    reason: reason ?? null,
    changes: changes.map((one) => ({ ...one })),
  }));
  return { data, next: next === undefined ? null : cursors.write(list, next) };
}

/** Who changed preferences, of a user and of the tenant. */
export const preferenceChangeRoutes = newRouter()
  .openapi(readUsersLog, async (c) => {
    const userId = await seenUser(c, c.req.valid("param").userId);
    return c.json(await logOf(c, { type: "user", userId }, c.req.valid("query")), 200);
  })
  .openapi(readTenantsLog, async (c) => c.json(await logOf(c, { type: "tenant" }, c.req.valid("query")), 200));
