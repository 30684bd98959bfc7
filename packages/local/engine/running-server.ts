import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../user-error.ts";
import { isAlive, withFolderLock } from "./folder-lock.ts";

const noteOf = (folder: string): string => join(folder, "start.json");

/**
 * Notes the address of a server that listens, so that messages sent by other processes can link to its pages; returns
 * what takes the note back. A folder on which another server runs is refused: both would do its due work.
 */
export const recordRunningServer = (folder: string, url: string): Promise<() => Promise<void>> =>
  withFolderLock(folder, async () => {
    const running = await findRunningServer(folder);
    // At our own address nobody else can listen: such a note was left by a server that was killed.
    if (running !== undefined && running !== url)
      throw new UserError(
        `the data folder ${folder} is in use, by Regulars at ${running}: open that, or stop it first, or name another folder with --data`,
      );
    await writeFile(noteOf(folder), JSON.stringify({ pid: process.pid, url }));
    return () => rm(noteOf(folder), { force: true });
  });

/** The address that a system running on this folder has; `undefined` when none runs. */
export async function findRunningServer(folder: string): Promise<string | undefined> {
  const text = await readFile(noteOf(folder), "utf8").catch(() => "{}");
  try {
    const { pid, url } = JSON.parse(text) as { pid?: unknown; url?: unknown };
    if (typeof pid !== "number" || typeof url !== "string" || !isAlive(pid)) return undefined;
    // After a reboot, another process may have the id. Loaded here: most commands find no note.
    const { isFreePort } = await import("./ports.ts");
    return (await isFreePort(Number(new URL(url).port))) ? undefined : url;
  } catch {
    return undefined;
  }
}
