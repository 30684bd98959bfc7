import { type Result, ok, refuse } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { checkedEmployeeSettings, employeeSettingNames } from "./employee-figures.ts";
import { checkedHealthSettings, healthSettingNames, isHealthSetting } from "./health-settings.ts";

type Stored = Pick<Tenant, "relationships">;

/** Settings of relationships, by the part of the product that has them. */
interface SettingsPart {
  readonly names: readonly string[];
  readonly isSetting: (name: string) => boolean;
  readonly checked: (stored: Readonly<Record<string, unknown>>) => Result<unknown>;
}

const parts: readonly SettingsPart[] = [
  { names: healthSettingNames, isSetting: isHealthSetting, checked: checkedHealthSettings },
  {
    names: employeeSettingNames,
    isSetting: (name) => employeeSettingNames.includes(name),
    checked: checkedEmployeeSettings,
  },
];

export const relationshipSettingNames: readonly string[] = parts.flatMap(({ names }) => names);

export const isRelationshipSetting = (name: string): boolean => parts.some(({ isSetting }) => isSetting(name));

/**
 * The stored settings after a change; `null` resets a setting to the usual value. A setting that is not known, or whose
 * value is not allowed, is refused with its name.
 */
export function changedRelationships(
  { relationships }: Stored,
  change: Readonly<Record<string, unknown>>,
): Result<Readonly<Record<string, unknown>>> {
  const next: Record<string, unknown> = { ...relationships };
  for (const [name, value] of Object.entries(change)) {
    if (!isRelationshipSetting(name))
      return refuse(
        "unusable-setting",
        `relationships.${name}: is not a setting; the settings are ${relationshipSettingNames.join(", ")}`,
      );
    if (value === null) delete next[name];
    else if (value !== undefined) next[name] = value;
  }
  for (const { checked } of parts) {
    const result = checked(next);
    if (!result.ok) return result;
  }
  return ok(next);
}
