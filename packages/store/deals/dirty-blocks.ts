import { randomUUID } from "node:crypto";
import type { Deal } from "@regulars/core/deals/deal";
import { type DealId, type PlanId, dealIdSchema } from "@regulars/core/platform/ids";
import * as z from "zod";
import type { Keys } from "../keys.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { WireItem } from "../engine/wire.ts";
import { boardBlockOf } from "./block-of-deal.ts";

/**
 * The dirty marker of a board block: deals that have changed since it was written. Each change raises `count`. A marker
 * that is deleted and made again may reach the same count; its `generation` differs.
 */
export interface DirtyBlock {
  readonly block: string;
  readonly dealIds: readonly DealId[];
  readonly count: number;
  readonly generation: string;
}

const dirtyMarkerSchema = z.object({ dealIds: z.array(dealIdSchema), count: z.int(), generation: z.string() });

export const dirtyBlockOf = (block: string, item: WireItem): DirtyBlock => ({
  block,
  ...dirtyMarkerSchema.parse({ dealIds: item["dealIds"]?.SS, count: Number(item["n"]?.N), generation: item["b"]?.S }),
});

/** Collects the blocks of changed deals: one update of a dirty marker for each block. */
export class DirtyBlocks {
  readonly #blocks = new Map<string, { planId: PlanId; block: string; dealIds: Set<DealId> }>();

  note(deal: Pick<Deal, "planId" | "dealId">): void {
    const block = boardBlockOf(deal);
    const name = `${deal.planId} ${block}`;
    const known = this.#blocks.get(name) ?? { planId: deal.planId, block, dealIds: new Set<DealId>() };
    known.dealIds.add(deal.dealId);
    this.#blocks.set(name, known);
  }

  writes(keys: Keys): TransactWrite[] {
    return [...this.#blocks.values()].map(({ planId, block, dealIds }) => ({
      Update: {
        Key: keys.dirtyBlock(planId, block),
        UpdateExpression: "ADD dealIds :ids, n :one SET b = if_not_exists(b, :generation)",
        ExpressionAttributeValues: { ":ids": dealIds, ":one": 1, ":generation": randomUUID() },
      },
    }));
  }
}
