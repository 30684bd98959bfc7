import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FIRST_CHARGE, type MadeCustomer } from "./lines.ts";
import type { Answers } from "./question.ts";
import { answersOf, columns, queries } from "./sql.ts";

const BINARIES = "/usr/lib/postgresql";

/** The folder of PostgreSQL 15's programs; `undefined` where it is not installed. */
export function postgresPrograms(): string | undefined {
  const folder = join(BINARIES, "15", "bin");
  return existsSync(join(folder, "initdb")) ? folder : undefined;
}

/** A server of its own, in memory as far as settings can bring it there; it ends with `close`. */
export async function postgres(programs: string, customers: Iterable<MadeCustomer>, count: number) {
  // Of its own: the server's user must reach it.
  const place = await mkdtemp(join(tmpdir(), "regulars-postgres-"));
  const owner = process.getuid?.() === 0 ? idsOf("postgres") : undefined;
  if (owner !== undefined) await chown(place, owner.uid, owner.gid);
  const run = (program: string, given: readonly string[]): string =>
    execFileSync(join(programs, program), given, {
      ...owner,
      cwd: place,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  run("initdb", ["-D", join(place, "data"), "-A", "trust", "-U", "bench", "--no-sync"]);
  const settings = [
    "fsync=off",
    "shared_buffers=1GB",
    "work_mem=512MB",
    "listen_addresses=",
    `unix_socket_directories=${place}`,
  ];
  run("pg_ctl", [
    "-D",
    join(place, "data"),
    "-w",
    "-l",
    join(place, "log"),
    "-o",
    settings.map((one) => `-c ${one}`).join(" "),
    "start",
  ]);
  const psql = (...given: string[]): string =>
    run("psql", ["-X", "-q", "-h", place, "-U", "bench", "-d", "postgres", "-v", "ON_ERROR_STOP=1", ...given]);
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
    version: psql("-A", "-t", "-c", "SHOW server_version").split(" ")[0],
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
    close: async (): Promise<void> => {
      run("pg_ctl", ["-D", join(place, "data"), "-m", "immediate", "stop"]);
      await rm(place, { recursive: true, force: true });
    },
  };
}

/** The user's numbers: a server refuses to be run by root. */
function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const number = (which: string): number => Number(execFileSync("id", [which, user], { encoding: "utf8" }));
  return { uid: number("-u"), gid: number("-g") };
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
