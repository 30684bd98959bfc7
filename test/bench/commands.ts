import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seedDemo } from "@regulars/local/demo/seed-demo";
import { runNightlyJob } from "@regulars/cli/nightly/nightly";
import { commandProgram } from "../../bin/command-bundle.mjs";
import { type BenchFigure, inWorkspace } from "./workspace.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RUNS = 5;
/** Loaded before a program: prints at its end what it took of the processor, in microseconds. */
const METER =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write(`\\ncpu ${user+system}`)})';

/**
 * Processor seconds of commands as users run them, from one bundle with Node's compile cache, beside an empty program
 * and the same commands from their sources. The engine's own time is not in it.
 */
export const commandFigures = (): Promise<BenchFigure[]> =>
  inWorkspace(async (system) => {
    const { tenantId, asOf } = await seedDemo(system, () => undefined);
    await runNightlyJob(system, { tenantId, asOf, isOnHold: true });
    const { program, compiled } = await commandProgram(ROOT);
    if (compiled === undefined) throw new Error("the commands could not be bundled");
    const source = join(ROOT, "packages/cli/main.ts");
    const findings = ["insights", "--tenant", tenantId, "--json", "--data", system.folder];
    const bundled = { NODE_COMPILE_CACHE: compiled };
    const first = run([program, ...findings], bundled).stdout;
    if (first !== run([source, ...findings], {}).stdout) throw new Error("bundle and sources answer differently");
    return [
      { name: "a command: an empty Node program", value: seconds(["-e", ""], {}), unit: "s" },
      { name: "… --help", value: seconds([program, "--help"], bundled), unit: "s", limit: 0.5 },
      { name: "… --help from the sources", value: seconds([source, "--help"], {}), unit: "s" },
      { name: "… insights of the demo", value: seconds([program, ...findings], bundled), unit: "s", limit: 0.9 },
      { name: "… insights from the sources", value: seconds([source, ...findings], {}), unit: "s" },
    ];
  });

type Environment = Readonly<Record<string, string>>;

function run(args: readonly string[], environment: Environment): { readonly stdout: string; readonly cpu: number } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", METER, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
  });
  const [, cpu] = /\ncpu (\d+)$/.exec(stderr) ?? [];
  if (status !== 0 || cpu === undefined) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return { stdout, cpu: Number(cpu) / 1e6 };
}

/** The median of several runs, after one that fills the cache. */
function seconds(args: readonly string[], environment: Environment): number {
  run(args, environment);
  const times = Array.from({ length: RUNS }, () => run(args, environment).cpu).toSorted((a, b) => a - b);
  return times[Math.floor(RUNS / 2)] ?? NaN;
}
