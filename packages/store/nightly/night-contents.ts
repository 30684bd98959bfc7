import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { NightContent } from "@regulars/core/nightly/night-parts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import { CHUNK_LIMIT_BYTES, splitBytes } from "../snapshots/chunk.ts";

/** Changes with what parts leave: a run of another release begins anew. */
const CONTENT_VERSION = 4;

/** What the parts of a night leave for each other, packed, in as many items as it takes. It lasts for one night. */
export class NightContents {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** Stores a content beside the one that a row names: it counts once a row names it. */
  async put(name: string, content: object, expiresAt: number): Promise<NightContent> {
    // Not as JSON: it has maps, and numbers that are not finite.
    const bytes = deflateRawSync(serialize({ version: CONTENT_VERSION, content }), { level: 3 });
    const stamp = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
    const pieces = splitBytes(bytes, CHUNK_LIMIT_BYTES);
    await this.#operations.batchPut(
      pieces.map((v, i) => ({ ...this.#keys.nightPiece(name, stamp, numbered(i)), v, expiresAt })),
    );
    return { stamp, pieces: pieces.length };
  }

  /** `undefined` when a piece is gone, or another release has written it. */
  async get(name: string, { stamp, pieces }: NightContent): Promise<unknown> {
    const found: Uint8Array[] = [];
    for await (const { v } of this.#operations.partition(this.#keys.nightPieces(name), `${stamp}#`))
      if (v instanceof Uint8Array) found.push(v);
    if (found.length !== pieces) return undefined;
    const { version, content }: { readonly version: number; readonly content: unknown } = deserialize(
      inflateRawSync(Buffer.concat(found)),
    );
    return version === CONTENT_VERSION ? content : undefined;
  }

  async remove(name: string, except?: NightContent): Promise<void> {
    const old = [];
    for await (const { pk, sk } of this.#operations.query({
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": this.#keys.nightPieces(name) },
      ProjectionExpression: "pk, sk",
      ConsistentRead: true,
    }))
      if (except === undefined || !String(sk).startsWith(`${except.stamp}#`))
        old.push({ pk: String(pk), sk: String(sk) });
    await this.#operations.batchDelete(old);
  }
}

const numbered = (piece: number): string => String(piece).padStart(4, "0");
