import { createRoute } from "@hono/zod-openapi";
import { rights, rightsOf } from "@regulars/core/access/rights";
import { type Tenant, editions, tenantSchema as storedTenantSchema } from "@regulars/core/tenants/tenant";
import { settingsChangeSchema, insightSettingsOf } from "@regulars/core/insights/tenant-settings";
import { changeSettings } from "@regulars/flows/insights/change-settings";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import * as z from "zod";
import { settingsMessageOf } from "../../workers/messages.ts";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { sendAbout } from "../http/send-after.ts";
import { stampOf } from "../http/stamp.ts";
import { body, json, idempotencyHeader, problems } from "../http/schemas.ts";

const tenantSchema = z
  .object({
    tenantId: z.string(),
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    locale: z.string(),
    edition: z.enum(editions),
  })
  .meta({ id: "Tenant", description: "The tenant: a distributor with its own data" });

const meSchema = z
  .object({
    type: z.enum(["user", "key"]),
    id: z.string().meta({ description: "User id, or key id" }),
    name: z.string(),
    rights: z.array(z.enum(rights)),
    tenant: tenantSchema,
  })
  .meta({ id: "Me" });

const readMe = createRoute({
  method: "get",
  path: "/me",
  tags: ["Access"],
  summary: "The caller, with their rights and tenant",
  responses: { 200: json(meSchema, "The actor behind the credentials"), ...problems() },
});

const settingsSchema = z
  .object({
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    locale: z.string(),
    edition: z.enum(editions),
    phoneCountry: z
      .string()
      .nullable()
      .meta({ description: "The country of phone numbers without a country code; by default that of the time zone" }),
    closures: z.array(z.object({ from: z.string(), to: z.string() })),
    priceEditing: z.boolean().meta({ description: "true: GP% is shown" }),
    maxAlertsPerRepPerDay: z.int(),
    keepDays: z.int().meta({ description: "Days for which messages are kept, with their contents" }),
    insights: storedTenantSchema.shape.insights
      .unwrap()
      .meta({ description: "By insight, the settings that differ from the defaults" }),
    codeRed: storedTenantSchema.shape.codeRed
      .unwrap()
      .meta({ description: "The settings of Code Red that differ from the usual ones" }),
    monitors: storedTenantSchema.shape.monitors
      .unwrap()
      .meta({ description: "The settings of status monitors that differ from the usual ones" }),
    relationships: storedTenantSchema.shape.relationships
      .unwrap()
      .meta({ description: "The settings of relationships that differ from the usual ones" }),
    whoKnows: storedTenantSchema.shape.whoKnows
      .unwrap()
      .meta({ description: "The settings of who knows whom that differ from the usual ones" }),
    templates: storedTenantSchema.shape.templates
      .unwrap()
      .meta({ description: "The tenant's own words for texts of messages, by language and id" }),
  })
  .meta({ id: "TenantSettings" });

const readSettings = createRoute({
  method: "get",
  path: "/tenant/settings",
  tags: ["Access"],
  summary: "The tenant's settings",
  middleware: [demand("settings.manage")],
  responses: { 200: json(settingsSchema, "The settings"), ...problems() },
});

const patchSettings = createRoute({
  method: "patch",
  path: "/tenant/settings",
  tags: ["Access"],
  summary: "Change the given settings; null takes one back to its usual value",
  middleware: [demand("settings.manage")],
  request: {
    headers: idempotencyHeader,
    body: body(settingsChangeSchema.meta({ id: "SettingsChange" }), { maxAlertsPerRepPerDay: 5, priceEditing: true }),
  },
  responses: { 200: json(settingsSchema, "The changed settings"), ...problems("write") },
});

export const tenantRoutes = newRouter()
  .openapi(readMe, (c) => {
    const { actor, tenant } = c.var;
    const { tenantId, name, timeZone, currency, locale, edition } = tenant;
    const who =
      actor.type === "user"
        ? { type: actor.type, id: actor.user.userId, name: actor.user.name, rights: [...rightsOf(actor.user.role)] }
        : { type: actor.type, id: actor.keyId, name: actor.name, rights: [...actor.actions] };
    return c.json({ ...who, tenant: { tenantId, name, timeZone, currency, locale, edition } }, 200);
  })
  .openapi(readSettings, (c) => c.json(insightSettingsOf(c.var.tenant), 200))
  .openapi(patchSettings, async (c) => {
    const { tenant, runtime, catalog, store } = c.var;
    const { storedAmounts } = store;
    const directory = openTenantDirectory(runtime.tableFor(tenant.tenantId));
    const change = c.req.valid("json");
    const settle = sendAbout<Tenant>(c, "rebuilds", (revised) => settingsMessageOf(tenant, revised, change));
    const companionOf = (revised: Tenant) => {
      settle(revised);
      return companionFor(c, 200, insightSettingsOf(revised));
    };
    const stamp = stampOf(c);
    const changed = await changeSettings({ tenant, directory, catalog, change, stamp, storedAmounts, companionOf });
    return c.json(insightSettingsOf(valueOf(changed)), 200);
  });
