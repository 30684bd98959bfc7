import { freePort } from "@regulars/local/engine/ports";
import { aWorkspace } from "../fixtures/workspace.ts";
import type { BenchFigure } from "./workspace.ts";

const RUNS = 3;

interface Start {
  readonly address: number;
  readonly findings: number;
}

/**
 * `npm start` in an empty folder, by the clock, from the launcher on: until the address is
 * said and answers, and until the demo's findings are said. Medians of several starts, with the bundle built before.
 */
export async function startFigures(runs = RUNS): Promise<BenchFigure[]> {
  const starts: Start[] = [];
  for (let i = 0; i < runs; i += 1) starts.push(await aStart());
  return [
    { name: "first start: its address, and it answers", value: median(starts, "address"), unit: "s", limit: 2 },
    { name: "… findings of the demo", value: median(starts, "findings"), unit: "s", goal: { atMost: 8 } },
  ];
}

async function aStart(): Promise<Start> {
  const place = await aWorkspace();
  const address = `http://127.0.0.1:${await freePort()}`;
  try {
    const began = performance.now();
    const since = (): number => (performance.now() - began) / 1_000;
    const running = place.start(["start", "--port", new URL(address).port], { asFromTerminal: true });
    await running.until("the address is said", () => saidBy(running).includes(address));
    await (await fetch(address, { redirect: "manual" })).text();
    const answered = since();
    await running.until("the findings are said", () => saidBy(running).includes("Regulars is running."));
    const found = since();
    running.signal("SIGINT");
    await running.ended;
    return { address: answered, findings: found };
  } finally {
    await place.close();
  }
}

const saidBy = (running: { readonly stdout: () => string; readonly stderr: () => string }): string =>
  running.stdout() + running.stderr();

function median(starts: readonly Start[], of: keyof Start): number {
  const sorted = starts.map((start) => start[of]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
