import { UnreadableRowError } from "@regulars/core/platform/unreadable-row";
import * as z from "zod";
import type { CustomerId } from "@regulars/core/platform/values";
import { CorruptChunkError } from "../engine/bytes.ts";
import { joinedBytes } from "./chunk.ts";
import type { Projection } from "./projection.ts";
import { projections } from "./projections.ts";
import type { RawSnapshot } from "./raw-snapshot.ts";

/** Whether there is nothing to repair, and no piece is missing. */
export function isWhole(raw: RawSnapshot): boolean {
  for (const { dirtyMarkers } of raw.years.values()) if (dirtyMarkers.size > 0) return false;
  return missingPiece(raw) === undefined;
}

/** The stored chunks of a projection in year order. The caller has checked that all pieces exist. */
export function packedYears(raw: RawSnapshot, projection: Projection): readonly [number, Uint8Array][] {
  const years = raw.years.get(projection);
  if (years === undefined) return NO_YEARS;
  const packed: [number, Uint8Array][] = [];
  for (const [year, chunk] of years.chunks)
    if (chunk.revision > 0) packed.push([year, joinedBytes(chunk) ?? new Uint8Array()]);
  return packed.length < 2 ? packed : packed.toSorted(([a], [b]) => a - b);
}

const NO_YEARS: readonly [number, Uint8Array][] = [];

/** The records of all years of a projection. */
export const decoded = <T>(
  raw: RawSnapshot,
  projection: Projection,
  decode: (bytes: Uint8Array) => readonly T[],
): T[] =>
  packedYears(raw, projection).flatMap(([year, bytes]) =>
    naming(raw.customerId, projection.name, year, () => decode(bytes)),
  );

/** The error for the first chunk that lacks a piece, because a rebuild has just replaced it or the piece was lost. */
export function missingPiece({ customerId, years }: RawSnapshot): CorruptChunkError | undefined {
  for (const [{ name }, { chunks }] of years)
    for (const [year, chunk] of chunks)
      if (joinedBytes(chunk) === undefined)
        return corruptYear(customerId, name, year, "a piece of the chunk is missing");
  return undefined;
}

/**
 * The profile and the revisions of all packed years; of a year that is not packed yet, its changes too. JSON, written by
 * hand: a night asks for it of every customer.
 */
export function packedYearsStamp(raw: RawSnapshot): string {
  let text = `[${JSON.stringify(raw.customer) ?? null}`;
  for (const projection of projections) {
    text += `,["${projection.name}"`;
    const years = raw.years.get(projection);
    for (const [year, { revision }] of years?.chunks ?? []) text += `,[${year},${revision}]`;
    for (const [year, { count, generation }] of years?.dirtyMarkers ?? [])
      text += `,[${year},${count},${JSON.stringify(generation)}]`;
    text += "]";
  }
  return `${text}]`;
}

/** Reads a chunk; what is wrong with it names the customer and the year. */
export function naming<T>(customerId: CustomerId, what: string, year: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CorruptChunkError)) throw error;
    throw corruptYear(customerId, what, year, error.message, error);
  }
}

const corruptYear = (customerId: CustomerId, what: string, year: number, message: string, cause?: unknown) =>
  new CorruptChunkError(
    `${what} of customer ${customerId} in ${year}: ${message}. "regulars doctor --rebuild" makes it anew from the orders`,
    { cause },
  );

/** Errors in the data of one customer. All others (an outage, a throttled table) stop the run, which is tried again. */
export const isUnreadable = (error: unknown): error is Error =>
  error instanceof CorruptChunkError ||
  error instanceof UnreadableRowError ||
  error instanceof z.ZodError ||
  error instanceof RangeError;

export const reasonOf = (error: Error): string =>
  error instanceof z.ZodError ? `a stored part cannot be read: ${z.prettifyError(error)}` : error.message;
