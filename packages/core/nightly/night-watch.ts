import type { CustomerSnapshot } from "../insights/customer-snapshot.ts";
import type { StoredFinding } from "../insights/stored-finding.ts";
import type { HeldStatus } from "../snapshots/status-values.ts";

/** Whoever wants to see every customer of a nightly run, with the findings of the day, without reading them again. */
export interface NightWatch {
  /** Returns the statuses that hold: kinds that read statuses are evaluated with them. */
  readonly see: (
    snapshot: CustomerSnapshot,
    findings: readonly Pick<StoredFinding, "kind" | "subject" | "level" | "state">[],
  ) => Promise<readonly HeldStatus[]>;
  /** After the last customer, unless the run failed. */
  readonly end: () => Promise<void>;
}
