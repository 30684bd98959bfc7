import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type Day, day, toDayNumber } from "@regulars/core/platform/values";
import type { PackedYear } from "./projection.ts";

/**
 * Most bytes of a chunk in one item; larger chunks are split. DynamoDB allows 400 KB per item, keys and other
 * attributes included.
 */
export const CHUNK_LIMIT_BYTES = 300_000;

/** A packed customer-year as it is stored. */
export interface Chunk {
  /** How many times it was stored; 0 if only pieces of an interrupted rebuild exist. */
  revision: number;
  /** The first item's bytes. */
  head: Uint8Array;
  /** How many pieces follow the first item, and the stamp that names them. */
  pieceCount: number;
  stamp: string;
  /** The day of the year of the latest placed sale; `undefined` when an earlier release has packed it. */
  lastDay: number | undefined;
  /** All further pieces that were found, also of other revisions, by `<stamp>#<number>`. */
  pieces: ReadonlyMap<string, Uint8Array>;
}

/** Most chunks are in one piece: they share these. */
const NO_BYTES = new Uint8Array();
const NO_PIECES: ReadonlyMap<string, Uint8Array> = new Map();

export const emptyChunk = (): Chunk => ({
  revision: 0,
  head: NO_BYTES,
  pieceCount: 0,
  stamp: "",
  lastDay: undefined,
  pieces: NO_PIECES,
});

export function addPiece(chunk: Chunk, name: string, bytes: Uint8Array): void {
  chunk.pieces = new Map([...chunk.pieces, [name, bytes]]);
}

/** A chunk in one piece. */
export const wholeChunk = ({ bytes, lastDay }: PackedYear, revision: number): Chunk => ({
  ...emptyChunk(),
  head: bytes,
  revision,
  lastDay,
});

const daysBefore = (year: string): number => toDayNumber(day(`${year}-01-01`)) - 1;

/** 1 on the first of January. */
export const dayOfYear = (on: Day): number => toDayNumber(on) - daysBefore(on.slice(0, 4));

/** Whether a year may have a placed sale after a day: also when nobody knows. */
export const mayBeAfter = (year: number, { lastDay }: Pick<Chunk, "lastDay">, on: Day): boolean =>
  lastDay === undefined
    ? year >= Number(on.slice(0, 4))
    : lastDay > 0 && daysBefore(String(year)) + lastDay > toDayNumber(on);

/**
 * The stamp for the pieces of one rebuild. Two rebuilds of one revision get the same stamp only if they store the same
 * bytes.
 */
export const chunkStamp = (bytes: Uint8Array, revision: number): string =>
  `${String(revision).padStart(9, "0")}-${createHash("sha256").update(bytes).digest("base64url").slice(0, 16)}`;

export const pieceName = (stamp: string, piece: number): string => `${stamp}#${String(piece).padStart(4, "0")}`;

/** Splits bytes into parts of at most `limit`; always at least one part. */
export function splitBytes(bytes: Uint8Array, limit: number): readonly [Uint8Array, ...Uint8Array[]] {
  const rest: Uint8Array[] = [];
  for (let at = limit; at < bytes.length; at += limit) rest.push(bytes.subarray(at, at + limit));
  return [bytes.subarray(0, limit), ...rest];
}

/** All bytes of the chunk; `undefined` if a piece is missing, because another rebuild replaced it or it was lost. */
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
