import type { PlanId } from "@regulars/core/platform/ids";
import type { Key, InFamily } from "../engine/key.ts";

/** A plan's packed pages are spread over this many partitions, which a search reads at the same time. */
export const BOARD_SHARDS = 4;

/** Behind the marks and before the pages of its shard. */
export const BOARD_VERSION = "N";

/** Where a packed page lies, by its name's last hexadecimal digit: neighbours are apart. */
const boardShardOf = (page: string): number => Number.parseInt(page.slice(-1), 16) % BOARD_SHARDS;

export const boardsKeys = (inFamily: InFamily) => ({
  /** A plan's deals packed for filters and searches; marks sort before the head, it before pages. */
  board: (planId: PlanId, shard: number): string => inFamily(`BOARD#${planId}#${shard}`),
  dirtyBlock: (planId: PlanId, page: string): Key => ({
    pk: inFamily(`BOARD#${planId}#${boardShardOf(page)}`),
    sk: `M#${page}`,
  }),
  /** How often pages of a shard were written. */
  boardVersion: (planId: PlanId, page: string): Key => ({
    pk: inFamily(`BOARD#${planId}#${boardShardOf(page)}`),
    sk: BOARD_VERSION,
  }),
  boardPage: (planId: PlanId, page: string): Key => ({
    pk: inFamily(`BOARD#${planId}#${boardShardOf(page)}`),
    sk: `P#${page}`,
  }),
});
