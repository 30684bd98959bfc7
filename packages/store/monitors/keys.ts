import { keyOfId } from "@regulars/core/platform/id-text";
import type { MonitorId } from "@regulars/core/platform/ids";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import { type FamilyFates, type InFamily, type Key, keyOfLongId } from "../engine/key.ts";

/** Agendas lie before the monitors, whose ids have no such letter: a nightly run reads both by one query. */
const AGENDA = "#AGENDA#";
/** After all agendas, and before all monitors. */
export const AFTER_AGENDAS = "#AGENDA$";
export const isAgenda = (sk: string): boolean => sk.startsWith(AGENDA);
/** The shard of an agenda's sort key. */
export const shardOfAgenda = (sk: string): number => Number(sk.slice(AGENDA.length));

export const monitorsKeys = (inFamily: InFamily) => ({
  /** The monitors, and the agendas of the shards. */
  monitors: (): string => inFamily("MONITORS"),
  monitor: (statusId: MonitorId): Key => ({ pk: inFamily("MONITORS"), sk: statusId }),
  /** The number of the newest monitor. */
  monitorNumber: (): Key => ({ pk: inFamily("MONITORNUMBER"), sk: "N" }),
  /** A picture, by the hash of its bytes. */
  statusPicture: (pictureId: string): Key => ({ pk: inFamily("PICTURES"), sk: pictureId }),
  regenerations: (): string => inFamily("REGENERATIONS"),
  regeneration: (statusId: MonitorId): Key => ({ pk: inFamily("REGENERATIONS"), sk: statusId }),
  /** When the customers of a shard are to be looked at again. */
  agenda: (shard: number): Key => ({ pk: inFamily("MONITORS"), sk: `${AGENDA}${shard}` }),
  /** What became of the statuses of a customer, its persons and projects, by day. */
  statusLog: (customerId: CustomerId): string => inFamily(`STATUSLOG#${keyOfId(customerId)}`),
  statusLogEntry: (customerId: CustomerId, on: Day, name: string): Key => ({
    pk: inFamily(`STATUSLOG#${keyOfId(customerId)}`),
    sk: `${on}#${keyOfLongId(name)}`,
  }),
});

export const monitorsFates = {
  MONITORS: "kept",
  MONITORNUMBER: "kept",
  PICTURES: "kept",
  REGENERATIONS: "kept",
} as const satisfies FamilyFates;
