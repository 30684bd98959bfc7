import { randomUUID } from "node:crypto";
import type { CustomerId } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { type Chunk, pieceName, splitBytes, chunkStamp } from "./chunk.ts";
import type { PackedYear, Projection, SourcesOfTruth } from "./projection.ts";
import { chunkKey, markKey } from "./projections.ts";

/** A dirty marker as it was read: how many times it was set, and the generation it was made with. */
export interface DirtyMarker {
  readonly count: number;
  readonly generation: string;
}

/** What a rebuild replaces: the dirty marker and the chunk, if they exist. */
interface Stale {
  readonly projection: Projection;
  readonly customerId: CustomerId;
  readonly year: number;
  readonly marker: DirtyMarker | undefined;
  readonly chunk: Chunk | undefined;
}

/**
 * Rebuilds customer-years from the source of truth: one Query, one conditional Put, one Update of the dirty marker. A
 * chunk that is larger than one item costs a write more for each further piece, and another to delete that piece at the
 * next rebuild.
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

  /** Packs the chunk from the source of truth. */
  chunkOf(projection: Projection, customerId: CustomerId, year: number): Promise<PackedYear> {
    return projection.pack(this.#sources, customerId, year);
  }

  /** The years in which the customer has records of the projection. */
  yearsOf(projection: Projection, customerId: CustomerId): Promise<readonly number[]> {
    return projection.yearsOf(this.#sources, customerId);
  }

  /**
   * Stores the chunk. `undefined` if another rebuild has stored a newer one since the snapshot was read; then read the
   * snapshot again. The dirty marker is made clean only if no change has come since; after a crash before that, it
   * remains dirty. Clean markers say what has changed until a nightly run forgets them.
   */
  async repair(stale: Stale): Promise<PackedYear | undefined> {
    const { projection, customerId, year, marker } = stale;
    const packed = await this.chunkOf(projection, customerId, year);
    if (!(await this.#store(stale, packed))) return undefined;
    if (marker === undefined) return packed;
    await this.#operations.update({
      Key: markKey(this.#keys, projection, customerId, year),
      UpdateExpression: "SET c = n",
      ConditionExpression: "n = :count AND b = :generation",
      ExpressionAttributeValues: { ":count": marker.count, ":generation": marker.generation },
    });
    return packed;
  }

  /** Says that the chunk of a clean year changes: a rebuild without a change of its records. */
  async noteChange(projection: Projection, customerId: CustomerId, year: number): Promise<void> {
    await this.#operations.update({
      Key: markKey(this.#keys, projection, customerId, year),
      UpdateExpression: "ADD n :one, c :one SET b = if_not_exists(b, :generation)",
      ExpressionAttributeValues: { ":one": 1, ":generation": randomUUID() },
    });
  }

  /**
   * Writes further pieces before the first item, under a new stamp, and deletes the old pieces after it. Whatever a
   * crash leaves behind, the pieces that the first item names exist.
   */
  async #store({ projection, customerId, year, chunk }: Stale, packed: PackedYear): Promise<boolean> {
    const { bytes, lastDay } = packed;
    const revision = chunk?.revision ?? 0;
    const stamp = chunkStamp(bytes, revision + 1);
    const [head, ...rest] = splitBytes(bytes, this.#chunkLimitBytes);
    const keyOf = (piece?: string) => chunkKey(this.#keys, projection, customerId, year, piece);
    await this.#operations.batchPut(rest.map((v, i) => ({ ...keyOf(pieceName(stamp, i + 1)), v })));
    const pieces = rest.length === 0 ? {} : { c: rest.length, s: stamp };
    const last = lastDay === undefined ? {} : { l: lastDay };
    const isStored = await this.#operations.put(
      { ...keyOf(), v: head, r: revision + 1, ...pieces, ...last },
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
