import type * as z from "zod";
import { type ItemError, pathText } from "../platform/field-error.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { withValue } from "../platform/schema-errors.ts";
import { unknownErrors } from "../platform/unknown-property.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type CodeRedSettings, type TriedSettings, codeRedSettingsSchema } from "./settings.ts";

type Stored = Pick<Tenant, "codeRed">;

/** A tenant's settings with the usual ones for those that it has not changed, and others that are only tried. */
export const codeRedSettingsOf = ({ codeRed }: Stored, tried: TriedSettings = {}): CodeRedSettings =>
  codeRedSettingsSchema.parse({ ...codeRed, ...defined(tried) });

/**
 * The stored settings after a change; `null` resets a setting to the usual value, except where null is one. A value
 * that is not allowed is refused with its name.
 */
export function changedCodeRed(
  { codeRed }: Stored,
  change: Readonly<Record<string, unknown>>,
): Result<Readonly<Record<string, unknown>>> {
  const next: Record<string, unknown> = { ...codeRed };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete next[name];
    else if (value !== undefined) next[name] = value;
  }
  const checked = codeRedSettingsSchema.safeParse(next);
  if (checked.success) return ok(next);
  const errors = checked.error.issues.flatMap((issue) => errorsOf(issue, next));
  const [first] = errors;
  return {
    ...refuse("unusable-setting", `${first?.path ?? "codeRed"}: ${first?.message ?? "is not allowed"}`),
    errors,
  };
}

/** Each unusable setting with its value and what is allowed. */
function errorsOf(issue: z.core.$ZodIssue, next: Readonly<Record<string, unknown>>): ItemError[] {
  const shown = (name: string): string => JSON.stringify(next[name]);
  if (issue.code === "unrecognized_keys")
    return unknownErrors(issue, ["codeRed"]).map((error, at) => ({
      ...error,
      message: withValue(error.message, shown(issue.keys[at] ?? "")),
    }));
  const name = issue.path.join(".");
  const message = withValue(issue.message, shown(name));
  return [{ path: pathText(["codeRed", name]), code: "bad-value", message }];
}

const defined = (given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
