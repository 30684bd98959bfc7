import { createRoute } from "@hono/zod-openapi";
import { holds } from "@regulars/core/access/may";
import { levels } from "@regulars/core/insights/finding";
import type { PreferencesOwner } from "@regulars/core/notifications/preference-store";
import type { PreferencesAsked } from "@regulars/flows/notifications/change-preferences";
import { tellings } from "@regulars/flows/notifications/news-of-night";
import { preferencesPreviewJson } from "@regulars/flows/notifications/preferences-preview-json";
import { previewPreferences } from "@regulars/flows/notifications/preview-preferences";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { idempotencyHeader, json, problems } from "../http/schemas.ts";
import { preferenceRowSchema, preferencesBody, tenantPreferencesBody } from "./preference-schemas.ts";
import { type OurChannelOf, changeBy, looksAtPreferences, ofUser, seenUser, selfOf } from "./preferences-owner.ts";
import { upcomingSchema } from "./upcoming.ts";

const tags = ["Notifications"];

const changing = <T extends z.ZodType>(one: T) =>
  z.object({ count: z.int(), first: z.array(one).meta({ description: "At most ten" }) });

const telling = z.enum(tellings);

const messageSchema = upcomingSchema
  .extend({
    notificationId: z.string().nullable().meta({ description: "Null without the right notifications.manage" }),
  })
  .meta({ id: "WaitingMessage" });

const previewSchema = z
  .object({
    preferences: z.array(preferenceRowSchema),
    people: z
      .object({ of: z.int(), changed: changing(z.string()), chose: changing(z.string()) })
      .nullable()
      .meta({ description: "Of a change for all: the users whom it reaches, and who chose themselves; else null" }),
    news: z
      .object({
        asOf: z.string(),
        counts: z.array(z.object({ telling, now: z.int(), after: z.int() })),
        moved: changing(
          z.object({
            kind: z.string(),
            level: z.enum(levels),
            customerId: z.string(),
            userId: z.string().nullable(),
            now: telling,
            after: telling,
          }),
        ).meta({ description: "Findings that would be told otherwise; only of customers whom the caller sees" }),
      })
      .nullable()
      .meta({ description: "What the last nightly run has left; null before the first" }),
    waiting: changing(z.object({ userId: z.string().nullable(), now: messageSchema, after: messageSchema })).meta({
      description: "Messages that wait, and would go at another time, another way or not at all",
    }),
    digests: changing(z.object({ userId: z.string(), now: z.string().nullable(), after: z.string().nullable() })).meta({
      description: "Whose next digest comes at another time; null: none",
    }),
  })
  .meta({
    id: "NotificationPreferencesPreview",
    description: "What a change of preferences would do; nothing is saved or sent",
  });

const answers = { 200: json(previewSchema, "What would change"), ...problems("write", 404) };

const previewMine = createRoute({
  method: "post",
  path: "/me/notification-preferences/~preview",
  tags,
  summary: "What a change of what reaches you would do: the preferences, what is sent otherwise, your next digest",
  middleware: [looksAtPreferences],
  request: { headers: idempotencyHeader, body: preferencesBody },
  responses: answers,
});
const previewUsers = createRoute({
  method: "post",
  path: "/users/{userId}/notification-preferences/~preview",
  tags,
  summary: "The same of a user: yourself, or with users.manage anybody",
  middleware: [looksAtPreferences],
  request: { headers: idempotencyHeader, params: ofUser, body: preferencesBody },
  responses: answers,
});
const previewTenants = createRoute({
  method: "post",
  path: "/tenant/notification-preferences/~preview",
  tags,
  summary: "What a change of the tenant's defaults, or of what is compulsory, would do, and for whom",
  middleware: [demand("settings.manage")],
  request: { headers: idempotencyHeader, body: tenantPreferencesBody },
  responses: answers,
});

async function previewOf(c: Context<ApiEnv>, owner: PreferencesOwner, asked: PreferencesAsked) {
  const { tenant, store, catalog, actor } = c.var;
  const { canSee } = await c.var.scope();
  const told = valueOf(await previewPreferences({ tenant, catalog, store, owner, canSee }, asked));
  return preferencesPreviewJson(told, { seesLog: holds(actor, "notifications.manage") });
}

/** What changes of preferences would do, of a user's and of the tenant's. */
export const preferencePreviewRoutes = (ourChannelOf: OurChannelOf) =>
  newRouter()
    .openapi(previewMine, async (c) => {
      const asked = { ...changeBy(c, ourChannelOf), patch: c.req.valid("json") };
      return c.json(await previewOf(c, { type: "user", userId: selfOf(c) }, asked), 200);
    })
    .openapi(previewUsers, async (c) => {
      const userId = await seenUser(c, c.req.valid("param").userId);
      const asked = { ...changeBy(c, ourChannelOf), patch: c.req.valid("json") };
      return c.json(await previewOf(c, { type: "user", userId }, asked), 200);
    })
    .openapi(previewTenants, async (c) => {
      const { defaults: patch = {}, compulsions } = c.req.valid("json");
      const asked = { ...changeBy(c, ourChannelOf), patch, compulsions };
      return c.json(await previewOf(c, { type: "tenant" }, asked), 200);
    });
