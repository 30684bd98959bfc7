import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/**
 * An item of DynamoDB holds 400 KB: a chunk that is larger than this goes into several items. The rest of an item's room
 * is for its keys and other attributes.
 */
export const CHUNK_LIMIT_BYTES = 300_000;

/** A packed customer-year as it lies in the table. */
export interface Chunk {
  /** How often it was stored; 0 when only pieces of a rebuild that was cut off are there. */
  revision: number;
  /** The first item's bytes. */
  head: Uint8Array;
  /** How many items come after the first, and the name that they share. */
  pieceCount: number;
  stamp: string;
  /** Every further item that was found, also of other revisions, by `<stamp>#<number>`. */
  readonly pieces: Map<string, Uint8Array>;
}

export const emptyChunk = (): Chunk => ({
  revision: 0,
  head: new Uint8Array(),
  pieceCount: 0,
  stamp: "",
  pieces: new Map(),
});

/** A chunk that is at hand in one piece. */
export const wholeChunk = (bytes: Uint8Array, revision: number): Chunk => ({ ...emptyChunk(), head: bytes, revision });

/** Names the pieces of one rebuild: two rebuilds of one revision share a name only when they store the same bytes. */
export const stampOf = (bytes: Uint8Array, revision: number): string =>
  `${String(revision).padStart(9, "0")}-${createHash("sha256").update(bytes).digest("base64url").slice(0, 16)}`;

export const pieceName = (stamp: string, piece: number): string => `${stamp}#${String(piece).padStart(4, "0")}`;

/** The chunk's bytes, cut so that no part is larger than the limit. There is always one. */
export function splitBytes(bytes: Uint8Array, limit: number): readonly [Uint8Array, ...Uint8Array[]] {
  const rest: Uint8Array[] = [];
  for (let at = limit; at < bytes.length; at += limit) rest.push(bytes.subarray(at, at + limit));
  return [bytes.subarray(0, limit), ...rest];
}

/** The whole chunk, or nothing when a piece is missing: another rebuild has taken it away since, or it is lost. */
export function joinedBytes(chunk: Chunk): Uint8Array | undefined {
  if (chunk.pieceCount === 0) return chunk.head;
  const parts = [chunk.head];
  for (let piece = 1; piece <= chunk.pieceCount; piece += 1) {
    const bytes = chunk.pieces.get(pieceName(chunk.stamp, piece));
    if (bytes === undefined) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
