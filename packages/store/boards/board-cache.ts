import { LRUCache } from "lru-cache";
import type { BoardBlock } from "./board-block.ts";

/**
 * How many times blocks of a shard were written. `generation` changes when the version row is deleted and made again.
 */
export interface ShardVersion {
  readonly writes: number;
  readonly generation: string;
}

/** A shard without any block. */
export const noVersion: ShardVersion = { writes: 0, generation: "" };

/** The blocks of a shard at one version. */
export interface CachedShard {
  readonly pk: string;
  readonly version: ShardVersion;
  readonly blocks: ReadonlyMap<string, BoardBlock>;
}

interface CachedEntry extends CachedShard {
  readonly blocks: Map<string, BoardBlock>;
  readonly rows: number;
}

const rowsIn = (blocks: ReadonlyMap<string, BoardBlock>): number =>
  [...blocks.values()].reduce((sum, { rows }) => sum + rows.size, 0);

/**
 * The shards that this process last read or wrote; the least recently used are dropped first. A cached shard is valid
 * while its version equals the one in the table: then no other process has written one of its blocks.
 */
export class BoardCache {
  readonly #cached: LRUCache<string, CachedEntry>;

  /** `mostRows`: limit for the rows of all shards together. A single larger shard is not cached. */
  constructor(mostRows: number) {
    this.#cached = new LRUCache({ maxSize: mostRows, sizeCalculation: ({ rows }) => Math.max(rows, 1) });
  }

  /** The cached shard, if its version is this one. */
  find(pk: string, { writes, generation }: ShardVersion): CachedShard | undefined {
    const known = this.#cached.get(pk);
    return known?.version.writes === writes && known.version.generation === generation ? known : undefined;
  }

  /**
   * Caches blocks that were read after the version row. A write between the two reads raises the version in the table,
   * so that the shard is read again.
   */
  keep(pk: string, version: ShardVersion, blocks: ReadonlyMap<string, BoardBlock>): CachedShard {
    const cached = { pk, version, blocks: new Map(blocks), rows: rowsIn(blocks) };
    this.#cached.set(pk, cached);
    return cached;
  }

  /**
   * Adds a block that this process has written on top of `seen`: its version rises by one. If the shard was read again
   * since, it may contain the block already. After a write by another process the versions never match again, and the
   * shard is read again.
   */
  wrote(seen: CachedShard, block: string, written: BoardBlock): void {
    const known = this.#cached.peek(seen.pk);
    if (known === undefined || known.blocks !== seen.blocks) return;
    const rows = known.rows + written.rows.size - (known.blocks.get(block)?.rows.size ?? 0);
    known.blocks.set(block, written);
    // A new object, so that the cache computes its size again.
    this.#cached.set(seen.pk, { ...known, version: { ...known.version, writes: known.version.writes + 1 }, rows });
  }
}
