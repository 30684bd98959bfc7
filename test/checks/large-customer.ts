import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { aWorkspace } from "../fixtures/workspace.ts";

/**
 * Half of `npm run check:large`: a customer of a million order lines in one year beside fifty others. Import, nightly run,
 * `insights` and `doctor --rebuild` must work; prints seconds and peak memory of each.
 */

const LINES = Number(process.argv[2] ?? 1_000_000);
const LINES_PER_ORDER = 100;
const OTHERS = 50;
const ITEMS = 2_000;
const MB = 1024 * 1024;
const PEAK_MEMORY = new URL("../fixtures/peak-memory.mjs", import.meta.url).href;

const dayOf = (nth: number): string => new Date(Date.UTC(2025, 0, 1 + nth)).toISOString().slice(0, 10);

/** The large customer's orders over the days of 2025; the others order every two weeks, and half fall silent in August. */
function* rows(): Generator<string> {
  yield "orderId,customerId,orderedAt,itemId,quantity,unitPrice\n";
  const orders = LINES / LINES_PER_ORDER;
  for (let order = 0; order < orders; order += 1)
    for (let line = 0; line < LINES_PER_ORDER; line += 1)
      yield `L-${order},large,${dayOf(Math.floor((order * 364) / orders))},item-${(order * 31 + line * 17) % ITEMS},${1 + ((order + line) % 12)},${(order % 90) + 5}.50\n`;
  for (let other = 0; other < OTHERS; other += 1)
    for (let nth = 0; nth < (other % 2 === 0 ? 26 : 16); nth += 1)
      yield `O-${other}-${nth},other-${other},${dayOf(nth * 14)},item-${(other + nth) % 40},2,9.90\n`;
}

const place = await aWorkspace();
try {
  await pipeline(Readable.from(rows()), createWriteStream(place.path("orders.csv")));
  const run = async (...command: readonly string[]): Promise<string> => {
    const peak = place.path("peak");
    const started = performance.now();
    const { code, stdout, stderr } = await place.start([...command, "--json"], {
      env: { NODE_OPTIONS: `--import ${PEAK_MEMORY}`, PEAK_MEMORY_FILE: peak },
    }).ended;
    if (code !== 0) throw new Error(`regulars ${command.join(" ")}: ${stderr}`);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const peakMb = (Number(await readFile(peak, "utf8")) / MB).toFixed(0);
    process.stdout.write(`${command.slice(0, 2).join(" ").padEnd(20)} ${seconds.padStart(5)} s, peak ${peakMb} MB\n`);
    return stdout;
  };
  const at = ["--tenant", "big"];
  const imported: { readonly rows: number } = JSON.parse(await run("import", "orders", "orders.csv", ...at));
  const night: { readonly customers: number } = JSON.parse(
    await run("night", ...at, "--as-of", "2025-12-31", "--no-send"),
  );
  const found = await run("insights", ...at, "--as-of", "2025-12-31");
  const doctor: { readonly checks: readonly { readonly isOk: boolean }[] } = JSON.parse(
    await run("doctor", "--rebuild"),
  );
  process.stdout.write(
    `${imported.rows} rows, ${night.customers} customers, ${found.match(/"churn-risk/g)?.length ?? 0} words of churn risk\n`,
  );
  const isWell = night.customers === OTHERS + 1 && found.includes("other-1") && doctor.checks.length > 0;
  process.exitCode = isWell ? 0 : 1;
} finally {
  await place.close();
}
