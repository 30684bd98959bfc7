import * as z from "zod";
import type { DealId } from "@regulars/core/platform/ids";
import type { BoardRow } from "@regulars/core/boards/board-row";
import { deflateRawSync, inflateRawSync } from "node:zlib";

const DEFLATE_LEVEL = 6;

/** Expected size of an unpacked block, in bytes. */
const UNPACKED_BYTES = 32_768;

/** A board block: up to a hundred deals as rows, as it was last written. */
export interface BoardBlock {
  /** 0 for a block that was never written. */
  readonly version: number;
  readonly rows: ReadonlyMap<DealId, BoardRow>;
}

export const emptyBlock: BoardBlock = { version: 0, rows: new Map() };

/**
 * Only this file writes these rows. They are not checked cell by cell, because a search reads a hundred thousand of
 * them.
 */
const rowsSchema = z.array(z.custom<BoardRow>((row) => typeof row === "object" && row !== null));

export const packedRows = (rows: ReadonlyMap<DealId, BoardRow>): Uint8Array =>
  deflateRawSync(JSON.stringify([...rows.values()]), { level: DEFLATE_LEVEL });

export function unpackedBlock(version: number, packed: Uint8Array): BoardBlock {
  const text = inflateRawSync(packed, { chunkSize: UNPACKED_BYTES }).toString();
  return { version, rows: new Map(rowsSchema.parse(JSON.parse(text)).map((row) => [row.dealId, row])) };
}
