import type { Customer } from "../customers/customer.ts";
import type { History } from "../snapshots/history.ts";
import type { StoredFinding } from "./stored-finding.ts";
import type { Dismissal } from "./dismissal.ts";

/** One customer as a night reads it: history, yesterday's findings, what is set aside. Valid until the next one is read. */
export interface CustomerBlock {
  readonly customer: Customer;
  readonly history: History;
  readonly findings: readonly StoredFinding[];
  readonly dismissals: readonly Dismissal[];
}
