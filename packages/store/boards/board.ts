import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { type BoardRow, boardRow } from "@regulars/core/boards/board-row";
import { contactSchema } from "@regulars/core/contacts/contact";
import { dealSchema } from "@regulars/core/deals/deal";
import { type DealId, type PlanId, leadPersonIdSchema } from "@regulars/core/platform/ids";
import * as z from "zod";
import { BOARD_HEAD, BOARD_SHARDS } from "./keys.ts";
import type { Keys } from "../keys.ts";
import { type NamelessWrite, type Operations, TRANSACTION_WRITES, mustBeNew } from "../engine/operations.ts";
import { type WireItem, wirePages } from "../engine/wire.ts";
import type { BoardIndex, RowChange } from "./board-counters.ts";
import { type BoardMark, markOf } from "../deals/dirty-blocks.ts";
import { type BoardPage, emptyPage, packedRows, unpackedPage } from "./board-block.ts";
import { type KeptShard, KeptShards, type ShardHead, noHead } from "./board-cache.ts";

/** Rows of all plans that a process keeps unpacked: some fifty megabytes. */
const keptShards = new KeptShards(150_000);
/** Marks that are seen to together. */
const TOGETHER = 8;
const pageSchema = z.object({ sk: z.string(), version: z.int(), rows: z.instanceof(Uint8Array) });
const headSchema = z.object({ writes: z.int(), birth: z.string() });
const MAX_ROUNDS = 6;
/** More pages than a reader writes on the way. */
const MANY_MARKS = 20;
/** Writes that a deal may bring about beside its page: its reason's place left and entered, its day's counts of three. */
const WRITES_A_DEAL = 5;

interface Shard {
  readonly pk: string;
  readonly marks: readonly BoardMark[];
  readonly head: ShardHead;
}

/** What marks are folded into: the marked pages, and the shards as this process keeps them. */
interface Seen {
  readonly pages: ReadonlyMap<string, BoardPage>;
  readonly kept: readonly KeptShard[];
}

/**
 * A plan's deals as filters, sorting and searches read them: packed pages of a hundred, pure projections of the deals,
 * with counts by day and places by reason beside them. Whoever changes a deal names it in its page's mark, in the same
 * transaction; whoever reads looks at the marked deals themselves and writes the page anew when nobody else has. So an
 * answer is exact at once, a write costs one small update, and 100,000 deals are four Queries of half a megabyte, or
 * four of nothing where a process has the pages from before; no deal that did not match is read, and no table is scanned.
 */
export class Board {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #index: BoardIndex;

  constructor(operations: Operations, keys: Keys, index: BoardIndex) {
    this.#operations = operations;
    this.#keys = keys;
    this.#index = index;
  }

  /** Every deal of the plan, in no order. */
  async rows(planId: PlanId): Promise<BoardRow[]> {
    const shards = await this.#shards(planId);
    const kept = await Promise.all(shards.map(({ pk, head }) => this.#read(pk, head)));
    const marks = shards.flatMap((shard) => shard.marks);
    const pages = new Map(kept.flatMap((shard) => [...shard.pages]));
    for (let i = 0; i < marks.length; i += TOGETHER)
      for (const [page, rows] of await this.#fold(planId, marks.slice(i, i + TOGETHER), { pages, kept }))
        pages.set(page, { version: 0, rows });
    return [...pages.values()].flatMap(({ rows }) => [...rows.values()]);
  }

  /** Brings pages, counts by day and places by reason up to now; `false` when others change deals faster than that. */
  async settle(planId: PlanId): Promise<boolean> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const shards = await this.#shards(planId);
      const marks = shards.flatMap((shard) => shard.marks);
      if (marks.length === 0) return true;
      const kept = shards.map(({ pk, head }) => keptShards.find(pk, head)).filter((shard) => shard !== undefined);
      for (let i = 0; i < marks.length; i += TOGETHER) {
        const some = marks.slice(i, i + TOGETHER);
        await this.#fold(planId, some, { pages: await this.#pagesOf(planId, some), kept });
      }
    }
    return false;
  }

  /** Whether so many pages have changed that whoever reads next should not be the one to write them. */
  async isBehind(planId: PlanId): Promise<boolean> {
    const marks = (await this.#shards(planId)).flatMap((shard) => shard.marks);
    return marks.length >= MANY_MARKS;
  }

  #shards(planId: PlanId): Promise<Shard[]> {
    return Promise.all(
      Array.from({ length: BOARD_SHARDS }, (_, shard) => this.#shard(this.#keys.board(planId, shard))),
    );
  }

  /** Marks come before the head: one that is gone by then has moved the head on. */
  async #shard(pk: string): Promise<Shard> {
    const marks: BoardMark[] = [];
    let head = noHead;
    for await (const item of this.#items(pk, "M", "N"))
      if (item["sk"]?.S === BOARD_HEAD) head = headSchema.parse({ writes: Number(item["n"]?.N), birth: item["b"]?.S });
      else marks.push(markOf(String(item["sk"]?.S).slice(2), item));
    return { pk, marks, head };
  }

  async #read(pk: string, head: ShardHead): Promise<KeptShard> {
    const known = keptShards.find(pk, head);
    if (known !== undefined) return known;
    const pages = new Map<string, BoardPage>();
    for await (const item of this.#items(pk, "P#", "P~"))
      pages.set(
        String(item["sk"]?.S).slice(2),
        unpackedPage(Number(item["version"]?.N), Buffer.from(String(item["rows"]?.B), "base64")),
      );
    return keptShards.keep(pk, head, pages);
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

  async #pagesOf(planId: PlanId, marks: readonly BoardMark[]): Promise<Map<string, BoardPage>> {
    const items = await this.#operations.batchGet(marks.map(({ page }) => this.#keys.boardPage(planId, page)));
    return new Map(
      items
        .map((item) => pageSchema.parse(item))
        .map(({ sk, version, rows }) => [sk.slice(2), unpackedPage(version, rows)]),
    );
  }

  /**
   * Marked pages as they are now, written with what goes beside them where nobody else has meanwhile: then the next
   * reader does.
   */
  async #fold(
    planId: PlanId,
    marks: readonly BoardMark[],
    { pages, kept }: Seen,
  ): Promise<Map<string, BoardPage["rows"]>> {
    const fresh = await this.#freshRows(marks.flatMap(({ dealIds }) => dealIds));
    const folded = await Promise.all(
      marks.map(async (mark) => {
        const page = pages.get(mark.page) ?? emptyPage;
        const changes = mark.dealIds.map((dealId): RowChange => ({
          dealId,
          before: page.rows.get(dealId),
          after: fresh.get(dealId),
        }));
        await this.#write(planId, { mark, page, kept }, changes);
        return [mark.page, withChanges(page.rows, changes)] as const;
      }),
    );
    return new Map(folded);
  }

  async #freshRows(dealIds: readonly DealId[]): Promise<Map<DealId, BoardRow>> {
    const items = await this.#operations.batchGet(dealIds.map((dealId) => this.#keys.deal(dealId)));
    const deals = items.map((item) => dealSchema.parse(item));
    const personIds = [...new Set(deals.map(({ personId }) => personId))];
    const persons = await this.#operations.batchGet(personIds.map((personId) => this.#keys.leadPerson(personId)));
    const byId = new Map(
      persons.map((item) => [leadPersonIdSchema.parse(item["personId"]), contactSchema.parse(item)]),
    );
    const rows = new Map<DealId, BoardRow>();
    for (const deal of deals) {
      const row = boardRow(deal, byId.get(deal.personId));
      if (row !== undefined) rows.set(deal.dealId, row);
    }
    return rows;
  }

  /** As many deals a transaction as it takes; the mark goes with the last of them. */
  async #write(
    planId: PlanId,
    { mark, page, kept }: { readonly mark: BoardMark; readonly page: BoardPage; readonly kept: readonly KeptShard[] },
    changes: readonly RowChange[],
  ): Promise<void> {
    let { version, rows } = page;
    const { pk } = this.#keys.boardPage(planId, mark.page);
    const shard = kept.find((one) => one.pk === pk);
    const most = Math.floor((TRANSACTION_WRITES - 3) / WRITES_A_DEAL);
    let left = changes;
    while (left.length > 0) {
      const [piece, beside] = this.#piece(planId, left, most);
      left = left.slice(piece.length);
      rows = withChanges(rows, piece);
      const isSaved = await this.#operations
        .transact([
          this.#putPage(planId, mark.page, version, rows),
          this.#whileMarked(planId, mark, left.length === 0),
          this.#moveHead(planId, mark.page),
          ...beside,
        ])
        .catch(crowdedOut);
      if (!isSaved) return;
      version += 1;
      if (shard !== undefined) keptShards.wrote(shard, mark.page, { version, rows });
    }
  }

  /** The first changes whose writes fit into a transaction: many share a day. */
  #piece(
    planId: PlanId,
    changes: readonly RowChange[],
    least: number,
  ): readonly [readonly RowChange[], NamelessWrite[]] {
    const all = this.#index.writes(planId, changes);
    if (all.length <= TRANSACTION_WRITES - 3) return [changes, all];
    const some = changes.slice(0, least);
    return [some, this.#index.writes(planId, some)];
  }

  #putPage(planId: PlanId, page: string, version: number, rows: ReadonlyMap<DealId, BoardRow>): NamelessWrite {
    const isNew = version === 0;
    return {
      Put: {
        Item: { ...this.#keys.boardPage(planId, page), version: version + 1, rows: packedRows(rows) },
        ...(isNew ? mustBeNew : { ConditionExpression: "version = :version" }),
        ...(isNew ? {} : { ExpressionAttributeValues: { ":version": version } }),
      },
    };
  }

  #moveHead(planId: PlanId, page: string): NamelessWrite {
    return {
      Update: {
        Key: this.#keys.boardHead(planId, page),
        UpdateExpression: "ADD n :one SET b = if_not_exists(b, :birth)",
        ExpressionAttributeValues: { ":one": 1, ":birth": randomUUID() },
      },
    };
  }

  #whileMarked(planId: PlanId, { page, count, birth }: BoardMark, isLast: boolean): NamelessWrite {
    const condition = {
      Key: this.#keys.boardMark(planId, page),
      ConditionExpression: "n = :count AND b = :birth",
      ExpressionAttributeValues: { ":count": count, ":birth": birth },
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

/** Too many are at the same items: what was read is right all the same, and whoever comes next writes it. */
function crowdedOut(fault: unknown): false {
  if (fault instanceof Error && fault.name === "TransactionCanceledException") return false;
  throw fault;
}
