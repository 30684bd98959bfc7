import type { Instant, UserId } from "../values.ts";
import type { LeadPersonId } from "./ids.ts";

/** Somebody who became known as a lead. */
export interface LeadPerson {
  readonly personId: LeadPersonId;
  readonly externalId?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** In E.164. */
  readonly phone?: string | undefined;
  /** Whoever he belongs to, whatever plan: the strongest evidence. */
  readonly ownerId?: UserId | undefined;
  readonly createdAt: Instant;
}
