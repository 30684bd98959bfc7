import { randomUUID } from "node:crypto";
import type { Deal } from "@regulars/core/deals/deal";
import { type DealId, type PlanId, dealIdSchema } from "@regulars/core/platform/ids";
import * as z from "zod";
import type { Keys } from "../keys.ts";
import type { TransactWrite } from "../engine/operations.ts";
import type { WireItem } from "../engine/wire.ts";
import { boardBlockOf } from "./block-of-deal.ts";

/**
 * Deals of a page that have changed since it was written; `count` moves on with each change. A mark that is taken away
 * may be there again a moment later, and count as far: its birth tells the two apart.
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

/** Marks of pages whose deals change, gathered: one update for each page. */
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
        UpdateExpression: "ADD dealIds :ids, n :one SET b = if_not_exists(b, :birth)",
        ExpressionAttributeValues: { ":ids": dealIds, ":one": 1, ":birth": randomUUID() },
      },
    }));
  }
}
