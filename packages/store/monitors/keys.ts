import type { MonitorId } from "@regulars/core/platform/ids";
import type { InFamily, Key } from "../engine/key.ts";

export const monitorsKeys = (inFamily: InFamily) => ({
  monitors: (): string => inFamily("MONITORS"),
  monitor: (statusId: MonitorId): Key => ({ pk: inFamily("MONITORS"), sk: statusId }),
  /** A picture, by the hash of its bytes. */
  statusPicture: (pictureId: string): Key => ({ pk: inFamily("PICTURES"), sk: pictureId }),
});
