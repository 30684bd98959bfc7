import { codeRedSettingNames } from "@regulars/core/code-red/settings";
import { monitorSettingNames } from "@regulars/core/monitors/tenant-settings";
import { isRelationshipSetting, relationshipSettingNames } from "@regulars/core/relationships/tenant-settings";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { editions, keptDays } from "@regulars/core/tenants/tenant";
import { type SettingsChange, insightSettingsOf, settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import { changeLogs } from "@regulars/core/tenants/change-log";
import { toInstant } from "@regulars/core/platform/values";
import { changeSettings } from "@regulars/flows/insights/change-settings";
import { settingsMessageOf } from "@regulars/functions/workers/messages";
import { UserError } from "@regulars/local/user-error";
import { oneOf, tenantArgument, wholeNumber } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { jobsDone } from "../system/jobs-done.ts";
import { textTable } from "../text-table.ts";
import { showChanges, showPreview } from "./settings-shown.ts";
import { settingValue } from "./setting-value.ts";
import { templatesOf } from "./templates-setting.ts";
import { whoKnowsOf } from "./who-knows-setting.ts";

export interface SettingsOptions {
  readonly tenant: string;
  readonly edition?: string;
  readonly name?: string;
  readonly locale?: string;
  readonly currency?: string;
  readonly phoneCountry?: string;
  readonly closure?: readonly string[];
  readonly priceEditing?: string;
  readonly alertsPerDay?: string;
  readonly keepDays?: string;
  readonly insight?: readonly string[];
  readonly codeRed?: readonly string[];
  readonly monitors?: readonly string[];
  readonly relationships?: readonly string[];
  readonly preview?: boolean;
  readonly changes?: boolean | string;
  readonly whoKnows?: readonly string[];
  readonly template?: readonly string[];
}

type Change = Parameters<typeof changeSettings>[0]["change"];

const MOST_ALERTS = 1000;

/** `regulars settings`: shows a tenant's settings and changes those that are given. */
export function settingsCommand(session: Session, options: SettingsOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const change = changeOf(options);
  if (options.preview === true && Object.keys(change).join() !== "codeRed")
    throw new UserError("--preview shows what --code-red would do, and goes with no other setting");
  const asked = options.changes ?? false;
  const log = asked === true ? "settings" : asked === false ? undefined : oneOf(changeLogs, "--changes", asked);
  if (log !== undefined && Object.keys(change).length > 0)
    throw new UserError("--changes shows what was changed, and goes with no setting");
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const { tenant, catalog, store } = opened;
    const now = toInstant(system.runtime.clock());
    if (options.preview === true) return showPreview(session, opened, change.codeRed ?? {}, now);
    if (log !== undefined) return showChanges(session, opened, log);
    const { storedAmounts } = store;
    const stamp = { at: now, by: "operator" };
    const { directory } = system;
    const changed = await changeSettings({ tenant, catalog, directory, change, stamp, storedAmounts });
    if (!changed.ok) throw new UserError(changed.message);
    const message = settingsMessageOf(tenant, changed.value, change);
    if (message !== undefined) {
      await system.queues.send("rebuilds", message);
      await jobsDone(system);
    }
    const shown = insightSettingsOf(changed.value);
    if (session.json) printJson(session, { tenant: tenantId, ...shown });
    else
      session.print(
        `${textTable(
          ["SETTING", "VALUE"],
          Object.entries(shown).map(([name, value]) => [name, valueText(value)]),
        )}\n`,
      );
    return 0;
  });
}

/** Insight settings as JSON; "usual" where the tenant has the default. */
function valueText(value: ReturnType<typeof insightSettingsOf>[keyof ReturnType<typeof insightSettingsOf>]): string {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  return Object.keys(value).length === 0 ? "usual" : JSON.stringify(value);
}

function changeOf({
  edition,
  priceEditing,
  alertsPerDay,
  keepDays,
  insight = [],
  codeRed = [],
  monitors = [],
  relationships = [],
  whoKnows = [],
  template = [],
  ...plain
}: SettingsOptions): Change {
  const { name, locale, currency, phoneCountry, closure } = plain;
  return {
    ...(name === undefined ? {} : { name: settingArgument("name", "--name", name) }),
    ...(locale === undefined ? {} : { locale: orUsual(locale, (text) => settingArgument("locale", "--locale", text)) }),
    ...(currency === undefined ? {} : { currency: settingArgument("currency", "--currency", currency.toUpperCase()) }),
    ...(phoneCountry === undefined
      ? {}
      : {
          phoneCountry: orUsual(phoneCountry, (text) =>
            settingArgument("phoneCountry", "--phone-country", text.toUpperCase()),
          ),
        }),
    ...(closure === undefined ? {} : { closures: settingArgument("closures", "--closure", closuresOf(closure)) }),
    ...(edition === undefined ? {} : { edition: oneOf(editions, "--edition", edition) }),
    ...(priceEditing === undefined
      ? {}
      : { priceEditing: orUsual(priceEditing, (text) => oneOf(["on", "off"], "--price-editing", text) === "on") }),
    ...(alertsPerDay === undefined
      ? {}
      : {
          maxAlertsPerRepPerDay: orUsual(alertsPerDay, (text) =>
            wholeNumber("--alerts-per-day", text, { least: 0, most: MOST_ALERTS }),
          ),
        }),
    ...(keepDays === undefined
      ? {}
      : { keepDays: orUsual(keepDays, (text) => wholeNumber("--keep-days", text, keptDays)) }),
    ...(insight.length === 0 ? {} : { insights: insightsOf(insight) }),
    ...(whoKnows.length === 0 ? {} : { whoKnows: settingArgument("whoKnows", "--who-knows", whoKnowsOf(whoKnows)) }),
    ...(template.length === 0 ? {} : { templates: settingArgument("templates", "--template", templatesOf(template)) }),
    ...(codeRed.length === 0 ? {} : { codeRed: Object.fromEntries(codeRed.map(codeRedSetting)) }),
    ...(monitors.length === 0 ? {} : { monitors: monitorsOf(monitors) }),
    ...(relationships.length === 0
      ? {}
      : { relationships: Object.fromEntries(relationships.map(relationshipsSetting)) }),
  };
}

/** What an option gives; an empty one takes the setting back to its usual value. */
const orUsual = <Value>(text: string, read: (text: string) => Value): Value | null => (text === "" ? null : read(text));

/** A setting as its own schema reads it. */
function settingArgument<Name extends keyof SettingsChange>(
  name: Name,
  option: string,
  value: unknown,
): NonNullable<SettingsChange[Name]> {
  const parsed = settingsChangeSchema.safeParse({ [name]: value });
  const given = parsed.data?.[name];
  if (given !== undefined && given !== null) return given;
  const [issue] = parsed.error?.issues ?? [];
  throw new UserError(
    `${option} "${typeof value === "string" ? value : JSON.stringify(value)}" ${issue?.message ?? "cannot be used"}`,
  );
}

/** Closed days as FROM..TO, or one day; a single "none" takes all away. */
const closuresOf = (texts: readonly string[]) =>
  texts
    .filter((text) => text !== "none")
    .map((text) => {
      const [from = "", to = from] = text.split("..");
      return { from, to };
    });

/** Reads KIND.SETTING=VALUE. An empty value restores the default. */
function insightsOf(texts: readonly string[]): NonNullable<Change["insights"]> {
  const insights: NonNullable<Change["insights"]> = {};
  for (const text of texts) {
    const [, kind, name, value] = /^([a-z-]+)\.(\w+)=(.*)$/s.exec(text) ?? [];
    if (kind === undefined || name === undefined || value === undefined)
      throw new UserError(
        `--insight "${text}" is not like KIND.SETTING=VALUE; the kinds are ${builtInInsights.kinds.map(({ id }) => id).join(", ")}`,
      );
    insights[kind] = { ...insights[kind], [name]: settingValue(value) };
  }
  return insights;
}

/** Reads SETTING=VALUE of Code Red. */
function codeRedSetting(text: string): readonly [string, string | number | boolean | null] {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined || !codeRedSettingNames.includes(name))
    throw new UserError(
      `--code-red "${text}" is not like SETTING=VALUE; the settings are ${codeRedSettingNames.join(", ")}`,
    );
  return [name, settingValue(value)];
}

/** Reads SETTING=VALUE of status monitors; days of an owner type as `periods.company=30,60,90`, classes as JSON. */
function monitorsOf(texts: readonly string[]): Record<string, unknown> {
  const periods: Record<string, unknown> = {};
  const monitors: Record<string, unknown> = {};
  for (const text of texts) {
    const [, name = "", ownerType, value] = /^(\w+)(?:\.(\w+))?=(.*)$/s.exec(text) ?? [];
    if (
      value === undefined ||
      !monitorSettingNames.includes(name) ||
      (ownerType === undefined) === (name === "periods")
    )
      throw new UserError(
        `--monitors "${text}" is not like SETTING=VALUE; the settings are ${monitorOptions.join(", ")}`,
      );
    if (ownerType === undefined) monitors[name] = name === "amountClasses" ? classesOf(value) : settingValue(value);
    else periods[ownerType] = value === "" ? null : value.split(",").map((days) => settingValue(days.trim()));
  }
  return Object.keys(periods).length === 0 ? monitors : { ...monitors, periods };
}

const monitorOptions = monitorSettingNames.flatMap((name) =>
  name === "periods" ? ownerTypes.map((ownerType) => `periods.${ownerType}`) : [name],
);

function classesOf(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(
      `--monitors "amountClasses=${text}" is not JSON, like [{"class":1,"currency":"EUR","fromMinor":0,"toMinor":100000}]`,
    );
  }
}

/** Reads SETTING=VALUE of relationships, or SETTING@CATEGORY=VALUE. */
export function relationshipsSetting(text: string): readonly [string, string | number | boolean | null] {
  const [, name, value] = /^(\w+(?:@[^=]+)?)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined || !isRelationshipSetting(name))
    throw new UserError(
      `--relationships "${text}" is not like SETTING=VALUE; the settings are ${relationshipSettingNames.join(", ")}`,
    );
  return [name, settingValue(value)];
}
