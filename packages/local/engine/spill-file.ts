import { fnv1a } from "@regulars/core/platform/hash";
import { createReadStream } from "node:fs";
import { appendFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";
import { isAlive } from "./folder-lock.ts";
import { writingTo } from "./writing-to.ts";

/** Of the input; as staged records and in memory, a bucket is about ten times as large. */
const BUCKET_BYTES = 256 * 1024;
const MAX_BUCKETS = 2_048;
const BUFFERED_CHARACTERS = 1024 * 1024;
const READ_BYTES = 256 * 1024;
/** Of a bucket, what is handed out at once where a key's records may be parted. */
const PART_CHARACTERS = 2 * 1024 * 1024;

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
  let stages = 0;
  const stage = <Staged>(partCharacters: number): RecordGrouper<Staged> => {
    const name = stages;
    stages += 1;
    return stageIn(
      (bucket) => join(folder, `${name}-${bucket}.jsonl`),
      count,
      partCharacters,
      () => stage(PART_CHARACTERS),
    );
  };
  return { ...stage<StagedRecord>(Infinity), dispose: () => rm(folder, { recursive: true, force: true }) };
}

function stageIn<Staged>(
  file: (bucket: number) => string,
  count: number,
  partCharacters: number,
  another: RecordGrouper<Staged>["another"],
): RecordGrouper<Staged> {
  const buffers: string[] = Array.from({ length: count }, () => "");
  let buffered = 0;
  const flush = async (): Promise<void> => {
    buffered = 0;
    for (const [bucket, text] of buffers.entries()) {
      if (text === "") continue;
      buffers[bucket] = "";
      await writingTo(file(bucket), () => appendFile(file(bucket), text));
    }
  };
  return {
    add: (key, staged) => {
      const line = `${JSON.stringify([key, staged])}\n`;
      const bucket = fnv1a(key) % count;
      buffers[bucket] += line;
      buffered += line.length;
      return buffered > BUFFERED_CHARACTERS ? flush() : undefined;
    },
    batches: async function* () {
      await flush();
      for (let bucket = 0; bucket < count; bucket += 1) {
        yield* readBucket<Staged>(file(bucket), partCharacters);
        await rm(file(bucket), { force: true });
      }
    },
    another,
  };
}

/** Deletes folders left by killed imports. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent))
    if (!isAlive(Number(name.split("-")[0]))) await rm(join(parent, name), { recursive: true, force: true });
}

async function* readBucket<Staged>(path: string, partCharacters: number): AsyncGenerator<Staged[][]> {
  let byKey = new Map<string, Staged[]>();
  let read = 0;
  for await (const lines of linesOf(path)) {
    for (const line of lines) {
      const [key, staged] = JSON.parse(line) as [string, Staged];
      const group = byKey.get(key);
      if (group === undefined) byKey.set(key, [staged]);
      else group.push(staged);
      read += line.length;
    }
    if (read < partCharacters) continue;
    yield [...byKey.values()];
    [byKey, read] = [new Map(), 0];
  }
  if (byKey.size > 0) yield [...byKey.values()];
}

/** The lines of a file, many at a time; none of a file that is not there. JSON has no line end within a line. */
async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  let held = "";
  try {
    for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: READ_BYTES })) {
      const lines = `${held}${String(piece)}`.split("\n");
      held = lines.pop() ?? "";
      yield lines;
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
