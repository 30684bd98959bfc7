import { LRUCache } from "lru-cache";
import type { BoardPage } from "./board-block.ts";

/** How often pages of a shard have been written; `birth` tells a shard from one that began anew. */
export interface ShardHead {
  readonly writes: number;
  readonly birth: string;
}

/** A shard that was never written. */
export const noHead: ShardHead = { writes: 0, birth: "" };

/** Pages of a shard as they were under its head. */
export interface KeptShard {
  readonly pk: string;
  readonly head: ShardHead;
  readonly pages: ReadonlyMap<string, BoardPage>;
}

interface Kept extends KeptShard {
  readonly pages: Map<string, BoardPage>;
  readonly rows: number;
}

const rowsIn = (pages: ReadonlyMap<string, BoardPage>): number =>
  [...pages.values()].reduce((sum, { rows }) => sum + rows.size, 0);

/**
 * Shards of packed pages as a process has read or written them last, the least recently used dropped first. One is good
 * for as long as its head is the one in the table: then nobody else has written any of its pages.
 */
export class KeptShards {
  readonly #kept: LRUCache<string, Kept>;

  /** `mostRows`: rows of all shards together; one shard that is larger is not kept at all. */
  constructor(mostRows: number) {
    this.#kept = new LRUCache({ maxSize: mostRows, sizeCalculation: ({ rows }) => Math.max(rows, 1) });
  }

  /** The shard, when its head is still this one. */
  find(pk: string, { writes, birth }: ShardHead): KeptShard | undefined {
    const known = this.#kept.get(pk);
    return known?.head.writes === writes && known.head.birth === birth ? known : undefined;
  }

  /** Pages that were read after the head: what was written between is written under a later head, and read again. */
  keep(pk: string, head: ShardHead, pages: ReadonlyMap<string, BoardPage>): KeptShard {
    const kept = { pk, head, pages: new Map(pages), rows: rowsIn(pages) };
    this.#kept.set(pk, kept);
    return kept;
  }

  /**
   * A page that this process has written having seen the shard so: one write more. A shard that was read anew meanwhile
   * may have it already; others' writes make the heads differ for good, and the shard is read again.
   */
  wrote(seen: KeptShard, page: string, written: BoardPage): void {
    const known = this.#kept.peek(seen.pk);
    if (known === undefined || known.pages !== seen.pages) return;
    const rows = known.rows + written.rows.size - (known.pages.get(page)?.rows.size ?? 0);
    known.pages.set(page, written);
    // A new value, so that the cache counts its size anew.
    this.#kept.set(seen.pk, { ...known, head: { ...known.head, writes: known.head.writes + 1 }, rows });
  }
}
