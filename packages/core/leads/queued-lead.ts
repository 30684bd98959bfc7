import type { Deal } from "../deals/deal.ts";
import type { UserId } from "../platform/values.ts";
import type { Rules } from "../sales-plans/rules.ts";

/** A lead's ticket: its deal as it will be, and what the desk needs to know. */
export interface LeadTicket {
  readonly kind: "lead";
  readonly ticket: number;
  readonly deal: Deal;
  readonly chosen?: UserId | undefined;
  /** Nothing is known of its person that would have to be looked up. */
  readonly isNewPerson: boolean;
  readonly actorId: string;
  readonly requestId: string;
}

export type StoredTicket =
  | LeadTicket
  | { readonly kind: "rules"; readonly ticket: number; readonly rules: Rules }
  | { readonly kind: "void"; readonly ticket: number };
