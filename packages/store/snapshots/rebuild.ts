import type { CustomerId } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { type Chunk, pieceName, splitBytes, stampOf } from "./chunk.ts";
import type { Projection, SourcesOfTruth } from "./projection.ts";
import { chunkKey, markKey } from "./projections.ts";

/** A mark as a reader found it: how often it was set, and the name it was made with. */
export interface DirtyMarker {
  readonly count: number;
  readonly generation: string;
}

/** What a rebuild found in the block: the mark and the chunk that it replaces, if they are there. */
export interface Stale {
  readonly projection: Projection;
  readonly customerId: CustomerId;
  readonly year: number;
  readonly marker: DirtyMarker | undefined;
  readonly chunk: Chunk | undefined;
}

/**
 * Makes customer-years true again from the records: one Query, one conditional Put, one Delete of the mark. A chunk that
 * is larger than one item may be takes a write more for each further piece, and one to remove it the next time.
 */
export class Rebuilder {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #sources: SourcesOfTruth;
  readonly #chunkLimitBytes: number;

  constructor(parts: {
    readonly operations: Operations;
    readonly keys: Keys;
    readonly sources: SourcesOfTruth;
    readonly chunkLimitBytes: number;
  }) {
    this.#operations = parts.operations;
    this.#keys = parts.keys;
    this.#sources = parts.sources;
    this.#chunkLimitBytes = parts.chunkLimitBytes;
  }

  /** The chunk as the truth has it now. */
  chunkOf(projection: Projection, customerId: CustomerId, year: number): Promise<Uint8Array> {
    return projection.pack(this.#sources, customerId, year);
  }

  /** The years in which the customer has records of the projection. */
  yearsOf(projection: Projection, customerId: CustomerId): Promise<readonly number[]> {
    return projection.yearsOf(this.#sources, customerId);
  }

  /**
   * Stores the chunk unless another rebuild has stored a newer one since the block was read (`undefined` then: read
   * the block again). The mark goes only when no write has come in since; a crash before that leaves it standing.
   */
  async repair(stale: Stale): Promise<Uint8Array | undefined> {
    const { projection, customerId, year, marker } = stale;
    const bytes = await this.chunkOf(projection, customerId, year);
    if (!(await this.#store(stale, bytes))) return undefined;
    if (marker === undefined) return bytes;
    await this.#operations.delete(markKey(this.#keys, projection, customerId, year), {
      ConditionExpression: "n = :count AND b = :birth",
      ExpressionAttributeValues: { ":count": marker.count, ":birth": marker.generation },
    });
    return bytes;
  }

  /**
   * Further pieces are written before the first item, under a name that no stored chunk has yet, and former ones are
   * removed after it: whatever a crash leaves, the first item names pieces that are there.
   */
  async #store({ projection, customerId, year, chunk }: Stale, bytes: Uint8Array): Promise<boolean> {
    const revision = chunk?.revision ?? 0;
    const stamp = stampOf(bytes, revision + 1);
    const [head, ...rest] = splitBytes(bytes, this.#chunkLimitBytes);
    const keyOf = (piece?: string) => chunkKey(this.#keys, projection, customerId, year, piece);
    await this.#operations.batchPut(rest.map((v, i) => ({ ...keyOf(pieceName(stamp, i + 1)), v })));
    const pieces = rest.length === 0 ? {} : { c: rest.length, s: stamp };
    const isStored = await this.#operations.put(
      { ...keyOf(), v: head, r: revision + 1, ...pieces },
      revision === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : { ConditionExpression: "r = :revision", ExpressionAttributeValues: { ":revision": revision } },
    );
    if (!isStored) return false;
    for (const piece of chunk?.pieces.keys() ?? [])
      if (!piece.startsWith(stamp)) await this.#operations.delete(keyOf(piece));
    return true;
  }
}
