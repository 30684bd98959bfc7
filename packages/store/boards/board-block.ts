import * as z from "zod";
import type { DealId } from "@regulars/core/platform/ids";
import type { BoardRow } from "@regulars/core/boards/board-row";
import { deflateRawSync, inflateRawSync } from "node:zlib";

const DEFLATE_LEVEL = 6;

/** A page is some thirty kilobytes when it is unpacked; room for it is asked for at once. */
const UNPACKED_BYTES = 32_768;

/** Deals of a page as it was written last. */
export interface BoardBlock {
  /** 0 for one that was never written. */
  readonly version: number;
  readonly rows: ReadonlyMap<DealId, BoardRow>;
}

export const emptyPage: BoardBlock = { version: 0, rows: new Map() };

/** Written by this file only, and not checked cell by cell: a search reads a hundred thousand of them. */
const rowsSchema = z.array(z.custom<BoardRow>((row) => typeof row === "object" && row !== null));

export const packedRows = (rows: ReadonlyMap<DealId, BoardRow>): Uint8Array =>
  deflateRawSync(JSON.stringify([...rows.values()]), { level: DEFLATE_LEVEL });

export function unpackedBlock(version: number, packed: Uint8Array): BoardBlock {
  const text = inflateRawSync(packed, { chunkSize: UNPACKED_BYTES }).toString();
  return { version, rows: new Map(rowsSchema.parse(JSON.parse(text)).map((row) => [row.dealId, row])) };
}
