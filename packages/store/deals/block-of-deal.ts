import { fnv1a } from "@regulars/core/platform/hash";
import type { Deal } from "@regulars/core/deals/deal";
import { ticketOf } from "@regulars/core/platform/ids";

/** Deals of one page: neighbours in ticket order change together while they are new. */
const PAGE_DEALS = 100;

/** Pages of deals that came without a ticket, by their ids' hash. */
const HASHED_PAGES = 256;

/** The packed page that a deal lies on, for ever. */
export function boardPageOf({ planId, dealId }: Pick<Deal, "planId" | "dealId">): string {
  const ticket = ticketOf(planId, dealId);
  if (ticket !== undefined) return String(Math.floor(ticket / PAGE_DEALS)).padStart(9, "0");
  return `x${(fnv1a(dealId) % HASHED_PAGES).toString(16).padStart(2, "0")}`;
}
