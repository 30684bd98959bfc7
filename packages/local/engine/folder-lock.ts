import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../user-error.ts";

const WAIT_MS = 25;
const PATIENCE_MS = 20_000;
const UNOWNED_MS = 2_000;

/** Whether a process of this machine still runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Runs `work` while no other process holds this folder's lock; the lock of a process that died is taken over. */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, "lock");
  await mkdir(folder, { recursive: true });
  const patienceEnds = Date.now() + PATIENCE_MS;
  while (!(await tryLock(file))) {
    if (Date.now() > patienceEnds)
      throw new UserError(`the folder ${folder} is locked by another process; if none runs, delete ${file}`);
    await sleep(WAIT_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    // On a full disk it is held without a name too.
    await handle.writeFile(String(process.pid)).catch(() => undefined);
    await handle.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
  }
  if (await isAbandoned(file)) await rm(file, { force: true });
  return false;
}

/** A process killed between creating the lock and writing its id leaves an empty lock. */
async function isAbandoned(file: string): Promise<boolean> {
  try {
    const holder = Number(await readFile(file, "utf8"));
    return holder > 0 ? !isAlive(holder) : Date.now() - (await stat(file)).mtimeMs > UNOWNED_MS;
  } catch {
    return false;
  }
}
