import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

/** Only the owner may read the file: it has all that a tenant has. */
const OWN_FILE = 0o600;

/** Writes lines to a compressed file, which is there whole or not at all. */
export async function writeGzipLines(path: string, lines: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const draft = `${path}.part`;
  const ended = async function* (): AsyncGenerator<string> {
    for await (const line of lines) yield `${line}\n`;
  };
  try {
    const file = createWriteStream(draft, { mode: OWN_FILE });
    await pipeline(Readable.from(ended()), createGzip(), file, { signal });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw signal.aborted ? signal.reason : error;
  }
}

/** The lines of a compressed file. Throws when it cannot be read or is cut off. */
export async function* readGzipLines(path: string): AsyncGenerator<string> {
  const unzipped = createGunzip();
  const source = createReadStream(path);
  source.on("error", (error) => unzipped.destroy(error));
  yield* createInterface({ input: source.pipe(unzipped), crlfDelay: Infinity });
}
