import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openEngine } from "@regulars/local/engine/engine";
import { withFolderLock } from "@regulars/local/engine/folder-lock";
import { freePort } from "@regulars/local/engine/ports";
import { enginesOf } from "../fixtures/processes.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-engine-"));
});

afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

it("runs while it is used, and leaves neither a process nor its engine.json behind", async () => {
  const engine = await openEngine(folder);
  expect(enginesOf(folder)).toHaveLength(1);
  expect(JSON.parse(await readFile(join(folder, "engine.json"), "utf8"))).toMatchObject({ pid: enginesOf(folder)[0] });
  await engine.release();
  expect(enginesOf(folder)).toEqual([]);
  expect(existsSync(join(folder, "engine.json"))).toBe(false);
});

it("does not kill an unrelated process with the id of an engine from before a restart of the machine", async () => {
  const stranger = spawn(process.execPath, ["-e", "setTimeout(() => undefined, 60_000)"], { stdio: "ignore" });
  try {
    await writeFile(join(folder, "engine.json"), JSON.stringify({ pid: stranger.pid, port: await freePort() }));
    const engine = await openEngine(folder);
    await engine.release();
    expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
  } finally {
    stranger.kill("SIGKILL");
  }
});

it("starts despite a truncated engine.json", async () => {
  await writeFile(join(folder, "engine.json"), '{"pid": 12');
  const engine = await openEngine(folder);
  expect(enginesOf(folder)).toHaveLength(1);
  await engine.release();
});

it("takes over the lock of a process that was killed before it wrote its id", async () => {
  const lock = join(folder, "lock");
  await writeFile(lock, "");
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  expect(await withFolderLock(folder, () => Promise.resolve("done"))).toBe("done");
  expect(existsSync(lock)).toBe(false);
});
