import * as z from "zod";
import { type SettingsChange, insightSettingsOf, settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import { counterSettingsSchema, usualCounterSettings } from "@regulars/core/monitors/counter-settings";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";
import { healthSettingsSchema, usualHealthSettings } from "@regulars/core/relationships/health-settings";
import type { PlacedEntry } from "@regulars/core/tenants/settings-log";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { changeSettings } from "@regulars/flows/insights/change-settings";
import type { OpenTenant } from "../page/open-tenant.ts";

/** One setting: its text as it is stored, empty for the usual value, and that value. */
export interface ShownSetting {
  readonly name: string;
  readonly text: string;
  readonly usual?: string | undefined;
  /** The values that it may have, where they are few. */
  readonly choices?: readonly string[] | undefined;
  readonly maxLength?: number | undefined;
}

/** Settings that are saved together. */
export interface SettingsGroup {
  readonly id: GroupId;
  readonly title: string;
  readonly settings: readonly ShownSetting[];
}

const groupIds = ["company", "monitors", "relationships"] as const;
export type GroupId = (typeof groupIds)[number];

export interface SettingsPage {
  readonly tenant: Tenant;
  readonly groups: readonly SettingsGroup[];
  /** The last changes, newest first. */
  readonly changes: readonly PlacedEntry[];
}

const MOST_CHANGES = 50;

/** Reads all settings of a tenant, and who changed them last. */
export async function readSettingsPage({ tenant, whole }: OpenTenant): Promise<SettingsPage> {
  const { entries } = await whole.settingsLog.page({ limit: MOST_CHANGES });
  return { tenant, groups: groupsOf(tenant), changes: entries };
}

function groupsOf(tenant: Tenant): readonly SettingsGroup[] {
  const stored = (schema: z.ZodObject, given: Readonly<Record<string, unknown>>, usual: object): ShownSetting[] => {
    const usualValues = new Map(Object.entries(usual));
    const fields = new Map(Object.entries(schema.shape));
    const all = [...fields.keys(), ...Object.keys(given).filter((name) => !fields.has(name))];
    return all.map((name) => ({
      name,
      text: textOf(given[name]),
      usual: usualText(usualValues.get(name)),
      choices: choicesOf(fields.get(name)),
    }));
  };
  const { name, locale, currency, phoneCountry, closures, priceEditing, maxAlertsPerRepPerDay, keepDays } =
    insightSettingsOf(tenant);
  const company = { name, locale, currency, phoneCountry, priceEditing, maxAlertsPerRepPerDay, keepDays };
  const closed = closures.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(", ");
  return [
    {
      id: "company",
      title: "Company",
      settings: [
        ...Object.entries(company).map(([setting, value]) => ({
          name: setting,
          text: textOf(value),
          ...(setting === "priceEditing" ? { choices: ["true", "false"] } : {}),
          ...(setting === "name" || setting === "locale" ? { maxLength: setting === "name" ? 200 : 35 } : {}),
        })),
        { name: "closures", text: closed },
      ],
    },
    {
      id: "monitors",
      title: "Status monitors",
      settings: stored(counterSettingsSchema, tenant.monitors, usualCounterSettings),
    },
    {
      id: "relationships",
      title: "Relationships",
      settings: stored(healthSettingsSchema, tenant.relationships, usualHealthSettings),
    },
  ];
}

/** The values of a setting that has only a few: a choice, a number of a short list, yes or no. */
function choicesOf(field: z.core.$ZodType | undefined): readonly string[] | undefined {
  if (field instanceof z.ZodDefault) return choicesOf(field.unwrap());
  if (field instanceof z.ZodBoolean) return ["true", "false"];
  if (field instanceof z.ZodEnum) return field.options.map(String);
  return field instanceof z.ZodLiteral ? [...field.values].map(String) : undefined;
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

const usualText = (value: unknown): string => (value === null || value === undefined ? "off" : textOf(value));

interface GivenForm {
  readonly opened: OpenTenant;
  readonly form: Readonly<Record<string, unknown>>;
  readonly now: Instant;
}

/** Saves the settings of a form that differ from the stored ones. */
export async function saveSettings({ opened, form, now }: GivenForm): Promise<Result<Tenant>> {
  const { tenant, catalog, whole, directory, by } = opened;
  const change = changeOf(tenant, form);
  if (!change.ok) return change;
  const stamp = { at: now, by };
  const { storedAmounts } = whole;
  return named(await changeSettings({ tenant, catalog, directory, change: change.value, stamp, storedAmounts }));
}

/** A refusal that begins with the path of a setting, as a sentence. */
const named = <T>(result: Result<T>): Result<T> =>
  result.ok || !/^\w+\.\w/.test(result.message) ? result : refuse(result.reason, `the setting ${result.message}`);

/** Why a value is not allowed; the schemas' own words begin with "is not", "has" and the like. */
const wordsOf = (issue: { readonly message: string } | undefined): string =>
  issue === undefined || /^[A-Z]/.test(issue.message)
    ? `cannot be used: ${issue?.message ?? "it is not allowed"}`
    : issue.message;

/** The settings of a form that differ from those that are shown, as a change of them. */
function changeOf(tenant: Tenant, form: Readonly<Record<string, unknown>>): Result<SettingsChange> {
  const group = groupsOf(tenant).find(({ id }) => id === form["group"]);
  if (group === undefined)
    return refuse("unusable-setting", `there are no settings "${textOf(form["group"])}", only ${groupIds.join(", ")}`);
  const changed = group.settings.flatMap(({ name, text }) => {
    const given = form[name];
    return typeof given !== "string" || given.trim() === text ? [] : [[name, given.trim()] as const];
  });
  const values = Object.fromEntries(
    changed.map(([name, text]) => [name, group.id === "company" ? companyValue(name, text) : valueOfText(text)]),
  );
  const parsed = settingsChangeSchema.safeParse(group.id === "company" ? values : { [group.id]: values });
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  const given = changed.find(([setting]) => setting === name)?.[1] ?? "";
  return refuse("unusable-setting", `the value "${given}" of ${name} ${wordsOf(issue)}`);
}

function companyValue(name: string, text: string): unknown {
  if (name === "currency" || name === "phoneCountry") return text.toUpperCase();
  if (name === "priceEditing" || name === "maxAlertsPerRepPerDay" || name === "keepDays") return valueOfText(text);
  if (name !== "closures") return text;
  return text
    .split(/[,;\s]+/)
    .filter((part) => part !== "")
    .map((part) => {
      const [from = "", to = from] = part.split("..");
      return { from, to };
    });
}

/** A number, true, false or a list as JSON has it, else the text itself; null, the usual value, for an empty one. */
function valueOfText(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
