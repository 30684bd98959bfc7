import type { UserId } from "../platform/values.ts";

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
