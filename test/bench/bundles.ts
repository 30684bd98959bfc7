import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { bundling, functions } from "../../infra/functions.ts";
import { bundleHandler } from "../deploy/bundle.ts";
import type { BenchFigure } from "./workspace.ts";

const KIB = 1024;
const RUNS = 5;
const run = promisify(execFile);

/** What the API as deployed loads before its first request, and how long it takes: the quickest of five processes. */
export async function apiBundle(): Promise<BenchFigure[]> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-bundle-"));
  try {
    const { bytes, handler } = await bundleHandler(functions.api.handler, folder, bundling);
    const file = pathToFileURL(join(folder, `${handler.split(".")[0]}.mjs`)).href;
    const times: number[] = [];
    for (let i = 0; i < RUNS; i += 1) times.push(await loadMs(file));
    return [
      { name: "API bundle, loaded at the start", value: bytes / KIB, unit: "KiB", limit: 650 },
      { name: "API bundle, load time", value: Math.min(...times), unit: "ms", limit: 70 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function loadMs(file: string): Promise<number> {
  const script = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t); process.exit(0);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { env: {} });
  return Number(stdout);
}
