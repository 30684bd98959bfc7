import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { BoardRow } from "@regulars/core/boards/board-row";
import type { Deal } from "@regulars/core/deals/deal";
import { type DealId, ticketOf } from "@regulars/core/platform/ids";
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

export function unpackedPage(version: number, packed: Uint8Array): BoardPage {
  const text = inflateRawSync(packed, { chunkSize: UNPACKED_BYTES }).toString();
  return { version, rows: new Map(rowsSchema.parse(JSON.parse(text)).map((row) => [row.dealId, row])) };
}
