import * as z from "zod";
import { type Result, ok, refuse } from "../platform/result.ts";
import { faultOf } from "../platform/unknown-property.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { whoKnowsModes } from "./colleagues.ts";
import { introductionTemplateSchema } from "./introduction-template.ts";

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "is not a language tag like en or de-AT");

/** How a tenant uses who knows whom (docs/reference/relationships.md 6, 8). */
const whoKnowsSettingsSchema = z.strictObject({
  /** Off: no answers, and no introductions. */
  enabled: z.boolean().default(true),
  mode: z.enum(whoKnowsModes).default("enhanced"),
  /** The e-mail to a colleague who is asked to introduce somebody, by language. */
  templates: z.record(language, introductionTemplateSchema).default({}),
});
type WhoKnowsSettings = z.output<typeof whoKnowsSettingsSchema>;

/** A change of the settings; null takes back to the usual value, also a single language's template. */
export const whoKnowsChangeSchema = z
  .strictObject({
    enabled: z.boolean().nullable().optional(),
    mode: z.enum(whoKnowsModes).nullable().optional(),
    templates: z.record(language, introductionTemplateSchema.nullable()).nullable().optional(),
  })
  .meta({
    description: "Who knows whom: on or off, its mode, and the e-mail that asks for an introduction, by language",
    example: { mode: "basic" },
  });
type WhoKnowsChange = z.output<typeof whoKnowsChangeSchema>;

type Stored = Pick<Tenant, "whoKnows">;

/** A tenant's settings with the usual ones for those that it has not changed. */
export const whoKnowsSettingsOf = ({ whoKnows }: Stored): WhoKnowsSettings => whoKnowsSettingsSchema.parse(whoKnows);

/** The stored settings after a change. */
export function changedWhoKnows(stored: Stored, change: WhoKnowsChange): Result<Tenant["whoKnows"]> {
  const templates = change.templates === null ? {} : withoutNulls({ ...templatesOf(stored), ...change.templates });
  const next = withoutNulls({ ...stored.whoKnows, ...change, templates });
  if (Object.keys(templates).length === 0) delete next["templates"];
  const checked = whoKnowsSettingsSchema.safeParse(next);
  if (checked.success) return ok(next);
  const [fault = { path: "", message: "is not allowed" }] = checked.error.issues.map(faultOf);
  return refuse("unusable-setting", `whoKnows.${fault.path}: ${fault.message}`);
}

const templatesOf = (stored: Stored): Readonly<Record<string, unknown>> => whoKnowsSettingsOf(stored).templates;

const withoutNulls = (given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined));

/** The refusal for a tenant that has it switched off; `undefined` when it is on. */
export const whoKnowsRefusal = (tenant: Stored) =>
  whoKnowsSettingsOf(tenant).enabled
    ? undefined
    : refuse("feature-not-in-edition", "who knows whom is switched off: see the setting whoKnows.enabled");
