import type { Instant } from "@regulars/core/platform/values";
import type { NightHelper } from "@regulars/flows/nightly/night-share";
import type { Usage } from "@regulars/store/engine/table";
import type { NightlyMessage } from "./messages.ts";

/** A night that helpers are started for. */
export type HelpedNight = Omit<NightlyMessage, "part"> & { readonly now: Instant };

/** A helper that says what it has read and written. */
export interface CountingHelper extends NightHelper {
  readonly usage: () => Promise<Usage>;
}

/** A helper in a thread of its own, which `close` ends. */
export interface NightThread extends CountingHelper {
  readonly close: () => Promise<void>;
}

/** Threads for nights. */
export interface NightThreads {
  /** A tenant of no more customers is read before they have started: its night has none. */
  readonly mostWithout: number;
  /** Starts as many as the machine has cores and memory for. */
  readonly start: (night: HelpedNight) => readonly NightThread[];
}
