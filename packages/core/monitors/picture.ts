import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { textUpTo } from "../platform/text.ts";
import type { PictureHeader } from "./picture-bytes.ts";
import { gifHeader, plainGif } from "./picture-gif.ts";
import { jpegHeader, plainJpeg } from "./picture-jpeg.ts";
import { plainPng, pngHeader } from "./picture-png.ts";

/** The most bytes, pixels across, pixels down and frames of a picture. */
export const MOST_PICTURE_BYTES = 200 * 1024;
export const MOST_WIDTH = 520;
export const MOST_HEIGHT = 720;
const MOST_FRAMES = 100;

export const pictureTypes = ["image/png", "image/jpeg", "image/gif"] as const;
export type PictureType = (typeof pictureTypes)[number];

const MOST_ALT_TEXT = 300;

/** What a picture shows, for those who cannot see it. */
export const altTextSchema = textUpTo(MOST_ALT_TEXT);

/** A picture as a status names it. Its id is the hash of its bytes, so that what an address shows never changes. */
export const pictureSchema = z.object({
  pictureId: z.string().regex(/^[0-9a-f]{64}$/, "is not the id of a picture"),
  type: z.enum(pictureTypes),
  width: z.int().min(1),
  height: z.int().min(1),
  /** What it shows, for those who cannot see it. */
  altText: z.string(),
});
export type Picture = Immutable<z.output<typeof pictureSchema>>;

interface PictureFormat {
  readonly type: PictureType;
  readonly name: string;
  readonly beginsWith: readonly number[];
  /** `undefined` when the file is cut off or broken. */
  readonly headerOf: (bytes: Uint8Array) => PictureHeader | undefined;
  /** The picture without texts, places, thumbnails and other programs' data. */
  readonly plain: (bytes: Uint8Array) => Uint8Array | undefined;
}

const formats: readonly PictureFormat[] = [
  {
    type: "image/png",
    name: "PNG",
    beginsWith: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    headerOf: pngHeader,
    plain: plainPng,
  },
  { type: "image/jpeg", name: "JPEG", beginsWith: [0xff, 0xd8, 0xff], headerOf: jpegHeader, plain: plainJpeg },
  { type: "image/gif", name: "GIF", beginsWith: [0x47, 0x49, 0x46, 0x38], headerOf: gifHeader, plain: plainGif },
];

/** A picture that may be stored: its type, size and bytes without metadata. */
interface CheckedPicture {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/**
 * Checks an uploaded picture by its content, whatever its name says, and takes out its metadata
 * (docs/reference/monitors.md 4). Size and frames are read from the header before anything else.
 */
export function checkPicture(bytes: Uint8Array): Result<CheckedPicture, "unusable-picture"> {
  if (bytes.length === 0) return unusable("the picture is empty");
  if (bytes.length > MOST_PICTURE_BYTES)
    return unusable(`the picture has ${bytes.length} bytes: at most ${MOST_PICTURE_BYTES} are allowed`);
  const format = formats.find(({ beginsWith }) => beginsWith.every((byte, i) => bytes[i] === byte));
  if (format === undefined) return unusable(`the picture is ${contentOf(bytes)}: PNG, JPEG and GIF are allowed`);
  const header = format.headerOf(bytes);
  if (header === undefined || header.width < 1 || header.height < 1)
    return unusable(`the picture begins like a ${format.name}, but is cut off or broken`);
  const { width, height, frames } = header;
  if (width > MOST_WIDTH || height > MOST_HEIGHT)
    return unusable(`the picture has ${width} x ${height} pixels: at most ${MOST_WIDTH} x ${MOST_HEIGHT} are allowed`);
  if (frames > MOST_FRAMES) return unusable(`the picture has ${frames} frames: at most ${MOST_FRAMES} are allowed`);
  const plain = format.plain(bytes);
  if (plain === undefined) return unusable(`the picture begins like a ${format.name}, but is cut off or broken`);
  return ok({ type: format.type, width, height, bytes: plain });
}

const unusable = (message: string) => refuse("unusable-picture", message);

/** What a file that is no picture seems to be. */
function contentOf(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 512))
    .trimStart()
    .toLowerCase();
  if (start.includes("<svg")) return "an SVG";
  if (start.startsWith("<")) return "HTML or XML";
  if (start.startsWith("riff") && start.includes("webp")) return "a WebP";
  if (start.startsWith("bm")) return "a BMP";
  if (start.startsWith("%pdf")) return "a PDF";
  return "of an unknown type";
}
