import { createRoute } from "@hono/zod-openapi";
import { effectivePreferences } from "@regulars/core/notifications/effective";
import type { NotificationPreferences, PreferencesChange } from "@regulars/core/notifications/preferences";
import { shownPreferences } from "@regulars/core/notifications/preferences-json";
import type { UserId } from "@regulars/core/platform/values";
import { changePreferences, changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import type { Context } from "hono";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { rescheduleAfter } from "../http/reschedule-after.ts";
import { idempotencyHeader, json, problems } from "../http/schemas.ts";
import { preferencesBody, preferencesSchema, tenantPreferencesBody } from "./preference-schemas.ts";
import { type OurChannelOf, changeBy, looksAtPreferences, ofUser, seenUser, selfOf } from "./preferences-owner.ts";

const tags = ["Notifications"];

const answers = { 200: json(preferencesSchema, "The preferences"), ...problems(404) };
const changed = { 200: json(preferencesSchema, "The changed preferences"), ...problems("write", 404) };

const readMine = createRoute({
  method: "get",
  path: "/me/notification-preferences",
  tags,
  summary: "What reaches you, how and when",
  middleware: [looksAtPreferences],
  responses: answers,
});
const changeMine = createRoute({
  method: "patch",
  path: "/me/notification-preferences",
  tags,
  summary: "Change what reaches you; null takes a preference back",
  middleware: [looksAtPreferences],
  request: { headers: idempotencyHeader, body: preferencesBody },
  responses: changed,
});
const readUsers = createRoute({
  method: "get",
  path: "/users/{userId}/notification-preferences",
  tags,
  summary: "What reaches a user: yourself, or with users.manage anybody",
  middleware: [looksAtPreferences],
  request: { params: ofUser },
  responses: answers,
});
const changeUsers = createRoute({
  method: "patch",
  path: "/users/{userId}/notification-preferences",
  tags,
  summary: "Change what reaches a user: yourself, or with users.manage anybody",
  middleware: [looksAtPreferences],
  request: { headers: idempotencyHeader, params: ofUser, body: preferencesBody },
  responses: changed,
});
const readTenants = createRoute({
  method: "get",
  path: "/tenant/notification-preferences",
  tags,
  summary: "The tenant's defaults, and what it makes compulsory",
  middleware: [demand("settings.manage")],
  responses: answers,
});
const changeTenants = createRoute({
  method: "patch",
  path: "/tenant/notification-preferences",
  tags,
  summary: "Change the tenant's defaults, or replace what is compulsory for everybody",
  middleware: [demand("settings.manage")],
  request: { headers: idempotencyHeader, body: tenantPreferencesBody },
  responses: changed,
});

async function shownOf(c: Context<ApiEnv>, userId: UserId | undefined) {
  const shown = await answerOf(c, userId);
  return shown(await c.var.store.preferences.of(userId === undefined ? { type: "tenant" } : { type: "user", userId }));
}

async function changeOf(c: Context<ApiEnv>, userId: UserId, patch: PreferencesChange, ourChannelOf: OurChannelOf) {
  const shown = await answerOf(c, userId);
  const reschedule = rescheduleAfter(c);
  const result = await changePreferences({
    ...changeBy(c, ourChannelOf),
    userId,
    patch,
    companionOf: (after) => companionFor(c, 200, shown(after)),
  });
  const own = valueOf(result);
  await reschedule();
  return shown(own);
}

/** What is shown of preferences: a user's own under the tenant's, or the tenant's. */
async function answerOf({ var: { tenant, store, catalog } }: Context<ApiEnv>, userId: UserId | undefined) {
  const defaults = await store.preferences.of({ type: "tenant" });
  const user = userId === undefined ? undefined : await store.user(userId);
  const kinds = catalog.kinds.map(({ id }) => id);
  return (after: NotificationPreferences) => {
    const layers = userId === undefined ? { defaults: after } : { defaults, user, own: after };
    const { preferences, notes } = shownPreferences(effectivePreferences({ tenant, ...layers }), kinds);
    return { preferences: [...preferences], notes: [...notes] };
  };
}

export const preferenceRoutes = (ourChannelOf: OurChannelOf) =>
  newRouter()
    .openapi(readMine, async (c) => c.json(await shownOf(c, selfOf(c)), 200))
    .openapi(changeMine, async (c) => c.json(await changeOf(c, selfOf(c), c.req.valid("json"), ourChannelOf), 200))
    .openapi(readUsers, async (c) => c.json(await shownOf(c, await seenUser(c, c.req.valid("param").userId)), 200))
    .openapi(changeUsers, async (c) =>
      c.json(await changeOf(c, await seenUser(c, c.req.valid("param").userId), c.req.valid("json"), ourChannelOf), 200),
    )
    .openapi(readTenants, async (c) => c.json(await shownOf(c, undefined), 200))
    .openapi(changeTenants, async (c) => {
      const { defaults: patch = {}, compulsions } = c.req.valid("json");
      const shown = await answerOf(c, undefined);
      const reschedule = rescheduleAfter(c);
      const result = await changeTenantPreferences({
        ...changeBy(c, ourChannelOf),
        patch,
        compulsions,
        companionOf: (after) => companionFor(c, 200, shown(after)),
      });
      const after = valueOf(result);
      await reschedule();
      return c.json(shown(after), 200);
    });
