import type { User } from "../access/user.ts";
import type { Loads } from "../assignment/assign-lead.ts";
import type { UserId } from "../platform/values.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import type { Lease } from "./assignment-store.ts";

/** What a sales plan's next assignments depend on, read in one call. */
export interface DirectInput {
  readonly plan: SalesPlan;
  /** Nobody's yet: `leaseUntil` tells whether somebody has it. */
  readonly lease: Lease & { readonly leaseUntil: number };
  /** Past `assignmentState.lastSequence` when leads wait. */
  readonly lastReserved: number;
  /** Those of the managers asked about who exist. */
  readonly users: ReadonlyMap<UserId, User>;
  /** Open deals of each manager asked about. */
  readonly loads: Loads;
}
