import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { counterSettingsSchema, usualCounterSettings } from "@regulars/core/monitors/counter-settings";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { employeeSettingsShape, usualEmployeeSettings } from "@regulars/core/relationships/employee-figures";
import { healthSettingsSchema, usualHealthSettings } from "@regulars/core/relationships/health-settings";
import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import * as z from "zod";
import type { CodeKind } from "../page/code-choices.ts";
import type { Form } from "../page/form.ts";
import { listSetting } from "./setting-rows.ts";

/** One setting: its text as it is stored, empty for the usual value, and that value. */
export interface ShownSetting {
  readonly name: string;
  readonly text: string;
  readonly usual?: string | undefined;
  /** The values that it may have, where they are few. */
  readonly choices?: readonly string[] | undefined;
  readonly maxLength?: number | undefined;
  /** What it is a code of. */
  readonly code?: CodeKind | undefined;
}

/** The settings that are codes. */
export const settingCodes: ReadonlyMap<string, CodeKind> = new Map([
  ["locale", "language"],
  ["currency", "currency"],
  ["phoneCountry", "region"],
]);

/** Settings that are saved together. */
export interface SettingsGroup {
  readonly id: GroupId;
  readonly title: string;
  readonly settings: readonly ShownSetting[];
}

/** "company", "monitors", "relationships", or "insights." and the id of a kind. */
type GroupId = string;
const INSIGHTS = "insights.";

/** All settings of a tenant that have no page of their own. */
export function groupsOf(tenant: Tenant, { kinds }: Pick<InsightCatalog, "kinds">): readonly SettingsGroup[] {
  const stored = (shape: z.core.$ZodShape, given: Readonly<Record<string, unknown>>, usual: object): ShownSetting[] => {
    const usualValues = new Map(Object.entries(usual));
    const fields = new Map(Object.entries(shape));
    const all = [...fields.keys(), ...Object.keys(given).filter((name) => !fields.has(name))];
    return all.map((name) => ({
      name,
      text: textOf(given[name]),
      usual: usualText(usualValues.get(name)),
      choices: choicesOf(fields.get(name)),
    }));
  };
  const { name, locale, currency, phoneCountry, closures, priceEditing, maxAlertsPerRepPerDay, keepDays } = tenant;
  const usual = usualCompany(tenant);
  const company = { name, locale, currency, phoneCountry, priceEditing, maxAlertsPerRepPerDay, keepDays };
  return [
    {
      id: "company",
      title: "Company",
      settings: [
        ...Object.entries(company).map(([setting, value]) => ({
          name: setting,
          text: textOf(value),
          usual: usual.get(setting),
          code: settingCodes.get(setting),
          ...(setting === "priceEditing" ? { choices: ["true", "false"] } : {}),
          ...(setting === "name" || setting === "locale" ? { maxLength: setting === "name" ? 200 : 35 } : {}),
        })),
        { name: "closures", text: textOf(closures.length === 0 ? undefined : closures) },
      ],
    },
    {
      id: "monitors",
      title: "Status monitors",
      settings: stored(counterSettingsSchema.shape, tenant.monitors, usualCounterSettings),
    },
    {
      id: "relationships",
      title: "Relationships",
      settings: stored({ ...healthSettingsSchema.shape, ...employeeSettingsShape }, tenant.relationships, {
        ...usualHealthSettings,
        ...usualEmployeeSettings,
      }),
    },
    ...kinds
      .filter(({ settingFields }) => Object.keys(settingFields).length > 0)
      .map(({ id, title, settingFields }) => {
        const { followUp: _text, ...given } = tenant.insights[id] ?? {};
        return { id: `${INSIGHTS}${id}`, title, settings: stored(settingFields, given, usualOf(settingFields)) };
      }),
  ];
}

/** The usual values of the company's settings that may be left empty. */
const usualCompany = ({ timeZone }: Tenant): ReadonlyMap<string, string> => {
  const { locale, maxAlertsPerRepPerDay, keepDays } = tenantSchema.shape;
  const usual = usualOf({ locale, maxAlertsPerRepPerDay, keepDays });
  return new Map([
    ...Object.entries(usual).map(([name, value]) => [name, usualText(value)] as const),
    ["phoneCountry", usualText(phoneCountryOf({ timeZone }))],
  ]);
};

/** The values of a setting that has only a few: a choice, a number of a short list, yes or no. */
function choicesOf(field: z.core.$ZodType | undefined): readonly string[] | undefined {
  if (field instanceof z.ZodDefault) return choicesOf(field.unwrap());
  if (field instanceof z.ZodBoolean) return ["true", "false"];
  if (field instanceof z.ZodEnum) return field.options.map(String);
  return field instanceof z.ZodLiteral ? [...field.values].map(String) : undefined;
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** The usual value of a setting that is off without one. */
export const OFF = "off";

const usualText = (value: unknown): string => (value === null || value === undefined ? OFF : textOf(value));

/** The usual values of fields that have one. */
const usualOf = (shape: z.core.$ZodShape): object =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([name, field]) => {
      const usual = z.safeParse(field, undefined);
      return usual.success && usual.data !== undefined ? [[name, usual.data]] : [];
    }),
  );

/** What a form has of a setting, as it would be stored: its text, or what its rows say; `undefined` for none. */
export function givenText(name: string, form: Form): string | undefined {
  const text = form[name];
  if (typeof text === "string") return text.trim();
  const value = listSetting(name)?.valueIn(form);
  if (value === undefined) return undefined;
  return Object.keys(Object(value)).length === 0 ? "" : textOf(value);
}

/** What a group's form shows. */
export const shownValues = ({ settings }: SettingsGroup): unknown => settings.map(({ name, text }) => [name, text]);

/** The change that a group's form asks for, by the names of settings and the texts that were given. */
export function changeOfTexts(
  { id }: SettingsGroup,
  changed: readonly (readonly [name: string, text: string])[],
): Readonly<Record<string, unknown>> {
  const values = Object.fromEntries(
    changed.map(([name, text]) => [name, id === "company" ? companyValue(name, text) : valueOf(name, text)]),
  );
  if (id === "company") return values;
  return id.startsWith(INSIGHTS) ? { insights: { [id.slice(INSIGHTS.length)]: values } } : { [id]: values };
}

function companyValue(name: string, text: string): unknown {
  if (name === "currency") return text.toUpperCase();
  if (name === "phoneCountry") return text === "" ? null : text.toUpperCase();
  if (name === "locale") return text === "" ? null : text;
  if (name === "priceEditing" || name === "maxAlertsPerRepPerDay" || name === "keepDays") return valueOfText(text);
  if (name !== "closures") return text;
  // A list as the rows of the form have it; a text as it was once written.
  if (text.startsWith("[")) return valueOfText(text);
  return text
    .split(/[,;\s]+/)
    .filter((part) => part !== "")
    .map((part) => {
      const [from = "", to = from] = part.split("..");
      return { from, to };
    });
}

/** The periods of a type of owner that has none are the usual ones. */
function valueOf(name: string, text: string): unknown {
  const value = valueOfText(text);
  if (name !== "periods" || typeof value !== "object" || value === null) return value;
  return { ...Object.fromEntries(ownerTypes.map((owner) => [owner, null])), ...value };
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
