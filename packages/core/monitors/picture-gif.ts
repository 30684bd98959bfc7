import { type PictureHeader, joined } from "./picture-bytes.ts";

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

interface Block {
  readonly kind: "image" | "control" | "loop" | "metadata" | "end";
  readonly start: number;
  readonly end: number;
  /** The right and lower edge of an image. */
  readonly right?: number;
  readonly lower?: number;
}

/** Bytes of the colour table that a field of flags announces. */
const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1));

/** Where the sub-blocks that begin here end; `undefined` when they are cut off. */
function endOfSubBlocks(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    if (length === 0) return at + 1;
    at += length + 1;
  }
  return undefined;
}

const firstBlock = (bytes: Uint8Array): number => 13 + tableBytes(bytes[10] ?? 0);

/** The blocks after the header; `undefined` when the file is cut off or broken. */
function blocksOf(bytes: Uint8Array): readonly Block[] | undefined {
  const blocks: Block[] = [];
  let start = firstBlock(bytes);
  while (start < bytes.length) {
    const block = blockAt(bytes, start);
    if (block === undefined) return undefined;
    blocks.push(block);
    if (block.kind === "end") return blocks;
    start = block.end;
  }
  return undefined;
}

function blockAt(bytes: Uint8Array, start: number): Block | undefined {
  const introducer = bytes[start];
  if (introducer === TRAILER) return { kind: "end", start, end: start + 1 };
  if (introducer === EXTENSION) {
    const end = endOfSubBlocks(bytes, start + 2);
    return end === undefined ? undefined : { kind: kindOfExtension(bytes, start), start, end };
  }
  if (introducer !== IMAGE || start + 10 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): number => view.getUint16(start + at, true);
  // The colour table of the image, then one byte for the width of its codes.
  const end = endOfSubBlocks(bytes, start + 11 + tableBytes(bytes[start + 9] ?? 0));
  return end === undefined
    ? undefined
    : { kind: "image", start, end, right: word(1) + word(5), lower: word(3) + word(7) };
}

function kindOfExtension(bytes: Uint8Array, start: number): Block["kind"] {
  const label = bytes[start + 1];
  if (label === GRAPHIC_CONTROL) return "control";
  if (label !== APPLICATION) return "metadata";
  const application = String.fromCharCode(...bytes.subarray(start + 3, start + 14));
  return application === "NETSCAPE2.0" || application === "ANIMEXTS1.0" ? "loop" : "metadata";
}

/** Width, height and frames of a GIF: the larger of its screen and its images. */
export function gifHeader(bytes: Uint8Array): PictureHeader | undefined {
  const version = String.fromCharCode(...bytes.subarray(0, 6));
  if (bytes.length < 14 || (version !== "GIF87a" && version !== "GIF89a")) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const images = blocksOf(bytes)?.filter(({ kind }) => kind === "image") ?? [];
  return {
    width: Math.max(screen.width, ...images.map(({ right = 0 }) => right)),
    height: Math.max(screen.height, ...images.map(({ lower = 0 }) => lower)),
    frames: images.length,
  };
}

/** The GIF without comments, texts and other programs' data; how often it repeats stays. */
export function plainGif(bytes: Uint8Array): Uint8Array | undefined {
  const blocks = blocksOf(bytes);
  if (blocks === undefined || !blocks.some(({ kind }) => kind === "image")) return undefined;
  const kept = blocks.filter(({ kind }) => kind !== "metadata");
  return joined([bytes.subarray(0, firstBlock(bytes)), ...kept.map(({ start, end }) => bytes.subarray(start, end))]);
}
