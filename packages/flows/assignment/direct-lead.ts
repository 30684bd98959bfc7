import type { Deal } from "@regulars/core/deals/deal";
import type { DirectInput } from "@regulars/core/leads/direct-input";
import type { LeadIntakeWrite } from "@regulars/core/leads/lead-intake";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";

/** A lead that may be assigned in the transaction that stores it. */
export interface DirectLead {
  /** The plan as it was when the lead was looked up. */
  readonly plan: SalesPlan;
  /** What was read with the lead, when it was alone. */
  readonly input?: DirectInput | undefined;
  /** How many items are written for this lead alone. */
  readonly ownItems: number;
  /** What is written when the lead has this sequence number. */
  readonly intakeOf: (sequence: number) => LeadIntakeWrite;
}

/**
 * The lead's deal, assigned. `queue`: others wait, or somebody assigns: the lead takes a sequence number.
 * `overtaken`: nothing was written, and the lead is looked up again.
 */
export type DirectResult = { readonly deal: Deal } | "queue" | "overtaken";

/** Most items of one transaction that are the leads' own; the others are counters of managers, board blocks and state. */
const MOST_OWN_ITEMS = 84;

/** How many of these leads fit into one transaction, at least 1. */
export function fittingDirectly(leads: readonly DirectLead[]): number {
  let items = 0;
  const over = leads.findIndex(({ ownItems }) => (items += ownItems) > MOST_OWN_ITEMS);
  return over === -1 ? leads.length : Math.max(1, over);
}
