import type { PlanId } from "@regulars/core/platform/ids";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

/** A sales plan's board blocks are spread over this many partitions, which a search reads in parallel. */
export const BOARD_SHARDS = 4;

/** Sort key of the version row: after the dirty markers (M), before the blocks (P). */
export const BOARD_VERSION = "N";

/** The shard of a block, by the last hexadecimal digit of its name, so that neighbours are in different shards. */
const boardShardOf = (block: string): number => Number.parseInt(block.slice(-1), 16) % BOARD_SHARDS;

export const boardsKeys = (inFamily: InFamily) => ({
  /** A shard of a sales plan's board blocks. Sort order: dirty markers, version row, blocks. */
  board: (planId: PlanId, shard: number): string => inFamily(`BOARD#${planId}#${shard}`),
  dirtyBlock: (planId: PlanId, block: string): Key => ({
    pk: inFamily(`BOARD#${planId}#${boardShardOf(block)}`),
    sk: `M#${block}`,
  }),
  /** How many times blocks of the shard were written. */
  boardVersion: (planId: PlanId, block: string): Key => ({
    pk: inFamily(`BOARD#${planId}#${boardShardOf(block)}`),
    sk: BOARD_VERSION,
  }),
  boardBlock: (planId: PlanId, block: string): Key => ({
    pk: inFamily(`BOARD#${planId}#${boardShardOf(block)}`),
    sk: `P#${block}`,
  }),
});

export const boardsFates = { BOARD: "kept" } as const satisfies FamilyFates;
