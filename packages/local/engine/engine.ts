import { spawn, spawnSync } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./ports.ts";
import { isAlive, withFolderLock } from "./folder-lock.ts";
import { UserError } from "../user-error.ts";

/** A running database and how to release it: the last process that uses the folder's engine stops it. */
export interface Engine {
  readonly endpoint: string;
  readonly release: () => Promise<void>;
}

interface Running {
  readonly pid: number;
  readonly port: number;
}

const START_MS = 15_000;
const STOP_MS = 5_000;
const STDERR_KEPT = 2_000;

/**
 * The embedded DynamoDB-compatible engine of a data folder. Processes share one engine. An engine left running by a
 * killed process is reused, or replaced if it does not answer.
 */
export async function openEngine(folder: string, platform = `${process.platform}-${process.arch}`): Promise<Engine> {
  const binary = engineBinary(platform);
  const users = join(folder, "users");
  await mkdir(users, { recursive: true });
  const running = await withFolderLock(folder, async () => {
    await writeFile(join(users, String(process.pid)), "");
    return (await findRunning(folder)) ?? (await start(folder, binary));
  });
  let isReleased = false;
  return {
    endpoint: `http://127.0.0.1:${running.port}`,
    release: async () => {
      if (isReleased) return;
      isReleased = true;
      await withFolderLock(folder, () => leave(folder, users, running));
    },
  };
}

function engineBinary(platform: string): string {
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${platform}/dynoxide`);
  } catch {
    throw new UserError(
      `there is no embedded database for ${platform}. Start any DynamoDB-compatible server and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start`,
    );
  }
}

async function findRunning(folder: string): Promise<Running | undefined> {
  const note = await readFile(join(folder, "engine.json"), "utf8").catch(() => undefined);
  if (note === undefined) return undefined;
  const running = parseNote(note);
  if (running === undefined || !isEngine(running.pid)) return undefined;
  if (await answers(running.port)) return running;
  await stop(running.pid);
  return undefined;
}

function parseNote(note: string): Running | undefined {
  try {
    const { pid, port } = JSON.parse(note) as Partial<Running>;
    return typeof pid === "number" && typeof port === "number" ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

async function start(folder: string, binary: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(
    binary,
    ["serve", "--host", "127.0.0.1", "--port", String(port), "--db-path", join(folder, "regulars.db")],
    {
      // In its own process group, so that Ctrl-C reaches only this process, which stops the engine when it is done.
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let complaint = "";
  child.stderr?.on("data", (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(-STDERR_KEPT);
  });
  child.on("error", (error) => {
    complaint = error.message;
  });
  if (child.pid !== undefined) noteRunning(folder, { pid: child.pid, port });
  const startEnds = Date.now() + START_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > startEnds) {
      if (child.pid !== undefined) await stop(child.pid);
      throw new UserError(
        `the embedded database did not start in ${folder}: ${complaint.trim() || "it gave no reason"}`,
      );
    }
    await sleep(20);
  }
  child.stderr?.destroy();
  child.unref();
  return { pid: child.pid ?? 0, port };
}

/** Written at once and atomically, so that the engine of a process killed right after the start is found again. */
function noteRunning(folder: string, running: Running): void {
  const note = join(folder, "engine.json");
  writeFileSync(`${note}.part`, JSON.stringify(running));
  renameSync(`${note}.part`, note);
}

/** Whether a process id is an engine's: after a reboot, another process may have the id. */
function isEngine(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return isEngineCommand(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  } catch {
    const { stdout } = spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
    return isEngineCommand(stdout ?? "");
  }
}

const isEngineCommand = (command: string): boolean => command.includes("dynoxide") && command.includes("regulars.db");

async function answers(port: number): Promise<boolean> {
  try {
    const reply = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.ListTables",
        authorization:
          "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
        "x-amz-date": "20260101T000000Z",
      },
      body: "{}",
      signal: AbortSignal.timeout(2_000),
    });
    return (await reply.text()).includes("{");
  } catch {
    return false;
  }
}

async function leave(folder: string, users: string, running: Running): Promise<void> {
  await rm(join(users, String(process.pid)), { force: true });
  for (const name of await readdir(users).catch(() => [])) {
    if (isAlive(Number(name))) return;
    await rm(join(users, name), { force: true });
  }
  await stop(running.pid);
  await rm(join(folder, "engine.json"), { force: true });
}

async function stop(pid: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!isEngine(pid)) return;
    process.kill(pid, signal);
    const stopEnds = Date.now() + STOP_MS;
    while (isEngine(pid) && Date.now() < stopEnds) await sleep(10);
  }
}
