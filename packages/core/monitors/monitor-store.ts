import type { Agenda } from "./agenda.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { MonitorId } from "../platform/ids.ts";
import type { PictureType } from "./picture.ts";
import type { StatusMonitor } from "./status-monitor.ts";

/** A picture's bytes as they are served. */
interface StoredPicture {
  readonly pictureId: string;
  readonly type: PictureType;
  readonly bytes: Uint8Array;
}

/** The status monitors of a tenant and their pictures; one that cannot be read says so (unreadable-monitor.ts). */
export interface MonitorStore {
  /** All monitors, deleted ones too, by rank and id; `isFresh`: with what was saved just now, which costs twice. */
  readonly monitors: (isFresh?: boolean) => Promise<readonly StatusMonitor[]>;
  /**
   * The same, and by shard when its customers are to be looked at again: what a nightly run begins with costs one call,
   * whether there are monitors or not.
   */
  readonly monitorsAndAgendas: (isFresh?: boolean) => Promise<{
    readonly monitors: readonly StatusMonitor[];
    readonly agendas: ReadonlyMap<number, Agenda>;
  }>;
  readonly monitor: (statusId: MonitorId) => Promise<StatusMonitor | undefined>;
  /** `false` when there is one with this id, or with its number. */
  readonly create: (monitor: StatusMonitor, companion?: CompanionWrites) => Promise<boolean>;
  /** Saves the next version; `false` when somebody else saved first. */
  readonly save: (monitor: StatusMonitor, companion?: CompanionWrites) => Promise<boolean>;
  /** Keeps a picture under the hash of its bytes; the same one is kept once. */
  readonly savePicture: (picture: StoredPicture) => Promise<void>;
  readonly picture: (pictureId: string) => Promise<StoredPicture | undefined>;
}
