import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findDatabase } from "@regulars/local/engine/find-database";
import { createTable } from "@regulars/store/engine/create-table";
import { closeTable, openTable } from "@regulars/store/engine/table";
import { table as spec } from "../../infra/table.ts";
import { useTable } from "../fixtures/table-address.ts";
import { checkLedger } from "./ledger/check.ts";

/**
 * `npm run check:ledger`: a year of 1,000 reps with kills, throttling and changes of zones and preferences; a second
 * reading of the preferences predicts each arrival to the minute. `LEDGER_REPS`, `LEDGER_DAYS` and `LEDGER_SEED` make it
 * another one.
 */

const numberOf = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const [reps, days] = [numberOf("LEDGER_REPS", 1_000), numberOf("LEDGER_DAYS", 365)];
const folder = await mkdtemp(join(tmpdir(), "regulars-ledger-"));
const engine = await findDatabase(folder, undefined);
const address = { tableName: spec.name, endpoint: engine.endpoint };
const table = openTable(address);
await createTable(table, spec);
closeTable(table);
useTable(address);
const started = performance.now();
try {
  const report = await checkLedger({
    reps,
    days,
    seed: numberOf("LEDGER_SEED", 17),
    onDay: (day) => {
      if (day % 30 === 0) process.stderr.write(`day ${day} of ${days}\n`);
    },
  });
  const { arrivals, messages, kills, missing, unexpected, repeated, unmarked } = report;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(
    `ledger: ${reps} reps, ${days} days, ${messages} messages, ${arrivals} arrivals, ${kills} kills: ` +
      `${missing.length} missing, ${unexpected.length} not predicted, ${repeated} twice, ${unmarked.length} of them not marked, ${seconds} s\n`,
  );
  for (const one of missing.slice(0, 20)) process.stdout.write(`missing: ${one}\n`);
  for (const one of unexpected.slice(0, 20)) process.stdout.write(`not predicted: ${one}\n`);
  for (const one of unmarked.slice(0, 20)) process.stdout.write(`not marked: ${one}\n`);
  process.exitCode = missing.length + unexpected.length + unmarked.length === 0 ? 0 : 1;
} finally {
  await engine.release();
  await rm(folder, { recursive: true, force: true });
}
