import { isAscii, isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { systemReason } from "@regulars/local/engine/system-reasons";
import { UserError } from "@regulars/local/user-error";

/** A file as it lies on the disk. */
export interface TextFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly isGzip: boolean;
  /** A label of the Encoding Standard: utf-8, utf-16le, windows-1252, … */
  readonly encoding: string;
}

const GZIP = [0x1f, 0x8b];
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** What Windows-1252 has no character for. */
const NO_WINDOWS = /[\u0081\u008D\u008F\u0090\u009D]/;

/** Finds out how a file's text is to be read. `encoding` is what somebody said of it. */
export async function inspectText(path: string, encoding?: string): Promise<TextFile> {
  const { sizeBytes, head } = await headOf(path);
  const isGzip = head[0] === GZIP[0] && head[1] === GZIP[1];
  if (encoding !== undefined && !isEncoding(encoding))
    throw new UserError(`--encoding "${encoding}" is not known: write utf-8, utf-16le, windows-1252 or windows-1251`);
  return { path, sizeBytes, isGzip, encoding: encoding ?? (await encodingOf(path, isGzip)) };
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}

/** The text in pieces; `onRead` is told the bytes of the file that were read. */
export async function* textPieces(
  { path, isGzip, encoding }: TextFile,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let isFirst = true;
  for await (const chunk of bytesOf(path, isGzip, onRead)) {
    yield decoder.decode(isFirst ? unmarked(chunk) : chunk, { stream: true });
    isFirst = false;
  }
  yield decoder.decode();
}

/** Without the mark of UTF-8, which some programs also write before text in another encoding. */
const unmarked = (chunk: Buffer): Buffer =>
  chunk.subarray(0, UTF8_MARK.length).equals(UTF8_MARK) ? chunk.subarray(UTF8_MARK.length) : chunk;

async function* bytesOf(path: string, isGzip: boolean, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      onRead(chunk.length);
      done(null, chunk);
    },
  });
  const source = createReadStream(path);
  source.on("error", (error) => counted.destroy(error));
  const bytes: Readable = isGzip ? gunzipped(source.pipe(counted)) : source.pipe(counted);
  try {
    for await (const chunk of bytes) yield chunk;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code.startsWith("Z_"))
      throw new UserError(`${path} is not a complete gzip file: fetch or compress it again. Nothing was imported`);
    throw error;
  } finally {
    source.destroy();
  }
}

function gunzipped(source: Readable): Readable {
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

async function headOf(path: string): Promise<{ sizeBytes: number; head: Buffer }> {
  try {
    const file = await open(path);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new UserError(`${path} is not a file`);
      const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return { sizeBytes: stat.size, head: buffer };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new UserError(`there is no file ${path}`);
    if (code === "EACCES") throw new UserError(`the file ${path} may not be read: check its rights`);
    const reason = systemReason(error);
    throw reason === undefined ? error : new UserError(`the file ${path} cannot be read: ${reason}`);
  }
}

/**
 * UTF-16 by its mark or its zero bytes, UTF-8 where the bytes are that, else Windows-1252, in which Excel saves. Bytes of
 * both kinds are read as UTF-8, and the rows that are not are rejected.
 */
async function encodingOf(path: string, isGzip: boolean): Promise<string> {
  let isFirst = true;
  let rest = Buffer.alloc(0);
  let [good, bad, odd] = [0, 0, 0];
  for await (const read of bytesOf(path, isGzip, () => undefined)) {
    const chunk = isFirst ? unmarked(read) : read;
    if (isFirst) {
      isFirst = false;
      const utf16 = utf16Of(chunk);
      if (utf16 !== undefined) return utf16;
      if (chunk.subarray(0, 1_024).includes(0))
        throw new UserError(`${path} is not text: save it as a CSV file ("CSV UTF-8")`);
    }
    if (rest.length === 0 && isAscii(chunk)) continue;
    const bytes = Buffer.concat([rest, chunk]);
    const end = wholeCharacters(bytes);
    const whole = bytes.subarray(0, end);
    rest = Buffer.from(bytes.subarray(end));
    if (isUtf8(whole)) good += isAscii(whole) ? 0 : 1;
    else {
      const text = whole.toString("utf8");
      bad += text.match(/\uFFFD/g)?.length ?? 0;
      good += text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
      odd += NO_WINDOWS.test(whole.toString("latin1")) ? 1 : 0;
    }
  }
  bad += rest.length > 0 && !isUtf8(rest) ? 1 : 0;
  return bad > good && odd === 0 ? "windows-1252" : "utf-8";
}

function utf16Of(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 256);
  const zeros = [0, 1].map((side) => sample.filter((byte, i) => byte === 0 && i % 2 === side).length);
  const [even = 0, odd = 0] = zeros;
  if (sample.length < 4 || even + odd < sample.length / 3) return undefined;
  return odd > even ? "utf-16le" : "utf-16be";
}

/** Where the last character that may go on in the next piece begins. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.length - back;
    if (byte < 0x80) break;
  }
  return bytes.length;
}
