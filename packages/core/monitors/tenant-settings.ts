import type * as z from "zod";
import { pathText } from "../platform/field-error.ts";
import { isRecord } from "../platform/is-record.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { withValue } from "../platform/schema-errors.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type CounterSettings, counterSettingsSchema } from "./counter-settings.ts";
import { ownerTypes } from "./owner.ts";

type Stored = Pick<Tenant, "monitors">;

export const monitorSettingNames: readonly string[] = Object.keys(counterSettingsSchema.shape);

/** How a tenant's statuses count, with the usual ones for those that it has not changed. */
export const monitorSettingsOf = ({ monitors }: Stored): CounterSettings => counterSettingsSchema.parse(monitors);

/**
 * The stored settings after a change. `null` resets a setting, or the periods of one type of owner, to the usual value.
 * What is not allowed is refused with its path, the value and what is.
 */
export function changedMonitors(
  { monitors }: Stored,
  change: Readonly<Record<string, unknown>>,
): Result<Readonly<Record<string, unknown>>> {
  const next = merged(monitors, change);
  if (isRecord(change["periods"])) {
    const periods = merged(isRecord(monitors["periods"]) ? monitors["periods"] : {}, change["periods"]);
    if (Object.keys(periods).length === 0) delete next["periods"];
    else next["periods"] = periods;
  }
  const checked = counterSettingsSchema.safeParse(next);
  if (checked.success) return ok(next);
  const faults = checked.error.issues.map((issue) => {
    const path = ["monitors", ...issue.path, ...namesIn(issue)];
    return { path, says: withValue(messageOf(issue), JSON.stringify(valueAt(next, path.slice(1)))) };
  });
  const [first] = faults;
  return {
    ...refuse("unusable-setting", first === undefined ? "" : `${first.path.join(".")}: ${first.says}`),
    errors: faults.map(({ path, says }) => ({ path: pathText(path), code: "bad-value", message: says })),
  };
}

function merged(
  stored: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...stored };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete next[name];
    else if (value !== undefined) next[name] = value;
  }
  return next;
}

type Issue = z.core.$ZodIssue;

/** An unknown name belongs to the path of its mistake. */
const namesIn = (issue: Issue): readonly string[] => (issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : []);

function messageOf(issue: Issue): string {
  if (issue.code !== "unrecognized_keys") return issue.message;
  const known = issue.path[0] === "periods" ? ownerTypes : monitorSettingNames;
  return `is unknown: there are ${known.join(", ")}`;
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, name) => (Array.isArray(at) ? at[Number(name)] : isRecord(at) ? at[String(name)] : undefined),
    value,
  );

/** Whether other statuses may hold after a change of settings, so that everybody is to be settled anew. */
export const changesStatuses = (before: StatusTerms, after: StatusTerms): boolean =>
  JSON.stringify(termsOf(before)) !== JSON.stringify(termsOf(after));

/** Whether a change has any of the settings that statuses depend on. */
export const namesStatusTerms = (change: Readonly<Partial<Record<keyof StatusTerms, unknown>>>): boolean =>
  STATUS_TERMS.some((name) => change[name] !== undefined);

const STATUS_TERMS = ["monitors", "relationships", "closures", "edition"] as const;
type StatusTerms = Pick<Tenant, (typeof STATUS_TERMS)[number]>;

const termsOf = (tenant: StatusTerms): readonly unknown[] =>
  STATUS_TERMS.map((name) => (name === "monitors" ? monitorSettingsOf(tenant) : tenant[name]));
