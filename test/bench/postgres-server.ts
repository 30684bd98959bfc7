import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARIES = "/usr/lib/postgresql";

/** The folder of PostgreSQL 15's programs; `undefined` where it is not installed. */
export function postgresPrograms(): string | undefined {
  const folder = join(BINARIES, "15", "bin");
  return existsSync(join(folder, "initdb")) ? folder : undefined;
}

/** A server of its own with these settings, in a folder of its own; it ends with `close`. */
export async function startPostgres(programs: string, settings: readonly string[]) {
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
  const data = join(place, "data");
  run("initdb", ["-D", data, "-A", "trust", "-U", "bench", "--no-sync"]);
  const all = [...settings, "listen_addresses=", `unix_socket_directories=${place}`];
  const options = all.map((one) => `-c ${one}`).join(" ");
  run("pg_ctl", ["-D", data, "-w", "-l", join(place, "log"), "-o", options, "start"]);
  const connect = ["-h", place, "-U", "bench"];
  const psql = (...given: string[]): string =>
    run("psql", ["-X", "-q", ...connect, "-d", "postgres", "-v", "ON_ERROR_STOP=1", ...given]);
  return {
    place,
    psql,
    /** PostgreSQL's own program that does the same in many connections at once. */
    pgbench: (...given: string[]): string => run("pgbench", [...connect, ...given, "postgres"]),
    version: psql("-A", "-t", "-c", "SHOW server_version").split(" ")[0] ?? "",
    close: async (): Promise<void> => {
      run("pg_ctl", ["-D", data, "-m", "immediate", "stop"]);
      await rm(place, { recursive: true, force: true });
    },
  };
}

/** The user's numbers: a server refuses to be run by root. */
function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const number = (which: string): number => Number(execFileSync("id", [which, user], { encoding: "utf8" }));
  return { uid: number("-u"), gid: number("-g") };
}
