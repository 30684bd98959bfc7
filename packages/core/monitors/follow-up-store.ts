import type { CompanionWrites } from "../platform/idempotency.ts";
import type { CustomerId, UserId } from "../platform/values.ts";
import type { FollowUp, FollowUpPlace } from "./follow-up.ts";
import type { Owner } from "./owner.ts";

/** Follow-ups of a tenant. */
export interface FollowUpStore {
  readonly find: (place: FollowUpPlace) => Promise<FollowUp | undefined>;
  /** `false` when there is one in its place. */
  readonly create: (followUp: FollowUp, companion?: CompanionWrites) => Promise<boolean>;
  /** Saves the next version; `false` when somebody else saved first. */
  readonly save: (followUp: FollowUp, companion?: CompanionWrites) => Promise<boolean>;
  /** The latest that a status has made for an owner, by the day of its `since`. */
  readonly lastOf: (statusId: string, owner: Owner) => Promise<FollowUp | undefined>;
  /** The open ones of a user, or of nobody, by due day. */
  readonly openOf: (userId: UserId | undefined) => Promise<readonly FollowUp[]>;
  /** Those of a customer, of its persons and projects, open or not, by due day. */
  readonly ofCustomer: (customerId: CustomerId) => Promise<readonly FollowUp[]>;
}
