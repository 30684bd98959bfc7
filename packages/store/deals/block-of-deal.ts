import { fnv1a } from "@regulars/core/platform/hash";
import type { Deal } from "@regulars/core/deals/deal";
import { sequenceOf } from "@regulars/core/platform/ids";

/** Deals of one page: neighbours in sequence order change together while they are new. */
const BLOCK_DEALS = 100;

/** Pages of deals that came without a sequence number, by their ids' hash. */
const HASHED_BLOCKS = 256;

/** The packed page that a deal lies on, for ever. */
export function boardBlockOf({ planId, dealId }: Pick<Deal, "planId" | "dealId">): string {
  const sequence = sequenceOf(planId, dealId);
  if (sequence !== undefined) return String(Math.floor(sequence / BLOCK_DEALS)).padStart(9, "0");
  return `x${(fnv1a(dealId) % HASHED_BLOCKS).toString(16).padStart(2, "0")}`;
}
