import { type Dismissal, dismissalSchema } from "@regulars/core/insights/dismissal";
import { type Customer, customerSchema } from "@regulars/core/customers/customer";
import { type FormerFinding, storedFindingSchema } from "@regulars/core/insights/stored-finding";
import { type StoredStatuses, noStatuses } from "@regulars/core/snapshots/status-values";
import { PACKED, statusesOf } from "./stored-statuses.ts";
import { isAboutStatus, notedIn, withoutNotes } from "./status-notes.ts";
import type { CustomerId } from "@regulars/core/platform/values";
import { type Chunk, addPiece, emptyChunk } from "./chunk.ts";
import type { Projection } from "./projection.ts";
import { projections } from "./projections.ts";
import type { DirtyMarker } from "./rebuild.ts";
import { type WireItem, wireBytes, wireValues } from "../engine/wire.ts";

/** The chunks and dirty markers of one projection, by year. */
interface PackedYears {
  readonly chunks: Map<number, Chunk>;
  readonly dirtyMarkers: Map<number, DirtyMarker>;
}

/** A customer snapshot as it is stored. */
export interface RawSnapshot {
  readonly customerId: CustomerId;
  customer: Customer | undefined;
  readonly findings: FormerFinding[];
  /** Findings about statuses that an earlier version stored here: they are among the findings too. */
  readonly misplaced: WireItem[];
  readonly dismissals: Dismissal[];
  statuses: StoredStatuses;
  /** Only of projections that have any. */
  readonly years: Map<Projection, PackedYears>;
  /** `true` if the snapshot has a profile or records that make a customer. */
  isCustomer: boolean;
  /** The error of the first part that cannot be read. */
  fault: unknown;
}

/** A snapshot without any part. */
export const emptySnapshot = (customerId: CustomerId): RawSnapshot => ({
  customerId,
  customer: undefined,
  findings: [],
  misplaced: [],
  dismissals: [],
  statuses: noStatuses,
  years: new Map(),
  isCustomer: false,
  fault: undefined,
});

/** The chunks and dirty markers of one projection. */
export function yearsIn(snapshot: RawSnapshot, projection: Projection): PackedYears {
  const known = snapshot.years.get(projection);
  if (known !== undefined) return known;
  const years = { chunks: new Map(), dirtyMarkers: new Map() };
  snapshot.years.set(projection, years);
  return years;
}

const byLetter = new Map(
  projections.flatMap((projection) => [
    [projection.letters.marker, { projection, add: addMark }] as const,
    [projection.letters.chunk, { projection, add: addChunk }] as const,
  ]),
);

/**
 * Adds a stored item to the snapshot. An unreadable item is recorded as its fault, so that other customers can still be
 * read.
 */
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
  if (letter === "P") snapshot.customer = customerSchema.parse(wireValues(item));
  else if (letter === "S") {
    const packed = PACKED.flatMap((name) => (item[name] === undefined ? [] : [[name, wireBytes(item[name])] as const]));
    snapshot.statuses = statusesOf({ ...wireValues(withoutNotes(item)), ...Object.fromEntries(packed) });
    snapshot.findings.push(...notedIn(item, snapshot.customerId));
  } else if (letter === "A") snapshot.dismissals.push(dismissalSchema.parse(wireValues(item)));
  else if (letter === "F") {
    const finding = storedFindingSchema.parse(wireValues(item));
    snapshot.findings.push(finding);
    if (isAboutStatus(finding.subject)) snapshot.misplaced.push(item);
  } else throw new RangeError(`customer ${snapshot.customerId} has an unknown part "${letter}" in its snapshot`);
}

/** A clean marker, whose changes are in the chunk, is none to repair. */
function addMark({ dirtyMarkers }: PackedYears, rest: string, item: WireItem): void {
  if (item["n"]?.N === item["c"]?.N) return;
  dirtyMarkers.set(Number(rest), { count: Number(item["n"]?.N), generation: item["b"]?.S ?? "" });
}

/** `rest` is the year, or `<year>#<stamp>#<number>` for a further piece. */
function addChunk({ chunks }: PackedYears, rest: string, item: WireItem): void {
  const year = Number(rest.slice(0, 4));
  const chunk = chunks.get(year) ?? emptyChunk();
  chunks.set(year, chunk);
  if (rest.length > 4) {
    addPiece(chunk, rest.slice(5), wireBytes(item["v"]));
    return;
  }
  chunk.head = wireBytes(item["v"]);
  chunk.revision = Number(item["r"]?.N ?? 0);
  chunk.pieceCount = Number(item["c"]?.N ?? 0);
  chunk.stamp = item["s"]?.S ?? "";
  chunk.lastDay = item["l"]?.N === undefined ? undefined : Number(item["l"].N);
}
