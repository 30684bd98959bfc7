import { crc32 } from "node:zlib";
import { asciiOfText, textOfAscii } from "@regulars/core/platform/id-text";

/** Bytes that cannot be read: of another version, cut off or changed. */
export class CorruptChunkError extends Error {
  override readonly name = "CorruptChunkError";
}

const CHECKSUM_BYTES = 4;
/** The CRC-32 of any bytes with their CRC-32 after them, the low byte first. */
const CHECKED = 0x21_44_df_1c;

/** A growing byte buffer. Varints hold whole numbers up to 2^53. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} does not fit a varint`);
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** A signed whole number below 2^52. */
  signed(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  /** A short text, stored as its difference from the previous one. */
  textAfter(previousText: string, text: string): void {
    const [previous, value] = [asciiOfText(previousText), asciiOfText(text)];
    let shared = 0;
    while (shared < 15 && shared < previous.length && previous.charCodeAt(shared) === value.charCodeAt(shared))
      shared += 1;
    const rest = value.length - shared;
    this.byte((shared << 4) | Math.min(rest, 15));
    if (rest >= 15) this.varint(rest);
    for (let i = shared; i < value.length; i += 1) this.byte(value.charCodeAt(i));
  }

  /** All bytes that were written, followed by a checksum. */
  finish(): Uint8Array {
    const checksum = crc32(this.#bytes.subarray(0, this.#length));
    for (let i = 0; i < CHECKSUM_BYTES; i += 1) this.byte((checksum >>> (8 * i)) & 0xff);
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads the bytes of a ByteWriter. The constructor rejects another version, and changed or missing bytes. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at = 1;
  /** The text that was read last, and as it is stored: most texts follow one another. */
  #text = "";
  #ascii = "";

  constructor(bytes: Uint8Array, version: number) {
    const end = bytes.length - CHECKSUM_BYTES;
    if (end < 1) throw new CorruptChunkError("the chunk is cut off");
    if (bytes[0] !== version)
      throw new CorruptChunkError(`the chunk has version ${bytes[0]}, this build reads ${version}`);
    // Over bytes and their own checksum it is the same for all of them.
    if (crc32(bytes) !== CHECKED) throw new CorruptChunkError("the chunk's checksum does not match");
    this.#bytes = bytes;
    this.#end = end;
  }

  /** For a loop of its own over many numbers: the bytes, where it begins and where they end; then `moveTo`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get at(): number {
    return this.#at;
  }

  /** Where the numbers end, and the checksum begins. */
  get end(): number {
    return this.#end;
  }

  /** Goes on from a place; throws when it lies behind the end. */
  moveTo(at: number): void {
    if (at > this.#end) throw new CorruptChunkError("the chunk is cut off");
    this.#at = at;
  }

  get hasMore(): boolean {
    return this.#at < this.#end;
  }

  byte(): number {
    if (this.#at >= this.#end) throw new CorruptChunkError("the chunk is cut off");
    const value = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return value;
  }

  varint(): number {
    let byte = this.byte();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 0x80;
    do {
      byte = this.byte();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (value > Number.MAX_SAFE_INTEGER) throw new CorruptChunkError("the chunk holds a number that is too large");
    } while (byte >= 0x80);
    return value;
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Goes past a text that `packedTextAt` may read later. */
  skipText(): void {
    const nibble = this.byte() & 0x0f;
    this.moveTo((nibble === 15 ? this.varint() : nibble) + this.#at);
  }

  textAfter(previousText: string): string {
    const previous = previousText === this.#text ? this.#ascii : asciiOfText(previousText);
    const head = this.byte();
    const nibble = head & 0x0f;
    const rest = nibble === 15 ? this.varint() : nibble;
    let text = previous.slice(0, head >> 4);
    for (let i = 0; i < rest; i += 1) text += String.fromCharCode(this.byte());
    this.#ascii = text;
    this.#text = textOfAscii(text);
    return this.#text;
  }
}

/** A text in the bytes of a reader that has gone past it, as it is stored: `previous` is the one before it. */
export function packedTextAt(bytes: Uint8Array, at: number, previous: string): string {
  const head = bytes[at] ?? 0;
  let from = at + 1;
  let length = head & 0x0f;
  if (length === 15) {
    length = 0;
    let byte: number;
    let scale = 1;
    do {
      byte = bytes[from] ?? 0;
      from += 1;
      length += (byte & 0x7f) * scale;
      scale *= 0x80;
    } while (byte >= 0x80);
  }
  let text = previous.slice(0, head >> 4);
  for (let i = from; i < from + length; i += 1) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
