import { keyOfId } from "@regulars/core/platform/id-text";
import type { MonitorId } from "@regulars/core/platform/ids";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import { type FamilyFates, type InFamily, type Key, keyOfLongId } from "../engine/key.ts";

export const monitorsKeys = (inFamily: InFamily) => ({
  monitors: (): string => inFamily("MONITORS"),
  monitor: (statusId: MonitorId): Key => ({ pk: inFamily("MONITORS"), sk: statusId }),
  /** The number of the newest monitor. */
  monitorNumber: (): Key => ({ pk: inFamily("MONITORNUMBER"), sk: "N" }),
  /** A picture, by the hash of its bytes. */
  statusPicture: (pictureId: string): Key => ({ pk: inFamily("PICTURES"), sk: pictureId }),
  regenerations: (): string => inFamily("REGENERATIONS"),
  regeneration: (statusId: MonitorId): Key => ({ pk: inFamily("REGENERATIONS"), sk: statusId }),
  agendas: (): string => inFamily("AGENDAS"),
  /** When the customers of a shard are to be looked at again. */
  agenda: (shard: number): Key => ({ pk: inFamily("AGENDAS"), sk: String(shard) }),
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
  AGENDAS: "kept",
} as const satisfies FamilyFates;
