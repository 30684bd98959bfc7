const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const LITTLE_ENDIAN = 0x4949;
const BIG_ENDIAN = 0x4d4d;
const TIFF_MAGIC = 42;
const ORIENTATION = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;
/** As it is stored: nothing to turn. */
const UPRIGHT = 1;

/**
 * How an application segment of a JPEG says that its picture is to be turned or mirrored: 2 to 8, as Exif numbers it.
 * `undefined`: it does not, or cannot be read.
 */
export function orientationOf(segment: Uint8Array): number | undefined {
  const data = segment.subarray(4);
  if (!EXIF.every((byte, i) => data[i] === byte) || data.length < EXIF.length + 10) return undefined;
  const view = new DataView(data.buffer, data.byteOffset + EXIF.length, data.length - EXIF.length);
  const order = view.getUint16(0);
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) return undefined;
  const isLittle = order === LITTLE_ENDIAN;
  const first = view.getUint32(4, isLittle);
  if (view.getUint16(2, isLittle) !== TIFF_MAGIC || first + 2 > view.byteLength) return undefined;
  const entries = view.getUint16(first, isLittle);
  for (let at = first + 2, i = 0; i < entries && at + ENTRY_BYTES <= view.byteLength; at += ENTRY_BYTES, i += 1) {
    if (view.getUint16(at, isLittle) !== ORIENTATION || view.getUint16(at + 2, isLittle) !== SHORT) continue;
    const value = view.getUint16(at + 8, isLittle);
    return value > UPRIGHT && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** Whether width and height change places. */
export const isOnItsSide = (orientation: number | undefined): boolean => orientation !== undefined && orientation >= 5;

/** An Exif segment that says nothing but the orientation. */
export const orientationSegment = (orientation: number): Uint8Array =>
  Uint8Array.from(
    [
      [0xff, 0xe1, 0, 34],
      EXIF,
      [0x4d, 0x4d, 0, TIFF_MAGIC, 0, 0, 0, 8],
      [0, 1, ORIENTATION >> 8, ORIENTATION & 255, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0],
      [0, 0, 0, 0],
    ].flat(),
  );
