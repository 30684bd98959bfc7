import type { DueKind } from "@regulars/core/tenants/due-rows";
import type { ChangeLogName } from "@regulars/core/tenants/change-log";
import { type FamilyFates, type InFamily, type Key, PLATFORM } from "../engine/key.ts";

const familyOf = (log: ChangeLogName): string => (log === "settings" ? "SETTINGS" : `SETTINGS#${log}`);

export const tenantsKeys = (inFamily: InFamily) => ({
  tenant: (): Key => ({ pk: inFamily("CONFIG"), sk: "TENANT" }),
  /** The changes of a log, by instant; `unique` distinguishes those of one instant. */
  loggedChanges: (log: ChangeLogName): string => inFamily(familyOf(log)),
  loggedChange: (log: ChangeLogName, at: string, unique: string): Key => ({
    pk: inFamily(familyOf(log)),
    sk: `${at}#${unique}`,
  }),
  /** When the next nightly run is due. A family of its own: the tick may update it, and nothing else of a tenant. */
  schedule: (): Key => ({ pk: inFamily("SCHEDULE"), sk: "SCHEDULE" }),
  /** Where the schedule of a tenant was that no tick has moved yet. */
  oldSchedule: (): Key => ({ pk: inFamily("CONFIG"), sk: "SCHEDULE" }),
  /** What has been changed lately, by group. */
  heads: (): Key => ({ pk: inFamily("HEADS"), sk: "HEADS" }),
  /** What may be due, by kind and time. */
  dueRows: (): string => inFamily("DUEROW"),
  dueRow: (kind: DueKind, place: string): Key => ({ pk: inFamily("DUEROW"), sk: `${kind}#${place}` }),
});

/** GSI2: every tenant by the time its next nightly run is due. */
export const tenantsDue = (): string => `${PLATFORM}DUE`;
/** GSI2: the due rows of all tenants, by time. */
export const tenantsWithDue = (kind: DueKind): string => `${PLATFORM}DUEROW#${kind}`;

export const tenantsFates = {
  SCHEDULE: "kept",
  DUEROW: "kept",
  HEADS: "kept",
  SETTINGS: "kept",
} as const satisfies FamilyFates;
