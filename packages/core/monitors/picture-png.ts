import { type PictureHeader, joined } from "./picture-bytes.ts";

const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12;
/** What a still picture needs; texts, times, profiles and the frames of animations are left out. */
const KEPT = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The chunks of a PNG; `undefined` when one is cut off. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let start = SIGNATURE_BYTES;
  while (start + FRAME_BYTES <= bytes.length) {
    const end = start + FRAME_BYTES + view.getUint32(start);
    if (end > bytes.length) return undefined;
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    chunks.push({ type, start, end });
    if (type === "IEND") return chunks;
    start = end;
  }
  return undefined;
}

/** Width, height and frames of a PNG: its first chunk says how large it is, `acTL` how many frames an animation has. */
export function pngHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isHeader = bytes.length >= 33 && view.getUint32(8) === 13 && view.getUint32(12) === 0x49484452;
  if (!isHeader) return undefined;
  const animation = chunksOf(bytes)?.find(({ type, start, end }) => type === "acTL" && end - start >= FRAME_BYTES + 8);
  const frames = animation === undefined ? 1 : view.getUint32(animation.start + 8);
  return { width: view.getUint32(16), height: view.getUint32(20), frames };
}

/** The PNG without metadata: a copy of the chunks that its pixels need. */
export function plainPng(bytes: Uint8Array): Uint8Array | undefined {
  const chunks = chunksOf(bytes);
  if (chunks === undefined || !chunks.some(({ type }) => type === "IDAT")) return undefined;
  const kept = chunks.filter(({ type }) => KEPT.has(type));
  return joined([bytes.subarray(0, SIGNATURE_BYTES), ...kept.map(({ start, end }) => bytes.subarray(start, end))]);
}
