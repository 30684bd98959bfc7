import type { CustomerId, ItemId, PersonId, UserId, Currency, Day } from "./values.ts";

export const roles = ["rep", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

/** Rights over deals that a user may have beyond the role's (seed 001, "can edit all trades", "can edit bulk trades"). */
export const dealRights = ["deals.edit_all", "deals.edit_bulk"] as const;
export type DealRight = (typeof dealRights)[number];

/** An employee of the tenant. */
export interface User {
  readonly userId: UserId;
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly role: Role;
  readonly teamId?: string | undefined;
  readonly territoryId?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly slackUserId?: string | undefined;
  /** `false` once the user has left the company: no lead finds him any more. Absent is active. */
  readonly isActive?: boolean | undefined;
  readonly dealRights?: readonly DealRight[] | undefined;
}

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

/** Someone who works at a customer. */
export interface Person {
  readonly personId: PersonId;
  readonly customerId: CustomerId;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Something the tenant sells. */
export interface Item {
  readonly itemId: ItemId;
  readonly name?: string | undefined;
  readonly baseUnit?: string | undefined;
  readonly replacedBy?: ItemId | undefined;
  readonly discontinuedOn?: Day | undefined;
  /** Both days included; without an end it is still so. */
  readonly outOfStockFrom?: Day | undefined;
  readonly outOfStockTo?: Day | undefined;
}
