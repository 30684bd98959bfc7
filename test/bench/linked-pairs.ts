import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BenchFigure } from "./workspace.ts";

const SCRIPT = fileURLToPath(new URL("linked-pairs-peak.ts", import.meta.url));

/** Linked pairs of a tenant of 20,000 items and a million lines, in a process of their own: its memory is nobody else's. */
export async function linkedPairFigures(): Promise<BenchFigure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--disable-warning=ExperimentalWarning", SCRIPT]);
  const { pairs, cpuMs, peakMb }: { readonly pairs: number; readonly cpuMs: number; readonly peakMb: number } =
    JSON.parse(stdout);
  if (pairs === 0) throw new Error("there are no linked pairs to count");
  return [
    { name: "linked pairs of 20,000 items, a million lines: peak memory", value: peakMb, unit: "MB", limit: 256 },
    { name: "… counted in, processor time", value: cpuMs, unit: "ms" },
  ];
}
