import type { LocalSystem } from "@regulars/local/system";

const CALLS = 60;

/** A user's token of the local sign-in. */
export async function tokenOf(system: LocalSystem, tenantId: string, userId: string): Promise<string> {
  const page = await (await fetch(`${system.url}/sign-in/${tenantId}/${userId}`)).text();
  const token = /TOKEN=([\w.-]+)/.exec(page)?.[1];
  if (token === undefined) throw new Error(`there is no token for ${userId}`);
  return token;
}

/** The milliseconds of each of several calls; the first one, which opens connections, is not among them. */
export async function timesOf(work: () => Promise<unknown>, count = CALLS): Promise<number[]> {
  const times: number[] = [];
  await work();
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}

export const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
