import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type BoardRow, boardRow } from "@regulars/core/plans/board-row";
import type { Deal } from "@regulars/core/plans/deal";
import { type DealId, type PlanId, dealIdSchema, leadPersonIdSchema, ticketOf } from "@regulars/core/plans/ids";
import * as z from "zod";
import type { keysOf } from "../keys.ts";
import { type NamelessWrite, type Operations, type StoredItem, mustBeNew } from "../operations.ts";
import { dealSchema, leadPersonSchema } from "./stored.ts";

type Keys = ReturnType<typeof keysOf>;

/** Deals of one page: neighbours in ticket order change together while they are new. */
const PAGE_DEALS = 100;
/** Pages of deals that came without a ticket, by their ids' hash. */
const HASHED_PAGES = 256;
const DEFLATE_LEVEL = 6;

/** The packed page that a deal lies on, for ever. */
export function boardPageOf({ planId, dealId }: Pick<Deal, "planId" | "dealId">): string {
  const ticket = ticketOf(planId, dealId);
  if (ticket !== undefined) return String(Math.floor(ticket / PAGE_DEALS)).padStart(9, "0");
  let hash = 0x811c9dc5;
  for (let i = 0; i < dealId.length; i += 1) hash = Math.imul(hash ^ dealId.charCodeAt(i), 0x01000193);
  return `x${((hash >>> 0) % HASHED_PAGES).toString(16).padStart(2, "0")}`;
}

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
        UpdateExpression: "ADD dealIds :ids, n :one",
        ExpressionAttributeValues: { ":ids": dealIds, ":one": 1 },
      },
    }));
  }
}

const markSchema = z.object({ sk: z.string(), dealIds: z.set(dealIdSchema), n: z.int() });
const pageSchema = z.object({ sk: z.string(), version: z.int(), rows: z.instanceof(Uint8Array) });
/** Written by this file only, and not checked cell by cell: a search reads a hundred thousand of them. */
const rowsSchema = z.array(z.custom<BoardRow>((row) => typeof row === "object" && row !== null));

interface Page {
  readonly version: number;
  readonly rows: Map<DealId, BoardRow>;
}

/**
 * A plan's deals as filters, sorting and searches read them: packed pages of a hundred, pure projections of the deals.
 * Whoever changes a deal names it in its page's mark, in the same transaction; whoever reads looks at the marked deals
 * themselves and writes the page anew when nobody else has. So an answer is exact at once, a write costs one small
 * update, and 100,000 deals are a Query of a few megabytes; no deal that did not match is read, and no table is scanned.
 */
export class Board {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** Every deal of the plan, in no order. */
  async rows(planId: PlanId): Promise<BoardRow[]> {
    const marks: z.output<typeof markSchema>[] = [];
    const pages = new Map<string, Page>();
    // Marks are read before the pages: one that is gone by then is in the page that is read after it.
    for await (const item of this.#operations.partition(this.#keys.board(planId)))
      if (String(item["sk"]).startsWith("M#")) marks.push(markSchema.parse(item));
      else pages.set(String(item["sk"]).slice(2), unpacked(item));
    await this.#applyMarks(planId, marks, pages);
    return [...pages.values()].flatMap(({ rows }) => [...rows.values()]);
  }

  async #applyMarks(
    planId: PlanId,
    marks: readonly z.output<typeof markSchema>[],
    pages: Map<string, Page>,
  ): Promise<void> {
    const fresh = await this.#freshRows(marks.flatMap(({ dealIds }) => [...dealIds]));
    const folds = marks.map(({ sk, dealIds, n }) => {
      const page = sk.slice(2);
      const { version, rows } = pages.get(page) ?? { version: 0, rows: new Map<DealId, BoardRow>() };
      for (const dealId of dealIds) {
        const row = fresh.get(dealId);
        if (row === undefined) rows.delete(dealId);
        else rows.set(dealId, row);
      }
      pages.set(page, { version, rows });
      return { page, n, version, rows };
    });
    await Promise.all(folds.map((fold) => this.#fold(planId, fold)));
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

  /** Writes a page with what its mark named and takes the mark away; when either has moved meanwhile, the next reader does. */
  async #fold(
    planId: PlanId,
    { page, n, version, rows }: { page: string; n: number; version: number; rows: ReadonlyMap<DealId, BoardRow> },
  ): Promise<void> {
    const isNew = version === 0;
    await this.#operations.transact([
      {
        Put: {
          Item: { ...this.#keys.boardPage(planId, page), version: version + 1, rows: packed(rows) },
          ...(isNew ? mustBeNew : { ConditionExpression: "version = :version" }),
          ...(isNew ? {} : { ExpressionAttributeValues: { ":version": version } }),
        },
      },
      {
        Delete: {
          Key: this.#keys.boardMark(planId, page),
          ConditionExpression: "n = :n",
          ExpressionAttributeValues: { ":n": n },
        },
      },
    ]);
  }
}

const packed = (rows: ReadonlyMap<DealId, BoardRow>): Uint8Array =>
  deflateRawSync(JSON.stringify([...rows.values()]), { level: DEFLATE_LEVEL });

function unpacked(item: StoredItem): Page {
  const { version, rows } = pageSchema.parse(item);
  const parsed = rowsSchema.parse(JSON.parse(inflateRawSync(rows).toString()));
  return { version, rows: new Map(parsed.map((row) => [row.dealId, row])) };
}
