import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@regulars/local/engine/ports";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { enginesOf, processesNaming } from "../fixtures/processes.ts";
import { ROOT } from "../fixtures/workspace.ts";

const WAIT = { timeout: 120_000 };
const LAUNCHER = join(ROOT, "packages/cli/bin.mjs");
const MAIN = join(ROOT, "packages/cli/main.ts");
/** Starts its arguments and waits, as npm does. */
const LIKE_NPM = `require("node:child_process").spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" })`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-ends-"));
});

afterEach(async () => {
  for (const pid of processesNaming(folder)) process.kill(pid, "SIGKILL");
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe("G6: an engine ends with the system", () => {
  it.each([
    ["itself", [MAIN], {}],
    ["its launcher", [LAUNCHER], {}],
    ["npm", ["-e", LIKE_NPM, LAUNCHER], { npm_lifecycle_event: "start" }],
  ])("when kill -9 ends %s", async (_killed, starter, env) => {
    const port = String(await freePort());
    const args = ["start", "--no-demo", "--json", "--port", port, "--data", folder];
    const started = spawn(process.execPath, [...starter, ...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(started.stdout, "data");
    expect(enginesOf(folder)).toHaveLength(1);
    started.kill("SIGKILL");
    // Launcher, server, engine and its guard.
    await vi.waitFor(() => expect(processesNaming(folder)).toEqual([]), WAIT);
  });
});

describe("G6: an output that cannot be written", () => {
  const full = () => openSync("/dev/full", "w");
  async function run(stdout: "pipe" | number, stderr: "pipe" | number, args: readonly string[] = ["--help"]) {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", stdout, stderr] });
    const said = { stdout: "", stderr: "" };
    child.stdout?.on("data", (text: Buffer) => (said.stdout += text.toString()));
    child.stderr?.on("data", (text: Buffer) => (said.stderr += text.toString()));
    await once(child, "close");
    return { code: child.exitCode, ...said };
  }

  it("ends the command with one line if it is the result", async () => {
    expect(await run(full(), "pipe")).toEqual({
      code: 1,
      stdout: "",
      stderr: "regulars: the result cannot be written: the disk is full: free some space and run the command again\n",
    });
  });

  it("changes nothing if it is what is said beside the result", async () => {
    const mistaken = ["insights", "--tenant", "t", "--data", join(folder, "nowhere")];
    expect(await run("pipe", full(), mistaken)).toEqual({ code: 2, stdout: "", stderr: "" });
    expect(await run(full(), full())).toEqual({ code: 1, stdout: "", stderr: "" });
    const helped = await run("pipe", full());
    expect([helped.code, helped.stdout.startsWith("Usage: regulars")]).toEqual([0, true]);
  });

  it("ends the command quietly if it is a closed pipe", async () => {
    const child = spawn(process.execPath, [MAIN, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    child.stdout.destroy();
    await once(child, "close");
    expect([child.exitCode, stderr]).toEqual([0, ""]);
  });
});
