import type { Customer } from "../customers/customer.ts";
import type { History } from "../snapshots/history.ts";
import type { CustomerRecords } from "../snapshots/customer-records.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";
import type { FormerFinding } from "./stored-finding.ts";
import type { StoredStatuses } from "../snapshots/status-values.ts";
import type { Dismissal } from "./dismissal.ts";

/** One customer as a nightly run reads it: history, stored findings, dismissals. Valid until the next one is read. */
export interface CustomerSnapshot {
  readonly customer: Customer;
  readonly history: History;
  readonly findings: readonly FormerFinding[];
  readonly dismissals: readonly Dismissal[];
  /**
   * Activities between the tenant's employees and the customer's up to the as-of day, in day order. Unpacked on each
   * call.
   */
  readonly activities: () => readonly ActivityView[];
  /** Persons who opted out: nothing is said of their relationship. */
  readonly outPersons: ReadonlySet<string>;
  /** The statuses as they were settled last. */
  readonly statuses: StoredStatuses;
  /**
   * Whether sales of any status may have been placed for days after the as-of day. Of nobody who has some it is `false`;
   * of others it may be `true` as well.
   */
  readonly mayHaveSalesAhead: () => boolean;
  /** Another one after every change of the customer or of its records. */
  readonly stamp: () => string;
  /** What status monitors count, also of days after the as-of day. Unpacked on each call. */
  readonly records: () => CustomerRecords;
}
