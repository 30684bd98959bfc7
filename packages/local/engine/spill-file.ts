import { fnv1a } from "@regulars/core/platform/hash";
import { createReadStream } from "node:fs";
import { appendFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";
import { isAlive } from "./folder-lock.ts";
import { writingTo } from "./writing-to.ts";

/** Of the input; as staged records and in memory, a bucket is about ten times as large. */
const BUCKET_BYTES = 256 * 1024;
const MAX_BUCKETS = 2_048;
const BUFFERED_BYTES = 2 * 1024 * 1024;

/**
 * Stages records on disk: they are spread over files by the hash of their key, each small enough to be read at once, so
 * that memory use does not grow with the input. `expectedBytes` decides the number of files.
 */
export async function spillFile(
  parent: string,
  expectedBytes: number,
): Promise<RecordGrouper & { readonly dispose: () => Promise<void> }> {
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent);
  const folder = await mkdtemp(join(parent, `${process.pid}-`));
  const count = Math.min(MAX_BUCKETS, Math.max(1, Math.ceil(expectedBytes / BUCKET_BYTES)));
  const buffers: string[][] = Array.from({ length: count }, () => []);
  let buffered = 0;
  const file = (bucket: number): string => join(folder, `${bucket}.jsonl`);
  const flush = async (): Promise<void> => {
    buffered = 0;
    for (const [bucket, lines] of buffers.entries())
      if (lines.length > 0) {
        const text = lines.splice(0).join("");
        await writingTo(file(bucket), () => appendFile(file(bucket), text));
      }
  };
  return {
    add: async (key, staged) => {
      const line = `${oneLine(JSON.stringify([key, staged]))}\n`;
      buffers[fnv1a(key) % count]?.push(line);
      buffered += line.length;
      if (buffered > BUFFERED_BYTES) await flush();
    },
    batches: async function* () {
      await flush();
      for (let bucket = 0; bucket < count; bucket += 1) {
        const groups = await readBucket(file(bucket));
        if (groups.length > 0) yield groups;
      }
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Escapes U+2028 and U+2029, at which line readers end a line and which JSON does not escape. */
const oneLine = (json: string): string => json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/** Deletes folders left by killed imports. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent))
    if (!isAlive(Number(name.split("-")[0]))) await rm(join(parent, name), { recursive: true, force: true });
}

async function readBucket(path: string): Promise<StagedRecord[][]> {
  const byKey = new Map<string, StagedRecord[]>();
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const [key, staged] = JSON.parse(line) as [string, StagedRecord];
      const group = byKey.get(key);
      if (group === undefined) byKey.set(key, [staged]);
      else group.push(staged);
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  return [...byKey.values()];
}
