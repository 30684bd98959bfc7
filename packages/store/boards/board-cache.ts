import { LRUCache } from "lru-cache";
import type { BoardBlock } from "./board-block.ts";

/** How often pages of a shard have been written; `generation` tells a shard from one that began anew. */
export interface ShardVersion {
  readonly writes: number;
  readonly generation: string;
}

/** A shard that was never written. */
export const noVersion: ShardVersion = { writes: 0, generation: "" };

/** Pages of a shard as they were under its head. */
export interface CachedShard {
  readonly pk: string;
  readonly head: ShardVersion;
  readonly blocks: ReadonlyMap<string, BoardBlock>;
}

interface CachedEntry extends CachedShard {
  readonly blocks: Map<string, BoardBlock>;
  readonly rows: number;
}

const rowsIn = (blocks: ReadonlyMap<string, BoardBlock>): number =>
  [...blocks.values()].reduce((sum, { rows }) => sum + rows.size, 0);

/**
 * Shards of packed pages as a process has read or written them last, the least recently used dropped first. One is good
 * for as long as its head is the one in the table: then nobody else has written any of its pages.
 */
export class BoardCache {
  readonly #cached: LRUCache<string, CachedEntry>;

  /** `mostRows`: rows of all shards together; one shard that is larger is not kept at all. */
  constructor(mostRows: number) {
    this.#cached = new LRUCache({ maxSize: mostRows, sizeCalculation: ({ rows }) => Math.max(rows, 1) });
  }

  /** The shard, when its head is still this one. */
  find(pk: string, { writes, generation }: ShardVersion): CachedShard | undefined {
    const known = this.#cached.get(pk);
    return known?.head.writes === writes && known.head.generation === generation ? known : undefined;
  }

  /** Pages that were read after the head: what was written between is written under a later head, and read again. */
  keep(pk: string, head: ShardVersion, blocks: ReadonlyMap<string, BoardBlock>): CachedShard {
    const cached = { pk, head, blocks: new Map(blocks), rows: rowsIn(blocks) };
    this.#cached.set(pk, cached);
    return cached;
  }

  /**
   * A page that this process has written having seen the shard so: one write more. A shard that was read anew meanwhile
   * may have it already; others' writes make the heads differ for good, and the shard is read again.
   */
  wrote(seen: CachedShard, block: string, written: BoardBlock): void {
    const known = this.#cached.peek(seen.pk);
    if (known === undefined || known.blocks !== seen.blocks) return;
    const rows = known.rows + written.rows.size - (known.blocks.get(block)?.rows.size ?? 0);
    known.blocks.set(block, written);
    // A new value, so that the cache counts its size anew.
    this.#cached.set(seen.pk, { ...known, head: { ...known.head, writes: known.head.writes + 1 }, rows });
  }
}
