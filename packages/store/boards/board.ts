import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { BoardStore } from "@regulars/core/boards/board-store";
import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { type BoardRow, boardRow } from "@regulars/core/boards/board-row";
import { contactSchema } from "@regulars/core/contacts/contact";
import { dealSchema } from "@regulars/core/deals/deal";
import { type DealId, type PlanId, contactIdSchema } from "@regulars/core/platform/ids";
import * as z from "zod";
import { BOARD_VERSION, BOARD_SHARDS } from "./keys.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import { type TransactWrite, TRANSACTION_WRITES } from "../engine/transact-write.ts";
import { type WireItem, wirePages } from "../engine/wire.ts";
import type { BoardCounters, RowChange } from "./board-counters.ts";
import { type DirtyBlock, dirtyBlockOf } from "../deals/dirty-blocks.ts";
import { type BoardBlock, emptyBlock, packedRows, unpackedBlock } from "./board-block.ts";
import { type CachedShard, BoardCache, type ShardVersion, noVersion } from "./board-cache.ts";

/** Most rows that a process keeps unpacked, of all sales plans: about 50 MB. */
const boardCache = new BoardCache(150_000);
/** Dirty blocks that are folded in at once. */
const TOGETHER = 8;
const blockSchema = z.object({ sk: z.string(), version: z.int(), rows: z.instanceof(Uint8Array) });
const versionSchema = z.object({ writes: z.int(), generation: z.string() });
const MAX_ROUNDS = 6;
/** From this number of dirty blocks on, a reader leaves writing them to a background job. */
const MANY_DIRTY_BLOCKS = 20;
/**
 * Most counter writes of one changed deal: two for its refusal reason (left, entered), three for its day (two managers,
 * total).
 */
const WRITES_A_DEAL = 5;

interface Shard {
  readonly pk: string;
  readonly dirtyBlocks: readonly DirtyBlock[];
  readonly version: ShardVersion;
}

/** What dirty blocks are folded into: the stored blocks, and the cached shards to bring up to date. */
interface Seen {
  readonly blocks: ReadonlyMap<string, BoardBlock>;
  readonly cached: readonly CachedShard[];
}

/**
 * The deals of a sales plan for filters, sorting and searches, packed into blocks of a hundred. The blocks and the
 * counters by day and reason are projections of the deals. A writer adds the deal to the dirty marker of its block in
 * its own transaction. A reader reads the deals that are named there and writes the block again, if no other process
 * has. So an answer is exact immediately and a write costs one small update. 100,000 deals cost four Queries of half a
 * megabyte, or four empty ones if the process has the blocks cached; no deal is read to be filtered out, and no table
 * is scanned.
 */
export class BoardIndexTable implements BoardStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #index: BoardCounters;

  constructor(operations: Operations, keys: Keys, index: BoardCounters) {
    this.#operations = operations;
    this.#keys = keys;
    this.#index = index;
  }

  /** Every deal of the sales plan, in no particular order. */
  async rows(planId: PlanId): Promise<BoardRow[]> {
    const shards = await this.#shards(planId);
    const cached = await Promise.all(shards.map(({ pk, version }) => this.#read(pk, version)));
    const dirtyBlocks = shards.flatMap((shard) => shard.dirtyBlocks);
    const blocks = new Map(cached.flatMap((shard) => [...shard.blocks]));
    for (let i = 0; i < dirtyBlocks.length; i += TOGETHER)
      for (const [block, rows] of await this.#fold(planId, dirtyBlocks.slice(i, i + TOGETHER), { blocks, cached }))
        blocks.set(block, { version: 0, rows });
    return [...blocks.values()].flatMap(({ rows }) => [...rows.values()]);
  }

  /** Brings blocks and counters up to date; `false` when others change deals faster than this can follow. */
  async refresh(planId: PlanId): Promise<boolean> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const shards = await this.#shards(planId);
      const dirtyBlocks = shards.flatMap((shard) => shard.dirtyBlocks);
      if (dirtyBlocks.length === 0) return true;
      const cached = shards
        .map(({ pk, version }) => boardCache.find(pk, version))
        .filter((shard) => shard !== undefined);
      for (let i = 0; i < dirtyBlocks.length; i += TOGETHER) {
        const some = dirtyBlocks.slice(i, i + TOGETHER);
        await this.#fold(planId, some, { blocks: await this.#blocksOf(planId, some), cached });
      }
    }
    return false;
  }

  dayCounts(...query: Parameters<BoardCounters["counts"]>): ReturnType<BoardCounters["counts"]> {
    return this.#index.counts(...query);
  }

  reasonPlaces(...query: Parameters<BoardCounters["places"]>): ReturnType<BoardCounters["places"]> {
    return this.#index.places(...query);
  }

  /** Every change raises a dirty marker's count, and folding it in raises the shard's version. */
  async stamp(planId: PlanId): Promise<string> {
    const shards = await this.#shards(planId);
    return JSON.stringify(
      shards.map(({ version, dirtyBlocks }) => [
        version.writes,
        version.generation,
        dirtyBlocks.map(({ block, count, generation }) => [block, count, generation]),
      ]),
    );
  }

  /** Whether so many blocks are dirty that a background job should write them instead of the next reader. */
  async isBehind(planId: PlanId): Promise<boolean> {
    const dirtyBlocks = (await this.#shards(planId)).flatMap((shard) => shard.dirtyBlocks);
    return dirtyBlocks.length >= MANY_DIRTY_BLOCKS;
  }

  #shards(planId: PlanId): Promise<Shard[]> {
    return Promise.all(
      Array.from({ length: BOARD_SHARDS }, (_, shard) => this.#shard(this.#keys.board(planId, shard))),
    );
  }

  /**
   * Dirty markers sort before the version row. If one was deleted before it could be read, the version read after it is
   * a newer one.
   */
  async #shard(pk: string): Promise<Shard> {
    const dirtyBlocks: DirtyBlock[] = [];
    let version = noVersion;
    for await (const item of this.#items(pk, "M", "N"))
      if (item["sk"]?.S === BOARD_VERSION)
        version = versionSchema.parse({ writes: Number(item["n"]?.N), generation: item["b"]?.S });
      else dirtyBlocks.push(dirtyBlockOf(String(item["sk"]?.S).slice(2), item));
    return { pk, dirtyBlocks, version };
  }

  async #read(pk: string, version: ShardVersion): Promise<CachedShard> {
    const known = boardCache.find(pk, version);
    if (known !== undefined) return known;
    const blocks = new Map<string, BoardBlock>();
    for await (const item of this.#items(pk, "P#", "P~"))
      blocks.set(
        String(item["sk"]?.S).slice(2),
        unpackedBlock(Number(item["version"]?.N), Buffer.from(String(item["rows"]?.B), "base64")),
      );
    return boardCache.keep(pk, version, blocks);
  }

  async *#items(pk: string, from: string, to: string): AsyncGenerator<WireItem> {
    const { table, usage } = this.#operations;
    const input = {
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: { ":pk": { S: pk }, ":from": { S: from }, ":to": { S: to } },
      ConsistentRead: true,
    };
    for await (const items of wirePages(table, input, usage)) yield* items;
  }

  async #blocksOf(planId: PlanId, dirtyBlocks: readonly DirtyBlock[]): Promise<Map<string, BoardBlock>> {
    const items = await this.#operations.batchGet(dirtyBlocks.map(({ block }) => this.#keys.boardBlock(planId, block)));
    return new Map(
      items
        .map((item) => rowAs(blockSchema, item))
        .map(({ sk, version, rows }) => [sk.slice(2), unpackedBlock(version, rows)]),
    );
  }

  /**
   * The rows of dirty blocks as they are now. They are also stored, with their counters, unless another process was
   * faster; then the next reader stores what is left.
   */
  async #fold(
    planId: PlanId,
    dirtyBlocks: readonly DirtyBlock[],
    { blocks, cached }: Seen,
  ): Promise<Map<string, BoardBlock["rows"]>> {
    const fresh = await this.#freshRows(dirtyBlocks.flatMap(({ dealIds }) => dealIds));
    const folded = await Promise.all(
      dirtyBlocks.map(async (dirtyBlock) => {
        const block = blocks.get(dirtyBlock.block) ?? emptyBlock;
        const changes = dirtyBlock.dealIds.map((dealId): RowChange => ({
          dealId,
          before: block.rows.get(dealId),
          after: fresh.get(dealId),
        }));
        await this.#write(planId, { dirtyBlock, block, cached }, changes);
        return [dirtyBlock.block, withChanges(block.rows, changes)] as const;
      }),
    );
    return new Map(folded);
  }

  async #freshRows(dealIds: readonly DealId[]): Promise<Map<DealId, BoardRow>> {
    const items = await this.#operations.batchGet(dealIds.map((dealId) => this.#keys.deal(dealId)));
    const deals = items.map((item) => rowAs(dealSchema, item));
    const personIds = [...new Set(deals.map(({ personId }) => personId))];
    const persons = await this.#operations.batchGet(personIds.map((personId) => this.#keys.contact(personId)));
    const byId = new Map(persons.map((item) => [contactIdSchema.parse(item["personId"]), rowAs(contactSchema, item)]));
    const rows = new Map<DealId, BoardRow>();
    for (const deal of deals) {
      const row = boardRow(deal, byId.get(deal.personId));
      if (row !== undefined) rows.set(deal.dealId, row);
    }
    return rows;
  }

  /** Writes a block, as many deals per transaction as fit; the last one deletes the dirty marker. */
  async #write(
    planId: PlanId,
    {
      dirtyBlock,
      block,
      cached,
    }: { readonly dirtyBlock: DirtyBlock; readonly block: BoardBlock; readonly cached: readonly CachedShard[] },
    changes: readonly RowChange[],
  ): Promise<void> {
    let { version, rows } = block;
    const { pk } = this.#keys.boardBlock(planId, dirtyBlock.block);
    const shard = cached.find((one) => one.pk === pk);
    const most = Math.floor((TRANSACTION_WRITES - 3) / WRITES_A_DEAL);
    let left = changes;
    while (left.length > 0) {
      const [piece, affectedRows] = this.#piece(planId, left, most);
      left = left.slice(piece.length);
      rows = withChanges(rows, piece);
      const isSaved = await this.#operations
        .transact([
          this.#putBlock(planId, dirtyBlock.block, version, rows),
          this.#whileDirty(planId, dirtyBlock, left.length === 0),
          this.#raiseVersion(planId, dirtyBlock.block),
          ...affectedRows,
        ])
        .catch(onContention);
      if (!isSaved) return;
      version += 1;
      if (shard !== undefined) boardCache.wrote(shard, dirtyBlock.block, { version, rows });
    }
  }

  /** The first changes that fit into a transaction with their writes. Changes of one day share a write. */
  #piece(
    planId: PlanId,
    changes: readonly RowChange[],
    least: number,
  ): readonly [readonly RowChange[], TransactWrite[]] {
    const all = this.#index.writes(planId, changes);
    if (all.length <= TRANSACTION_WRITES - 3) return [changes, all];
    const some = changes.slice(0, least);
    return [some, this.#index.writes(planId, some)];
  }

  #putBlock(planId: PlanId, block: string, version: number, rows: ReadonlyMap<DealId, BoardRow>): TransactWrite {
    const isNew = version === 0;
    return {
      Put: {
        Item: { ...this.#keys.boardBlock(planId, block), version: version + 1, rows: packedRows(rows) },
        ...(isNew ? mustBeNew : { ConditionExpression: "version = :version" }),
        ...(isNew ? {} : { ExpressionAttributeValues: { ":version": version } }),
      },
    };
  }

  #raiseVersion(planId: PlanId, block: string): TransactWrite {
    return {
      Update: {
        Key: this.#keys.boardVersion(planId, block),
        UpdateExpression: "ADD n :one SET b = if_not_exists(b, :generation)",
        ExpressionAttributeValues: { ":one": 1, ":generation": randomUUID() },
      },
    };
  }

  #whileDirty(planId: PlanId, { block, count, generation }: DirtyBlock, isLast: boolean): TransactWrite {
    const condition = {
      Key: this.#keys.dirtyBlock(planId, block),
      ConditionExpression: "n = :count AND b = :generation",
      ExpressionAttributeValues: { ":count": count, ":generation": generation },
    };
    return isLast ? { Delete: condition } : { ConditionCheck: condition };
  }
}

function withChanges(
  rows: ReadonlyMap<DealId, BoardRow>,
  changes: readonly RowChange[],
): ReadonlyMap<DealId, BoardRow> {
  const next = new Map(rows);
  for (const { dealId, after } of changes)
    if (after === undefined) next.delete(dealId);
    else next.set(dealId, after);
  return next;
}

/** Another process writes the same items. The answer is right without this write; the next reader makes it. */
function onContention(fault: unknown): false {
  if (fault instanceof Error && fault.name === "TransactionCanceledException") return false;
  throw fault;
}
