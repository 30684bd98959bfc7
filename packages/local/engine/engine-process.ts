import { spawn, spawnSync } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../user-error.ts";
import { guardEngine } from "./engine-guard.ts";
import { isAlive } from "./folder-lock.ts";
import { freePort, isFreePort } from "./ports.ts";

/** An engine's process, and the loopback port at which it answers. */
export interface RunningEngine {
  readonly pid: number;
  readonly port: number;
}

const START_MS = 15_000;
const FIRST_USER_PORT = 1024;
const STOP_MS = 5_000;
const STDERR_KEPT = 2_000;

/** The running engine of a folder. One that does not answer is stopped. */
export async function findRunning(folder: string): Promise<RunningEngine | undefined> {
  const running = await readNote(folder);
  if (running === undefined || !isEngine(running.pid)) return undefined;
  if (await answersAt(loopbackAddress(running.port))) return running;
  await stopEngine(running.pid);
  return undefined;
}

async function readNote(folder: string): Promise<RunningEngine | undefined> {
  try {
    const note = await readFile(join(folder, "engine.json"), "utf8");
    const { pid, port } = JSON.parse(note) as Partial<RunningEngine>;
    return typeof pid === "number" && typeof port === "number" ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Starts the engine of a folder, at a given port or at the one that its killed predecessor had, if that is free. */
export async function startEngine(folder: string, binary: string, samePort?: number): Promise<RunningEngine> {
  const port = samePort ?? (await portFor(folder));
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
  if (child.pid !== undefined) {
    guardEngine(resolve(folder), child.pid);
    noteRunning(folder, { pid: child.pid, port });
  }
  const startEnds = Date.now() + START_MS;
  while (!(await answersAt(loopbackAddress(port)))) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > startEnds) {
      if (child.pid !== undefined) await stopEngine(child.pid);
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

/** A process that still uses a killed engine finds the next one at the same port. */
async function portFor(folder: string): Promise<number> {
  const before = (await readNote(folder))?.port;
  return before !== undefined && before >= FIRST_USER_PORT && (await isFreePort(before)) ? before : freePort();
}

/** Written at once and atomically, so that the engine of a process killed right after the start is found again. */
function noteRunning(folder: string, running: RunningEngine): void {
  const note = join(folder, "engine.json");
  writeFileSync(`${note}.part`, JSON.stringify(running));
  renameSync(`${note}.part`, note);
}

/** Whether a process id is an engine's: after a reboot, another process may have the id. */
export function isEngine(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return isEngineCommand(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  } catch {
    const { stdout } = spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
    return isEngineCommand(stdout ?? "");
  }
}

const isEngineCommand = (command: string): boolean => command.includes("dynoxide") && command.includes("regulars.db");

/** Whether a DynamoDB-compatible server answers. */
export async function answersAt(endpoint: string): Promise<boolean> {
  try {
    const reply = await fetch(endpoint, {
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

/** Asks an engine to end, then kills it; resolves when it has ended. */
export async function stopEngine(pid: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!isEngine(pid)) return;
    process.kill(pid, signal);
    const stopEnds = Date.now() + STOP_MS;
    while (isEngine(pid) && Date.now() < stopEnds) await sleep(10);
  }
}

export const loopbackAddress = (port: number): string => `http://127.0.0.1:${port}`;
