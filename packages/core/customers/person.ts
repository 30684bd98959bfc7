import type { CustomerId, PersonId } from "../platform/values.ts";

/** Someone who works at a customer. */
export interface Person {
  readonly personId: PersonId;
  readonly customerId: CustomerId;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}
