import { randomUUID } from "node:crypto";
import type { Deal } from "@regulars/core/deals/deal";
import { type DealId, type PlanId, dealIdSchema } from "@regulars/core/platform/ids";
import * as z from "zod";
import type { Keys } from "../keys.ts";
import type { NamelessWrite } from "../engine/operations.ts";
import type { WireItem } from "../engine/wire.ts";
import { boardPageOf } from "./block-of-deal.ts";

/**
 * Deals of a page that have changed since it was written; `count` moves on with each change. A mark that is taken away
 * may be there again a moment later, and count as far: its birth tells the two apart.
 */
export interface BoardMark {
  readonly page: string;
  readonly dealIds: readonly DealId[];
  readonly count: number;
  readonly birth: string;
}

const markSchema = z.object({ dealIds: z.array(dealIdSchema), count: z.int(), birth: z.string() });

export const markOf = (page: string, item: WireItem): BoardMark => ({
  page,
  ...markSchema.parse({ dealIds: item["dealIds"]?.SS, count: Number(item["n"]?.N), birth: item["b"]?.S }),
});

/** Marks of pages whose deals change, gathered: one update for each page. */
export class BoardMarks {
  readonly #pages = new Map<string, { planId: PlanId; page: string; dealIds: Set<DealId> }>();

  note(deal: Pick<Deal, "planId" | "dealId">): void {
    const page = boardPageOf(deal);
    const name = `${deal.planId} ${page}`;
    const known = this.#pages.get(name) ?? { planId: deal.planId, page, dealIds: new Set<DealId>() };
    known.dealIds.add(deal.dealId);
    this.#pages.set(name, known);
  }

  writes(keys: Keys): NamelessWrite[] {
    return [...this.#pages.values()].map(({ planId, page, dealIds }) => ({
      Update: {
        Key: keys.boardMark(planId, page),
        UpdateExpression: "ADD dealIds :ids, n :one SET b = if_not_exists(b, :birth)",
        ExpressionAttributeValues: { ":ids": dealIds, ":one": 1, ":birth": randomUUID() },
      },
    }));
  }
}
