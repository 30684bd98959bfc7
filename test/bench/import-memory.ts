import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Peak memory of an import, and of a dry run, must not grow with the file: `node test/bench/import-memory.ts` prints it and exits 1 when it does. */

/** The first file is smaller than the buffers, the second fills them: larger files may not need more memory. */
const SIZES = [20_000, 200_000, 600_000];
/** Without the database, which is slow: five times the lines are read in seconds. */
const DRY_SIZES = [20_000, 200_000, 1_000_000];
/** Tolerance for garbage collection; lines held in memory would need far more. */
const MAY_GROW_MB = 64;
const LINES_OF_AN_ORDER = 10;
const MB = 1024 * 1024;
const PEAK_MEMORY = new URL("../fixtures/peak-memory.mjs", import.meta.url).href;

/** The lines of an order are far apart, so that no order is complete before the whole file is read. */
function* rows(lines: number): Generator<string> {
  yield "orderId,customerId,orderedAt,itemId,quantity,unitPrice,startedBy\n";
  const orders = lines / LINES_OF_AN_ORDER;
  for (let line = 0; line < lines; line += 1) {
    const order = line % orders;
    const month = String(1 + (order % 12)).padStart(2, "0");
    yield `O-${order},C-${order % 900},2024-${month}-${10 + (order % 18)},I-${(line * 7) % 4_001},${1 + (line % 9)},${1 + (line % 99)}.50,\n`;
  }
}

async function peakOf(place: TempWorkspace, lines: number, ...options: readonly string[]): Promise<number> {
  const name = `${lines}.csv`;
  await pipeline(Readable.from(rows(lines)), createWriteStream(place.path(name)));
  const peak = place.path("peak");
  const command = ["import", "orders", name, "--tenant", `t${lines}`, "--json", ...options];
  const { code, stdout, stderr } = await place.start(command, {
    env: { NODE_OPTIONS: `--import ${PEAK_MEMORY}`, PEAK_MEMORY_FILE: peak },
  }).ended;
  if (code !== 0) throw new Error(stderr);
  const imported: { readonly rows: number } = JSON.parse(stdout);
  if (imported.rows !== lines) throw new Error(`${imported.rows} of ${lines} rows were read`);
  return Number(await readFile(peak, "utf8")) / MB;
}

const place = await aWorkspace();
try {
  for (const { sizes, options } of [
    { sizes: DRY_SIZES, options: ["--dry-run"] },
    { sizes: SIZES, options: [] },
  ]) {
    const peaks: number[] = [];
    for (const lines of sizes) {
      const peak = await peakOf(place, lines, ...options);
      peaks.push(peak);
      console.log(`${lines.toLocaleString("en").padStart(9)} lines ${options.join(" ")}: peak ${peak.toFixed(0)} MB`);
    }
    const [, full = 0, last = 0] = peaks;
    const growth = last - full;
    console.log(`from the second to the third: ${growth.toFixed(0)} MB more; at most ${MAY_GROW_MB} MB`);
    if (growth > MAY_GROW_MB) process.exitCode = 1;
  }
} finally {
  await place.close();
}
