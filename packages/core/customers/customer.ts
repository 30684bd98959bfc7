import type { Currency, CustomerId, UserId } from "../platform/values.ts";

/** A company that buys. Only its id is certain; whatever an ERP did not send is absent. */
export interface Customer {
  readonly customerId: CustomerId;
  readonly name?: string | undefined;
  readonly category?: string | undefined;
  readonly repId?: UserId | undefined;
  readonly assignedUserId?: UserId | undefined;
  readonly teamId?: string | undefined;
  readonly territoryId?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly currency?: Currency | undefined;
  readonly closedFrom?: string | undefined;
  readonly closedTo?: string | undefined;
  /** May not buy on account. */
  readonly creditHold?: boolean | undefined;
}
