import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startPostgres } from "../postgres-server.ts";
import { FIRST_CHARGE, type MadeCustomer } from "./lines.ts";
import type { Answers } from "./question.ts";
import { answersOf, columns, queries } from "./sql.ts";

/** A server in memory, as far as settings can bring it there; it ends with `close`. */
export async function postgres(programs: string, customers: Iterable<MadeCustomer>, count: number) {
  const settings = ["fsync=off", "shared_buffers=1GB", "work_mem=512MB"];
  const { place, psql, version, close } = await startPostgres(programs, settings);
  const file = join(place, "lines.csv");
  await writeLines(file, customers);
  psql(
    "-c",
    `CREATE UNLOGGED TABLE lines (${columns})`,
    "-c",
    `\\copy lines FROM '${file}' CSV`,
    "-c",
    "VACUUM ANALYZE lines",
  );
  const script = join(place, "questions.sql");
  const outputs = queries.map((_, i) => join(place, `answer-${i}.csv`));
  const steps = queries.map((query, i) => `\\o ${outputs[i]}\n${query};\n`);
  await writeFile(script, `\\pset format unaligned\n\\pset tuples_only on\n\\pset fieldsep ','\n${steps.join("")}`);
  return {
    version,
    ask: async (): Promise<Answers> => {
      psql("-f", script);
      const texts = await Promise.all(outputs.map((output) => readFile(output, "utf8")));
      return answersOf(
        count,
        texts.map((text) =>
          text
            .split("\n")
            .filter((row) => row !== "")
            .map((row) => row.split(",").map(Number)),
        ),
      );
    },
    close,
  };
}

async function writeLines(path: string, customers: Iterable<MadeCustomer>): Promise<void> {
  const out = createWriteStream(path);
  for (const { customer, documents } of customers) {
    const rows: string[] = [];
    for (let d = 0; d < documents.count; d += 1)
      for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1) {
        const item = documents.item[l] ?? 0;
        const order = `${customer},${customer * 128 + d},${documents.day[d]},${documents.isCredit[d] === 1}`;
        rows.push(`${order},${item},${item < FIRST_CHARGE},${documents.quantity[l]},${documents.netMinor[l]}\n`);
      }
    if (!out.write(rows.join(""))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}
