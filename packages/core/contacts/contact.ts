import type { Instant, UserId } from "../platform/values.ts";
import type { LeadPersonId } from "../platform/ids.ts";

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

/** What a lead tells of somebody who is known: it fills in what is not known of him yet, and changes nothing that is. */
export type LearnedOfPerson = Pick<LeadPerson, "externalId" | "name" | "email" | "phone">;
