import * as z from "zod";
import type { Json } from "./finding.ts";
import type { InsightCatalog } from "./insight-catalog.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { line } from "../platform/text.ts";
import { isCountry, phoneCountryOf } from "../tenants/phone-country.ts";
import { whoKnowsChangeSchema } from "../relationships/who-knows-settings.ts";
import { type Tenant, tenantSchema } from "../tenants/tenant.ts";

const { shape } = tenantSchema;

const settingValue = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);

/** How a tenant is called, as it may be set. */
export const tenantNameSchema = line(200);

/**
 * The settings that a tenant may change. Its zone is part of every stored day and cannot change, its currency of every
 * stored amount: it changes only while there is none. Its edition is set by the operator. `null` takes a setting back to
 * the usual value; only the name and the currency have none.
 */
export const settingsChangeSchema = z.strictObject({
  name: tenantNameSchema.optional(),
  locale: z.string().refine(isLocale, "is not a language tag like en or de-AT").nullish(),
  currency: shape.currency
    .meta({ description: "The base currency; only while no amount is stored", example: "EUR" })
    .optional(),
  closures: shape.closures.unwrap().max(100).nullish(),
  phoneCountry: z
    .string()
    .refine(isCountry, "is not a country: two capitals of ISO 3166, like UA")
    .meta({ description: "Of phone numbers without a country code; by default that of the time zone", example: "UA" })
    .nullish(),
  priceEditing: shape.priceEditing.unwrap().nullish(),
  maxAlertsPerRepPerDay: shape.maxAlertsPerRepPerDay.unwrap().nullish(),
  keepDays: shape.keepDays
    .unwrap()
    .meta({ description: "Days for which messages are kept after they were due, with their contents" })
    .nullish(),
  insights: z.record(z.string(), z.record(z.string(), settingValue)).optional(),
  codeRed: z
    .record(z.string(), settingValue)
    .meta({ description: "Settings of Code Red; null resets one to the usual value", example: { percent: 25 } })
    .optional(),
  monitors: z
    .record(z.string(), z.unknown())
    .meta({
      description:
        "Settings of status monitors: periods, amountClasses, ordersAreSales; null resets one to the usual value",
      example: { periods: { company: [30, 60, 90] } },
    })
    .optional(),
  relationships: z
    .record(z.string(), settingValue)
    .meta({
      description:
        "Settings of relationships; `contactDays@hotel` is one for customers of the category hotel. null resets one to the usual value",
      example: { contactDays: 30, "contactDays@hotel": 60 },
    })
    .optional(),
  whoKnows: whoKnowsChangeSchema.optional(),
  templates: z
    .record(z.string(), z.record(z.string(), z.string().nullable()))
    .meta({
      description:
        "Own words for texts of messages, by language and id, like `digest.footer`; null goes back to the product's. Variables are `<name>`",
      example: { da: { "digest.footer": "Du får denne mail, fordi du sælger for <firm>." } },
    })
    .optional(),
});
export type SettingsChange = z.output<typeof settingsChangeSchema>;

/** A tenant's settings as they are shown; insight settings only where they differ from the default. */
export const insightSettingsOf = ({ tenantId: _tenantId, ...settings }: Tenant) => ({
  ...settings,
  phoneCountry: phoneCountryOf(settings) ?? null,
});

type InsightSettings = Tenant["insights"];
type InsightChange = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** The insight settings after a change; a setting that no insight has, or with an invalid value, is refused. */
export function changedInsights(
  catalog: InsightCatalog,
  stored: InsightSettings,
  change: InsightChange,
): Result<InsightSettings> {
  const changed = { ...stored };
  for (const [id, named] of Object.entries(change)) {
    const kind = catalog.kindOf(id);
    if (kind === undefined) {
      const ids = catalog.kinds.map((one) => one.id);
      return refuse("unusable-setting", `there is no insight "${id}": choose one of ${ids.join(", ")}`);
    }
    const settings = Object.fromEntries(
      Object.entries({ ...stored[id], ...named }).filter(([, value]) => value !== null),
    );
    const [fault] = kind.faultsOf(settings);
    if (fault !== undefined) return refuse("unusable-setting", `insight ${id}, ${fault}`);
    if (Object.keys(settings).length === 0) delete changed[id];
    else changed[id] = settings;
  }
  return ok(changed);
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
