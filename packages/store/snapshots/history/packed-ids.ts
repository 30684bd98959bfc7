import { textOfAscii } from "@regulars/core/platform/id-text";
import { packedTextAt } from "../../engine/bytes.ts";

/** The ids of documents in chunks that are unpacked only when they are asked for: a night needs those of few customers. */
export class PackedIds {
  readonly #chunks: { readonly bytes: Uint8Array; readonly first: number }[] = [];
  /** Where each id is in its chunk. */
  #at = new Int32Array(256);
  #count = 0;
  #texts: string[] = [];

  clear(): void {
    this.#chunks.length = 0;
    this.#count = 0;
    if (this.#texts.length > 0) this.#texts = [];
  }

  beginChunk(bytes: Uint8Array): void {
    this.#chunks.push({ bytes, first: this.#count });
  }

  add(at: number): void {
    if (this.#count === this.#at.length) {
      const larger = new Int32Array(this.#count * 2);
      larger.set(this.#at);
      this.#at = larger;
    }
    this.#at[this.#count] = at;
    this.#count += 1;
  }

  texts(): readonly string[] {
    if (this.#texts.length !== this.#count) this.#texts = this.#unpacked();
    return this.#texts;
  }

  #unpacked(): string[] {
    const texts: string[] = [];
    for (const [i, { bytes, first }] of this.#chunks.entries()) {
      const end = this.#chunks[i + 1]?.first ?? this.#count;
      let packed = "";
      for (let d = first; d < end; d += 1) {
        packed = packedTextAt(bytes, this.#at[d] ?? 0, packed);
        texts.push(textOfAscii(packed));
      }
    }
    return texts;
  }
}
