import { Buffer } from "node:buffer";
import { joinedBytes } from "./chunk.ts";
import type { Projection } from "./projection.ts";
import { projections } from "./projections.ts";
import { type RawSnapshot, yearsIn } from "./raw-snapshot.ts";
import type { Rebuilder } from "./rebuild.ts";

/** Compares every chunk of a customer with the source of truth, and replaces those that differ: whether each was wrong. */
export async function verified(raw: RawSnapshot, rebuilder: Rebuilder): Promise<readonly boolean[]> {
  const mended: boolean[] = [];
  for (const projection of projections)
    for (const year of await yearsOf(raw, projection, rebuilder))
      mended.push(await mend(raw, { projection, year, rebuilder }));
  return mended;
}

/** Years with documents, and years that still have a chunk or a dirty marker although their documents are gone. */
async function yearsOf(raw: RawSnapshot, projection: Projection, rebuilder: Rebuilder): Promise<Set<number>> {
  const years = await rebuilder.yearsOf(projection, raw.customerId);
  const { chunks, dirtyMarkers } = yearsIn(raw, projection);
  return new Set([...years, ...chunks.keys(), ...dirtyMarkers.keys()]);
}

interface ChunkPlace {
  readonly projection: Projection;
  readonly year: number;
  readonly rebuilder: Rebuilder;
}

async function mend(raw: RawSnapshot, { projection, year, rebuilder }: ChunkPlace): Promise<boolean> {
  const { customerId } = raw;
  const { chunks, dirtyMarkers } = yearsIn(raw, projection);
  const chunk = chunks.get(year);
  const stored = chunk === undefined || chunk.revision === 0 ? undefined : joinedBytes(chunk);
  const { bytes, lastDay } = await rebuilder.chunkOf(projection, customerId, year);
  const marker = dirtyMarkers.get(year);
  const isSame = stored !== undefined && Buffer.compare(stored, bytes) === 0;
  if (marker === undefined && isSame && chunk?.lastDay === lastDay) return false;
  if (marker === undefined) await rebuilder.noteChange(projection, customerId, year);
  const repaired = await rebuilder.repair({ projection, customerId, year, marker, chunk });
  // A dirty year is expected to differ, and a year that another process has just rebuilt is right.
  return !isSame && repaired !== undefined && marker === undefined;
}
