import { fnv1a } from "@regulars/core/platform/hash";
import type { Deal } from "@regulars/core/deals/deal";
import { sequenceOf } from "@regulars/core/platform/ids";

/** Deals per block: neighbours in sequence order, because new deals change at about the same time. */
const BLOCK_DEALS = 100;

/** Number of blocks for deals without a sequence number, chosen by a hash of the id. */
const HASHED_BLOCKS = 256;

/** The board block of a deal. It never changes. */
export function boardBlockOf({ planId, dealId }: Pick<Deal, "planId" | "dealId">): string {
  const sequence = sequenceOf(planId, dealId);
  if (sequence !== undefined) return String(Math.floor(sequence / BLOCK_DEALS)).padStart(9, "0");
  return `x${(fnv1a(dealId) % HASHED_BLOCKS).toString(16).padStart(2, "0")}`;
}
