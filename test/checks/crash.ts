import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findDatabase } from "@regulars/local/engine/find-database";
import { createTable } from "@regulars/store/engine/create-table";
import { closeTable, openTable } from "@regulars/store/engine/table";
import { table as spec } from "../../infra/table.ts";
import { bundledSender, killSenders } from "./killed-senders.ts";

/** `npm run check:crash`: 60 processes that send messages are killed at random points; none is lost or unmarked twice. */

const folder = await mkdtemp(join(tmpdir(), "regulars-crash-"));
const engine = await findDatabase(folder, undefined);
const table = openTable({ tableName: spec.name, endpoint: engine.endpoint });
await createTable(table, spec);
const started = performance.now();
try {
  const report = await killSenders({
    sender: await bundledSender(folder),
    tableName: spec.name,
    endpoint: engine.endpoint,
    tenantId: "crash",
    rounds: 60,
    seed: 17,
  });
  const { rounds, kills, messages, missing, repeated, unmarked } = report;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `deliveries: ${rounds} rounds, ${kills} kills, ${messages} messages, ${missing.length} missing, ` +
      `${repeated} twice, ${unmarked.length} of them not marked, ${seconds.toFixed(0)} s\n`,
  );
  for (const one of [...missing, ...unmarked]) process.stdout.write(`${one}\n`);
  process.exitCode = missing.length + unmarked.length === 0 ? 0 : 1;
} finally {
  closeTable(table);
  await engine.release();
  await rm(folder, { recursive: true, force: true });
}
