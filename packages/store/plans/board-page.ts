import { Buffer } from "node:buffer";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { BoardRow } from "@regulars/core/plans/board-row";
import type { Deal } from "@regulars/core/plans/deal";
import { type DealId, ticketOf } from "@regulars/core/plans/ids";
import * as z from "zod";

/** Deals of one page: neighbours in ticket order change together while they are new. */
const PAGE_DEALS = 100;
/** Pages of deals that came without a ticket, by their ids' hash. */
const HASHED_PAGES = 256;
const DEFLATE_LEVEL = 6;
/** A page is some thirty kilobytes when it is unpacked; room for it is asked for at once. */
const UNPACKED_BYTES = 32_768;

/** The packed page that a deal lies on, for ever. */
export function boardPageOf({ planId, dealId }: Pick<Deal, "planId" | "dealId">): string {
  const ticket = ticketOf(planId, dealId);
  if (ticket !== undefined) return String(Math.floor(ticket / PAGE_DEALS)).padStart(9, "0");
  let hash = 0x811c9dc5;
  for (let i = 0; i < dealId.length; i += 1) hash = Math.imul(hash ^ dealId.charCodeAt(i), 0x01000193);
  return `x${((hash >>> 0) % HASHED_PAGES).toString(16).padStart(2, "0")}`;
}

/** Deals of a page as it was written last. */
export interface BoardPage {
  /** 0 for one that was never written. */
  readonly version: number;
  readonly rows: ReadonlyMap<DealId, BoardRow>;
}

export const emptyPage: BoardPage = { version: 0, rows: new Map() };

/** Written by this file only, and not checked cell by cell: a search reads a hundred thousand of them. */
const rowsSchema = z.array(z.custom<BoardRow>((row) => typeof row === "object" && row !== null));

export const packedRows = (rows: ReadonlyMap<DealId, BoardRow>): Uint8Array =>
  deflateRawSync(JSON.stringify([...rows.values()]), { level: DEFLATE_LEVEL });

/** Rows of pages that were read lately, by the very bytes they came from: nothing in it can be out of date. */
export class UnpackedPages {
  readonly #mostRows: number;
  readonly #kept = new Map<string, { readonly packed: string; readonly page: BoardPage }>();
  #rows = 0;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  /** A page from its packed bytes in base64, as they come over the wire; `name` tells it from every other page there is. */
  pageOf(name: string, packed: string, version: number): BoardPage {
    const known = this.#kept.get(name);
    const page = { version, rows: known?.packed === packed ? known.page.rows : unpacked(packed) };
    this.#keep(name, { packed, page });
    return page;
  }

  /** Those that were not asked for the longest go first. */
  #keep(name: string, entry: { readonly packed: string; readonly page: BoardPage }): void {
    this.#rows += entry.page.rows.size - (this.#kept.get(name)?.page.rows.size ?? 0);
    this.#kept.delete(name);
    this.#kept.set(name, entry);
    for (const [oldest, { page }] of this.#kept) {
      if (this.#rows <= this.#mostRows) break;
      this.#kept.delete(oldest);
      this.#rows -= page.rows.size;
    }
  }
}

function unpacked(packed: string): BoardPage["rows"] {
  const text = inflateRawSync(Buffer.from(packed, "base64"), { chunkSize: UNPACKED_BYTES }).toString();
  return new Map(rowsSchema.parse(JSON.parse(text)).map((row) => [row.dealId, row]));
}
