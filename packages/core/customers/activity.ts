import type { ActivityId, CustomerId, Day, Instant, PersonId, UserId } from "../platform/values.ts";

export const activityTypes = ["email", "meeting", "call", "task"] as const;
export const directions = ["in", "out", "none"] as const;

/** What passed, or is to pass, between the tenant's people and a customer's. */
export interface Activity {
  readonly activityId: ActivityId;
  /** Where it belongs: as told, else its person's customer at the time it was told. */
  readonly customerId: CustomerId;
  readonly type: (typeof activityTypes)[number];
  /** Seen from the tenant: `in` came from the customer. */
  readonly direction: (typeof directions)[number];
  readonly userId?: UserId | undefined;
  readonly personId?: PersonId | undefined;
  readonly occurredAt: Instant;
  /** `occurredAt` in the tenant's zone, fixed at intake (insights.md G1). */
  readonly occurredOn: Day;
  readonly completed: boolean;
}
