import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type Dismissal, dismissalSchema } from "@regulars/core/insights/dismissal";
import { type Customer, customerSchema } from "@regulars/core/customers/customer";
import { type StoredFinding, storedFindingSchema } from "@regulars/core/insights/stored-finding";
import type { CustomerId } from "@regulars/core/platform/values";
import { type Chunk, emptyChunk } from "./chunk.ts";
import type { Projection } from "./projection.ts";
import { projections } from "./projections.ts";
import type { Mark } from "./rebuild.ts";
import { type WireItem, wireBytes } from "../engine/wire.ts";

/** One projection's chunks and dirty marks, by year. */
export interface PackedYears {
  readonly chunks: Map<number, Chunk>;
  readonly marks: Map<number, Mark>;
}

/** A customer's block as it lies in the table. */
export interface RawBlock {
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
export const emptyBlock = (customerId: CustomerId): RawBlock => ({
  customerId,
  customer: undefined,
  findings: [],
  dismissals: [],
  years: new Map(projections.map((projection) => [projection, { chunks: new Map(), marks: new Map() }])),
  isCustomer: false,
  fault: undefined,
});

/** The chunks and marks of one projection. */
export function yearsIn(block: RawBlock, projection: Projection): PackedYears {
  const years = block.years.get(projection);
  if (years === undefined) throw new Error(`${projection.name} is not among the projections`);
  return years;
}

const byLetter = new Map(
  projections.flatMap((projection) => [
    [projection.letters.mark, { projection, add: addMark }] as const,
    [projection.letters.chunk, { projection, add: addChunk }] as const,
  ]),
);

/** Adds an item of the block's partition to it; one that cannot be read is the block's fault and hinders no other customer. */
export function notePart(block: RawBlock, letter: string, rest: string, item: WireItem): void {
  const packed = byLetter.get(letter);
  block.isCustomer ||= packed?.projection.makesCustomer ?? true;
  if (packed !== undefined) return packed.add(yearsIn(block, packed.projection), rest, item);
  try {
    addRecord(block, letter, item);
  } catch (error) {
    block.fault ??= error;
  }
}

function addRecord(block: RawBlock, letter: string, item: WireItem): void {
  if (letter === "P") block.customer = customerSchema.parse(unmarshall(item));
  else if (letter === "A") block.dismissals.push(dismissalSchema.parse(unmarshall(item)));
  else if (letter === "F") block.findings.push(storedFindingSchema.parse(unmarshall(item)));
  else throw new RangeError(`customer ${block.customerId} has an unknown part "${letter}" in its block`);
}

function addMark({ marks }: PackedYears, rest: string, item: WireItem): void {
  marks.set(Number(rest), { count: Number(item["n"]?.N), birth: item["b"]?.S ?? "" });
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
