import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { costTable, ticksCost } from "./stage-costs.ts";
import { stageCounts } from "./stage-work.ts";

/**
 * `npm run bench:costs`: counts the units that a stage's work takes, writes them to stage-counts.json, and prints the table
 * of docs/operations.md, where a test expects it.
 */

const counts = await stageCounts();
await writeFile(
  fileURLToPath(new URL("stage-counts.json", import.meta.url)),
  `${JSON.stringify(counts, undefined, 2)}\n`,
);
for (const row of costTable(counts)) process.stdout.write(`| ${row.join(" | ")} |\n`);
process.stdout.write(`ticks: ${ticksCost(counts).toFixed(4)}\n`);
