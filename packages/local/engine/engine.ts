import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UserError } from "../user-error.ts";
import {
  type RunningEngine,
  loopbackAddress,
  findRunning,
  isEngine,
  startEngine,
  stopEngine,
} from "./engine-process.ts";
import { isAlive, withFolderLock } from "./folder-lock.ts";
import { watchProcess } from "./watch-process.ts";

/** A running database and how to release it: the last process that uses the folder's engine stops it. */
export interface Engine {
  readonly endpoint: string;
  readonly release: () => Promise<void>;
  /**
   * From now on starts the engine again, at the same address with the same data, when its process has ended; told each
   * time. Until it is released.
   */
  readonly keepRunning: (onEnd: (restarted: Promise<void>) => void) => void;
}

/**
 * The embedded DynamoDB-compatible engine of a data folder. Processes share one engine, which ends with the last
 * of them, also when that was killed. One left for that moment is reused, or replaced if it does not answer.
 */
export async function openEngine(folder: string, platform = `${process.platform}-${process.arch}`): Promise<Engine> {
  const binary = engineBinary(platform);
  const users = join(folder, "users");
  await mkdir(users, { recursive: true });
  let running = await withFolderLock(folder, async () => {
    await writeFile(join(users, String(process.pid)), "");
    return (await findRunning(folder)) ?? (await startEngine(folder, binary));
  });
  let isReleased = false;
  let stopWatching: (() => Promise<void>) | undefined;
  return {
    endpoint: loopbackAddress(running.port),
    release: async () => {
      if (isReleased) return;
      isReleased = true;
      await stopWatching?.();
      await withFolderLock(folder, () => leave(folder, users, running.pid));
    },
    keepRunning: (onEnd) => {
      stopWatching = watchProcess({
        isRunning: () => isEngine(running.pid),
        restart: async () => {
          running = await withFolderLock(folder, () => restarted(folder, binary, running.port));
        },
        onEnd,
      });
    },
  };
}

/** The engine that another process has started meanwhile, or a new one at the same port. */
async function restarted(folder: string, binary: string, port: number): Promise<RunningEngine> {
  const found = await findRunning(folder);
  if (found !== undefined && found.port !== port) await stopEngine(found.pid);
  return found?.port === port ? found : startEngine(folder, binary, port);
}

/** Whether there is an embedded database for a platform. */
export function hasEngine(platform = `${process.platform}-${process.arch}`): boolean {
  try {
    return engineBinary(platform) !== "";
  } catch {
    return false;
  }
}

function engineBinary(platform: string): string {
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${platform}/dynoxide`);
  } catch {
    throw new UserError(
      `there is no embedded database for ${platform}. Start one with Docker, then run the command again: docker compose up -d`,
    );
  }
}

async function leave(folder: string, users: string, enginePid: number): Promise<void> {
  await rm(join(users, String(process.pid)), { force: true });
  for (const name of await readdir(users).catch(() => [])) {
    if (isAlive(Number(name))) return;
    await rm(join(users, name), { force: true });
  }
  await stopEngine(enginePid);
  await rm(join(folder, "engine.json"), { force: true });
}
