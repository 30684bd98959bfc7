import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type Dismissal, dismissalSchema } from "@regulars/core/insights/dismissal";
import { type Customer, customerSchema } from "@regulars/core/customers/customer";
import { type StoredFinding, storedFindingSchema } from "@regulars/core/insights/stored-finding";
import type { CustomerId } from "@regulars/core/platform/values";
import { type Chunk, emptyChunk } from "./chunk.ts";
import type { Projection } from "./projection.ts";
import { projections } from "./projections.ts";
import type { DirtyMarker } from "./rebuild.ts";
import { type WireItem, wireBytes } from "../engine/wire.ts";

/** One projection's chunks and dirty marks, by year. */
export interface PackedYears {
  readonly chunks: Map<number, Chunk>;
  readonly dirtyMarkers: Map<number, DirtyMarker>;
}

/** A customer's snapshot as it lies in the table. */
export interface RawSnapshot {
  readonly customerId: CustomerId;
  customer: Customer | undefined;
  readonly findings: StoredFinding[];
  readonly dismissals: Dismissal[];
  readonly years: ReadonlyMap<Projection, PackedYears>;
  /** Something but records that do not make a customer is there. */
  isCustomer: boolean;
  /** Why a part of it cannot be read: the first that could not. */
  fault: unknown;
}

/** A block before any of its parts is read. */
export const emptySnapshot = (customerId: CustomerId): RawSnapshot => ({
  customerId,
  customer: undefined,
  findings: [],
  dismissals: [],
  years: new Map(projections.map((projection) => [projection, { chunks: new Map(), dirtyMarkers: new Map() }])),
  isCustomer: false,
  fault: undefined,
});

/** The chunks and marks of one projection. */
export function yearsIn(snapshot: RawSnapshot, projection: Projection): PackedYears {
  const years = snapshot.years.get(projection);
  if (years === undefined) throw new Error(`${projection.name} is not among the projections`);
  return years;
}

const byLetter = new Map(
  projections.flatMap((projection) => [
    [projection.letters.marker, { projection, add: addMark }] as const,
    [projection.letters.chunk, { projection, add: addChunk }] as const,
  ]),
);

/** Adds an item of the block's partition to it; one that cannot be read is the block's fault and hinders no other customer. */
export function notePart(snapshot: RawSnapshot, letter: string, rest: string, item: WireItem): void {
  const packed = byLetter.get(letter);
  snapshot.isCustomer ||= packed?.projection.makesCustomer ?? true;
  if (packed !== undefined) return packed.add(yearsIn(snapshot, packed.projection), rest, item);
  try {
    addRecord(snapshot, letter, item);
  } catch (error) {
    snapshot.fault ??= error;
  }
}

function addRecord(snapshot: RawSnapshot, letter: string, item: WireItem): void {
  if (letter === "P") snapshot.customer = customerSchema.parse(unmarshall(item));
  else if (letter === "A") snapshot.dismissals.push(dismissalSchema.parse(unmarshall(item)));
  else if (letter === "F") snapshot.findings.push(storedFindingSchema.parse(unmarshall(item)));
  else throw new RangeError(`customer ${snapshot.customerId} has an unknown part "${letter}" in its block`);
}

function addMark({ dirtyMarkers }: PackedYears, rest: string, item: WireItem): void {
  dirtyMarkers.set(Number(rest), { count: Number(item["n"]?.N), generation: item["b"]?.S ?? "" });
}

/** `rest` is the year, and for a further piece `<year>#<stamp>#<number>`. */
function addChunk({ chunks }: PackedYears, rest: string, item: WireItem): void {
  const year = Number(rest.slice(0, 4));
  const chunk = chunks.get(year) ?? emptyChunk();
  chunks.set(year, chunk);
  if (rest.length > 4) {
    chunk.pieces.set(rest.slice(5), wireBytes(item["v"]));
    return;
  }
  chunk.head = wireBytes(item["v"]);
  chunk.revision = Number(item["r"]?.N ?? 0);
  chunk.pieceCount = Number(item["c"]?.N ?? 0);
  chunk.stamp = item["s"]?.S ?? "";
}
