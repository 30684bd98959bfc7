import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Ids of the engines whose database lies in a folder; they are found by their command line, not by any note of ours. */
export function enginesOf(folder: string): readonly number[] {
  const database = join(folder, "regulars.db");
  return processes()
    .filter(({ words }) => words.includes(database))
    .map(({ pid }) => pid);
}

function processes(): { readonly pid: number; readonly words: readonly string[] }[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0)
    .map((pid) => ({ pid, words: commandLine(pid).split("\0") }));
}

/** A process's state as one letter (T is stopped), or nothing when it is gone. */
export function stateOf(pid: number): string | undefined {
  try {
    return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

/** Empty for a process that has just ended, and for one that only waits to be buried. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
