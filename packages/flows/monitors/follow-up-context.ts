import type { ImportStore } from "@regulars/core/imports/import-store";
import type { RecordStore } from "@regulars/core/imports/record-store";
import type { FollowUpStore } from "@regulars/core/monitors/follow-up-store";
import { addDays, localDay } from "@regulars/core/platform/period";
import { type Day, type Instant, toInstant } from "@regulars/core/platform/values";
import type { Zone } from "@regulars/core/tenants/tenant";

/** What flows of follow-ups need. */
export interface FollowUpContext {
  readonly tenant: Zone;
  readonly followUps: FollowUpStore;
  readonly imports: Pick<ImportStore, "saveActivities">;
  readonly records: Pick<RecordStore, "remove">;
  readonly clock: () => number;
  readonly newId: () => string;
}

/** The moment of a change, with its day in the tenant's zone. */
export function momentOf({ clock, tenant }: Pick<FollowUpContext, "clock" | "tenant">): {
  readonly at: Instant;
  readonly on: Day;
} {
  const at = toInstant(clock());
  return { at, on: localDay(at, tenant.timeZone) };
}

/** The day on which a status that turned on a day is noticed if no nightly run is missed: the next one, or today already. */
export function noticedOn(context: Pick<FollowUpContext, "clock" | "tenant">, turnedOn: Day): Day {
  const { on } = momentOf(context);
  const next = addDays(turnedOn, 1);
  return next < on ? next : on;
}
