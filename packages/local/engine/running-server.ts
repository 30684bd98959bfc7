import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "./folder-lock.ts";

const noteOf = (folder: string): string => join(folder, "start.json");

/** The address of a running system's pages, so that messages sent by other processes can link to them. */
export async function recordRunningServer(folder: string, url: string): Promise<() => Promise<void>> {
  await writeFile(noteOf(folder), JSON.stringify({ pid: process.pid, url }));
  return () => rm(noteOf(folder), { force: true });
}

/** The address that a system running on this folder has; `undefined` when none runs. */
export async function findRunningServer(folder: string): Promise<string | undefined> {
  const text = await readFile(noteOf(folder), "utf8").catch(() => "{}");
  try {
    const { pid, url } = JSON.parse(text) as { pid?: unknown; url?: unknown };
    return typeof pid === "number" && typeof url === "string" && isAlive(pid) ? url : undefined;
  } catch {
    return undefined;
  }
}
