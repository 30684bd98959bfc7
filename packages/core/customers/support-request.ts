import type { CustomerId, Day, Instant, PersonId, RequestId } from "../platform/values.ts";

/** A support case of a customer: open until it is closed. */
export interface SupportRequest {
  readonly requestId: RequestId;
  readonly customerId: CustomerId;
  readonly personId?: PersonId | undefined;
  readonly createdAt: Instant;
  /** The days in the tenant's zone, fixed at intake (insights.md G1). */
  readonly createdOn: Day;
  readonly closedAt?: Instant | undefined;
  readonly closedOn?: Day | undefined;
}
