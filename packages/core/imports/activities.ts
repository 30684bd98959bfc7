import type { Activity } from "../customers/activity.ts";
import { ok } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { CustomerId } from "../platform/values.ts";
import { type Validated, refuseColumn } from "./checked.ts";
import { type Intake, momentIn } from "./intake.ts";
import type { ActivityRow } from "./rows.ts";

/** An activity before its person's customer is known. */
export type ImportedActivity = Omit<Activity, "customerId"> & { readonly customerId?: CustomerId | undefined };

/**
 * One activity from its row. It belongs to a customer, directly or through a person: an activity that only names an
 * employee concerns no customer and is refused. Its direction may be absent; without a status it is completed, because
 * systems log what has happened.
 */
export function assembleActivity(
  row: ActivityRow,
  tenant: Intake<Pick<Tenant, "timeZone">>,
): Validated<ImportedActivity> {
  const occurred = momentIn("occurredAt", row.occurredAt, tenant);
  if (!occurred.ok) return occurred;
  if (row.customerId === undefined && row.personId === undefined)
    return refuseColumn("customerId", "no-customer", "customerId is missing, and so is a personId to find it by");
  const { occurredAt: _given, direction = "none", completed = true, attendees, automatic, mass, ...rest } = row;
  return ok({
    ...rest,
    ...attendees,
    ...(automatic === true ? { automatic } : {}),
    ...(mass === true ? { mass } : {}),
    direction,
    completed,
    occurredAt: occurred.value.at,
    occurredOn: occurred.value.on,
  });
}
