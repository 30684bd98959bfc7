import { Buffer } from "node:buffer";
import { type BoardRow, boardRow } from "@regulars/core/plans/board-row";
import { type DealId, type PlanId, leadPersonIdSchema } from "@regulars/core/plans/ids";
import * as z from "zod";
import { BOARD_SHARDS, type keysOf } from "../keys.ts";
import { type NamelessWrite, type Operations, TRANSACTION_WRITES, mustBeNew } from "../operations.ts";
import { wirePages } from "../wire.ts";
import type { BoardIndex, RowChange } from "./board-index.ts";
import { type BoardMark, markOf } from "./board-marks.ts";
import { type BoardPage, UnpackedPages, emptyPage, packedRows } from "./board-page.ts";
import { dealSchema, leadPersonSchema } from "./stored.ts";

type Keys = ReturnType<typeof keysOf>;

/** Rows of all plans that a process keeps unpacked: some fifty megabytes. */
const unpackedPages = new UnpackedPages(150_000);
/** Marks that are seen to together. */
const TOGETHER = 8;
const pageSchema = z.object({ pk: z.string(), sk: z.string(), version: z.int(), rows: z.instanceof(Uint8Array) });
const MAX_ROUNDS = 6;
/** Writes that a deal may bring about beside its page: its reason's place left and entered, two days' counts. */
const WRITES_A_DEAL = 4;

interface Shard {
  readonly marks: readonly BoardMark[];
  readonly pages: Map<string, BoardPage>;
}

/**
 * A plan's deals as filters, sorting and searches read them: packed pages of a hundred, pure projections of the deals,
 * with counts by day and places by reason beside them. Whoever changes a deal names it in its page's mark, in the same
 * transaction; whoever reads looks at the marked deals themselves and writes the page anew when nobody else has. So an
 * answer is exact at once, a write costs one small update, and 100,000 deals are four Queries of half a megabyte; no
 * deal that did not match is read, and no table is scanned.
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
    const shards = await this.#shards(planId, "");
    const pages = new Map(shards.flatMap((shard) => [...shard.pages]));
    const marks = shards.flatMap((shard) => shard.marks);
    for (let i = 0; i < marks.length; i += TOGETHER) {
      const folds = await this.#fold(planId, marks.slice(i, i + TOGETHER), pages);
      for (const [page, { rows }] of folds) pages.set(page, { version: 0, rows });
    }
    return [...pages.values()].flatMap(({ rows }) => [...rows.values()]);
  }

  /** Brings pages, counts by day and places by reason up to now; `false` when others change deals faster than that. */
  async settle(planId: PlanId): Promise<boolean> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const marks = (await this.#shards(planId, "M#")).flatMap((shard) => shard.marks);
      if (marks.length === 0) return true;
      for (let i = 0; i < marks.length; i += TOGETHER) {
        const some = marks.slice(i, i + TOGETHER);
        await this.#fold(planId, some, await this.#pagesOf(planId, some));
      }
    }
    return false;
  }

  /** Whether deals have changed since the pages were written. */
  async isMarked(planId: PlanId): Promise<boolean> {
    return (await this.#shards(planId, "M#")).some(({ marks }) => marks.length > 0);
  }

  #shards(planId: PlanId, prefix: string): Promise<Shard[]> {
    return Promise.all(
      Array.from({ length: BOARD_SHARDS }, (_, shard) => this.#shard(this.#keys.board(planId, shard), prefix)),
    );
  }

  async #shard(pk: string, prefix: string): Promise<Shard> {
    const { table, usage } = this.#operations;
    const marks: BoardMark[] = [];
    const pages = new Map<string, BoardPage>();
    const input = {
      KeyConditionExpression: `pk = :pk${prefix === "" ? "" : " AND begins_with(sk, :prefix)"}`,
      ExpressionAttributeValues: { ":pk": { S: pk }, ...(prefix === "" ? {} : { ":prefix": { S: prefix } }) },
      ConsistentRead: true,
    };
    // Marks are read before the pages: one that is gone by then is in the page that is read after it.
    for await (const items of wirePages(table, input, usage))
      for (const item of items) {
        const sk = String(item["sk"]?.S);
        if (sk.startsWith("M#")) marks.push(markOf(sk.slice(2), item));
        else {
          const [packed, version] = [item["rows"]?.B, Number(item["version"]?.N)];
          pages.set(sk.slice(2), unpackedPages.pageOf(`${pk} ${sk}`, String(packed), version));
        }
      }
    return { marks, pages };
  }

  async #pagesOf(planId: PlanId, marks: readonly BoardMark[]): Promise<Map<string, BoardPage>> {
    const pages = new Map<string, BoardPage>();
    const keys = marks.map(({ page }) => this.#keys.boardPage(planId, page));
    for (const item of await this.#operations.batchGet(keys)) {
      const { pk, sk, version, rows } = pageSchema.parse(item);
      const packed = Buffer.from(rows).toString("base64");
      pages.set(sk.slice(2), unpackedPages.pageOf(`${pk} ${sk}`, packed, version));
    }
    return pages;
  }

  /**
   * Marked pages as they are now, written with what goes beside them where nobody else has meanwhile: then the next
   * reader does.
   */
  async #fold(
    planId: PlanId,
    marks: readonly BoardMark[],
    pages: ReadonlyMap<string, BoardPage>,
  ): Promise<Map<string, { readonly rows: ReadonlyMap<DealId, BoardRow> }>> {
    const fresh = await this.#freshRows(marks.flatMap(({ dealIds }) => dealIds));
    const folded = await Promise.all(
      marks.map(async (mark) => {
        const page = pages.get(mark.page) ?? emptyPage;
        const changes = mark.dealIds.map((dealId): RowChange => ({
          dealId,
          before: page.rows.get(dealId),
          after: fresh.get(dealId),
        }));
        await this.#write(planId, mark, page, changes);
        return [mark.page, { rows: withChanges(page.rows, changes) }] as const;
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
      persons.map((item) => [leadPersonIdSchema.parse(item["personId"]), leadPersonSchema.parse(item)]),
    );
    const rows = new Map<DealId, BoardRow>();
    for (const deal of deals) {
      const row = boardRow(deal, byId.get(deal.personId));
      if (row !== undefined) rows.set(deal.dealId, row);
    }
    return rows;
  }

  /** As many deals a transaction as it takes; the mark goes with the last of them. */
  async #write(planId: PlanId, mark: BoardMark, page: BoardPage, changes: readonly RowChange[]): Promise<void> {
    let { version, rows } = page;
    const most = Math.floor((TRANSACTION_WRITES - 2) / WRITES_A_DEAL);
    let left = changes;
    while (left.length > 0) {
      const [piece, beside] = this.#piece(planId, left, most);
      left = left.slice(piece.length);
      rows = withChanges(rows, piece);
      const isSaved = await this.#operations.transact([
        this.#putPage(planId, mark.page, version, rows),
        this.#whileMarked(planId, mark, left.length === 0),
        ...beside,
      ]);
      if (!isSaved) return;
      version += 1;
    }
  }

  /** The first changes whose writes fit into a transaction: many share a day. */
  #piece(
    planId: PlanId,
    changes: readonly RowChange[],
    least: number,
  ): readonly [readonly RowChange[], NamelessWrite[]] {
    const all = this.#index.writes(planId, changes);
    if (all.length <= TRANSACTION_WRITES - 2) return [changes, all];
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
