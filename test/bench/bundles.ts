import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type FunctionSpec, bundling, functions } from "../../infra/functions.ts";
import { bundleHandler } from "../deploy/bundle.ts";
import type { BenchFigure } from "./workspace.ts";

const KIB = 1024;
const RUNS = 5;
const run = promisify(execFile);

/** What the API and the console as deployed load before their first request, and how long it takes. */
export const bundleFigures = async (): Promise<BenchFigure[]> => [
  ...(await bundleOf("API", functions.api)),
  ...(await bundleOf("console", functions.console)),
];

/** The time is that of the quickest of several processes. */
async function bundleOf(name: string, { handler: path, files = [] }: FunctionSpec): Promise<BenchFigure[]> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-bundle-"));
  try {
    const copies = files.map((from) => ({ from, to: basename(from) }));
    const { bytes, handler } = await bundleHandler(path, folder, bundling, copies);
    const file = pathToFileURL(join(folder, `${handler.split(".")[0]}.mjs`)).href;
    const times: number[] = [];
    for (let i = 0; i < RUNS; i += 1) times.push(await loadMs(file));
    return [
      { name: `${name} bundle, loaded at the start`, value: bytes / KIB, unit: "KiB", limit: 650 },
      { name: `${name} bundle, load time`, value: Math.min(...times), unit: "ms", goal: { atMost: 70 } },
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
