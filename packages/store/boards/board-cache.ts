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
  head: ShardHead;
  readonly pages: Map<string, BoardPage>;
  rows: number;
}

const rowsIn = (pages: ReadonlyMap<string, BoardPage>): number =>
  [...pages.values()].reduce((sum, { rows }) => sum + rows.size, 0);

/**
 * Shards of packed pages as a process has read or written them last. One is good for as long as its head is the one in
 * the table: then nobody else has written any of its pages.
 */
export class KeptShards {
  readonly #mostRows: number;
  readonly #kept = new Map<string, Kept>();
  #rows = 0;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  /** The shard, when its head is still this one. */
  find(pk: string, { writes, birth }: ShardHead): KeptShard | undefined {
    const known = this.#kept.get(pk);
    if (known === undefined || known.head.writes !== writes || known.head.birth !== birth) return undefined;
    this.#kept.delete(pk);
    this.#kept.set(pk, known);
    return known;
  }

  /** Pages that were read after the head: what was written between is written under a later head, and read again. */
  keep(pk: string, head: ShardHead, pages: ReadonlyMap<string, BoardPage>): KeptShard {
    this.#forget(pk);
    const kept = { pk, head, pages: new Map(pages), rows: rowsIn(pages) };
    this.#kept.set(pk, kept);
    this.#rows += kept.rows;
    // Those that were not asked for the longest go first.
    for (const oldest of this.#kept.keys()) {
      if (this.#rows <= this.#mostRows) break;
      this.#forget(oldest);
    }
    return kept;
  }

  /**
   * A page that this process has written having seen the shard so: one write more. A shard that was read anew meanwhile
   * may have it already; others' writes make the heads differ for good, and the shard is read again.
   */
  wrote(seen: KeptShard, page: string, written: BoardPage): void {
    const known = this.#kept.get(seen.pk);
    if (known === undefined || known !== seen) return;
    const grown = written.rows.size - (known.pages.get(page)?.rows.size ?? 0);
    known.pages.set(page, written);
    known.head = { ...known.head, writes: known.head.writes + 1 };
    known.rows += grown;
    this.#rows += grown;
  }

  #forget(pk: string): void {
    this.#rows -= this.#kept.get(pk)?.rows ?? 0;
    this.#kept.delete(pk);
  }
}
