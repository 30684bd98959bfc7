import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { enginesOf } from "../fixtures/processes.ts";

/** A test run, reduced to starting and ending its engine. */
const SCRIPT = `
import { openEngine } from "@regulars/local/engine/engine";
import { watchOver } from ${JSON.stringify(new URL("../fixtures/watch-over.ts", import.meta.url).href)};
const [folder] = process.argv.slice(1);
watchOver(folder);
await openEngine(folder + "/engine");
process.stdout.write("ready");
process.stdin.resume();
`;

it("a run of tests that is killed leaves no engine and no file behind", async () => {
  const folder = await mkdtemp(join(tmpdir(), "regulars-run-"));
  const run = spawn(process.execPath, ["--input-type=module", "-e", SCRIPT, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await Promise.race([once(run.stdout, "data"), once(run, "exit")]);
  expect(enginesOf(join(folder, "engine"))).toHaveLength(1);
  run.kill("SIGKILL");
  await vi.waitUntil(() => enginesOf(join(folder, "engine")).length === 0 && !existsSync(folder), { timeout: 50_000 });
  expect(existsSync(folder)).toBe(false);
});
