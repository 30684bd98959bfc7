import { createRequire } from "node:module";
import { join } from "node:path";
import type { Documents } from "@regulars/core/snapshots/history";
import { FIRST_CHARGE, type MadeCustomer } from "./lines.ts";
import type { Answers } from "./question.ts";
import { answersOf, columns, queries } from "./sql.ts";

interface DuckDbApi {
  readonly version: () => string;
  readonly DuckDBInstance: {
    readonly create: (path: string) => Promise<{ readonly connect: () => Promise<DuckDbConnection> }>;
  };
}

interface Appender {
  readonly appendInteger: (value: number) => void;
  readonly appendBoolean: (value: boolean) => void;
  readonly appendBigInt: (value: bigint) => void;
  readonly endRow: () => void;
  readonly closeSync: () => void;
}

interface DuckDbConnection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly createAppender: (table: string) => Promise<Appender>;
  readonly runAndReadAll: (sql: string) => Promise<{
    readonly getRows: () => readonly (readonly unknown[])[];
    readonly getColumns: () => readonly (readonly unknown[])[];
  }>;
}

/** DuckDB's own client; `undefined` while test/bench/peers is not installed. */
export function duckDbApi(): DuckDbApi | undefined {
  const load = createRequire(new URL("../peers/", import.meta.url));
  try {
    const api: DuckDbApi = load("@duckdb/node-api");
    return api;
  } catch {
    return undefined;
  }
}

/** DuckDB in this process, with all cores: its best over a table in memory, and over a Parquet file. */
export async function duckDb(api: DuckDbApi, customers: Iterable<MadeCustomer>, count: number, folder: string) {
  const connection = await (await api.DuckDBInstance.create(":memory:")).connect();
  await connection.run(`CREATE TABLE lines (${columns})`);
  await appendLines(connection, customers);
  const file = join(folder, "lines.parquet");
  await connection.run(`COPY lines TO '${file}' (FORMAT parquet)`);
  const inMemory = (): Promise<Answers> => ask(connection, count);
  const parquet = await (await api.DuckDBInstance.create(":memory:")).connect();
  await parquet.run(`CREATE VIEW lines AS SELECT * FROM '${file}'`);
  const loaded = await (await api.DuckDBInstance.create(":memory:")).connect();
  return {
    version: api.version(),
    inMemory,
    fromParquet: (): Promise<Answers> => ask(parquet, count),
    /** Reads the file into a table first: the columns are decoded once for all questions. */
    loadedFromParquet: async (): Promise<Answers> => {
      await loaded.run(`CREATE OR REPLACE TABLE lines AS SELECT * FROM '${file}'`);
      return ask(loaded, count);
    },
  };
}

async function appendLines(connection: DuckDbConnection, customers: Iterable<MadeCustomer>): Promise<void> {
  const appender = await connection.createAppender("lines");
  for (const { customer, documents } of customers)
    appendDocuments(appender, documents, { customer, firstDocument: customer * 128, firstCharge: FIRST_CHARGE });
  appender.closeSync();
}

/** Appends a customer's lines to a table of the columns that the bench's questions ask for. */
export function appendDocuments(
  appender: Appender,
  documents: Documents,
  given: { readonly customer: number; readonly firstDocument: number; readonly firstCharge: number },
): void {
  for (let d = 0; d < documents.count; d += 1)
    for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1) {
      const item = documents.item[l] ?? 0;
      appender.appendInteger(given.customer);
      appender.appendInteger(given.firstDocument + d);
      appender.appendInteger(documents.day[d] ?? 0);
      appender.appendBoolean(documents.isCredit[d] === 1);
      appender.appendInteger(item);
      appender.appendBoolean(item < given.firstCharge);
      appender.appendInteger(documents.quantity[l] ?? 0);
      appender.appendBigInt(BigInt(documents.netMinor[l] ?? 0));
      appender.endRow();
    }
}

async function ask(connection: DuckDbConnection, customers: number): Promise<Answers> {
  const rows: number[][][] = [];
  for (const query of queries) {
    const result = await connection.runAndReadAll(query);
    rows.push(result.getRows().map((row) => row.map(Number)));
  }
  return answersOf(customers, rows);
}
