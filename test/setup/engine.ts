import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTable } from "@regulars/store/engine/create-table";
import { openEngine } from "@regulars/local/engine/engine";
import { type TableAddress, closeTable, openTable } from "@regulars/store/engine/table";
import type { TestProject } from "vitest/node";
import { table as spec } from "../../infra/table.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The table that all suites of a run share; each suite makes its own tenant in it. */
    readonly tableAddress: TableAddress;
  }
}

let stop = (): Promise<void> => Promise.resolve();

/** Starts one embedded engine in a temporary folder for the whole run, with the table in it. */
export async function setup(project: TestProject): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-test-"));
  const engine = await openEngine(folder);
  stop = async () => {
    await engine.release();
    await rm(folder, { recursive: true, force: true });
  };
  const tableAddress: TableAddress = { tableName: "regulars-test", endpoint: engine.endpoint };
  const table = openTable(tableAddress);
  await createTable(table, spec);
  closeTable(table);
  project.provide("tableAddress", tableAddress);
}

/** Stops the engine and deletes what it stored. */
export async function teardown(): Promise<void> {
  await stop();
}
