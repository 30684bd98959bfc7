import { type PictureHeader, joined } from "./picture-bytes.ts";
import { isOnItsSide, orientationOf, orientationSegment } from "./picture-orientation.ts";

/** The application data that Exif is in. */
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Start-of-frame markers; 0xc4, 0xc8 and 0xcc are others. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Application data (Exif with places, thumbnails) and comments. Adobe's 0xee says how colours are stored: it stays. */
const isMetadata = (marker: number): boolean =>
  marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && marker !== 0xee);
/** Markers without a length: the begin, the end, restarts and 0x01. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/** The segments of a JPEG, a scan with its pixels in one; `undefined` when the file is cut off or broken. */
function segmentsOf(bytes: Uint8Array): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  let start = 2;
  while (start + 1 < bytes.length) {
    if (bytes[start] !== 0xff) return undefined;
    const marker = bytes[start + 1] ?? 0;
    if (marker === 0xff) {
      start += 1;
      continue;
    }
    if (marker === END_OF_IMAGE) return [...segments, { marker, start, end: start + 2 }];
    if (isBare(marker)) {
      start += 2;
      continue;
    }
    const length = ((bytes[start + 2] ?? 0) << 8) | (bytes[start + 3] ?? 0);
    const after = start + 2 + length;
    if (length < 2 || after > bytes.length) return undefined;
    const end = marker === START_OF_SCAN ? endOfScan(bytes, after) : after;
    segments.push({ marker, start, end });
    start = end;
  }
  return undefined;
}

/** Where the pixels of a scan end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** Width and height of a JPEG as it is shown, from its frame. */
export function jpegHeader(bytes: Uint8Array): PictureHeader | undefined {
  const segments = segmentsOf(bytes);
  const frame = segments?.find(({ marker, start, end }) => isFrame(marker) && end - start >= 9);
  if (segments === undefined || frame === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint16(frame.start + 7), view.getUint16(frame.start + 5)];
  return isOnItsSide(orientationIn(bytes, segments))
    ? { width: height, height: width, frames: 1 }
    : { width, height, frames: 1 };
}

/** How the picture is to be turned; the first that says it counts. */
function orientationIn(bytes: Uint8Array, segments: readonly Segment[]): number | undefined {
  for (const { marker, start, end } of segments) {
    const orientation = marker === APP1 ? orientationOf(bytes.subarray(start, end)) : undefined;
    if (orientation !== undefined) return orientation;
  }
  return undefined;
}

/** The JPEG without application data and comments, but as it is to be turned; what follows its end is left out. */
export function plainJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const segments = segmentsOf(bytes);
  if (segments === undefined || !segments.some(({ marker }) => marker === START_OF_SCAN)) return undefined;
  const kept = segments.filter(({ marker }) => !isMetadata(marker));
  const orientation = orientationIn(bytes, segments);
  return joined([
    bytes.subarray(0, 2),
    ...(orientation === undefined ? [] : [orientationSegment(orientation)]),
    ...kept.map(({ start, end }) => bytes.subarray(start, end)),
  ]);
}
