import { describe, expect, it } from "vitest";
import { createSendRate } from "./send-rate.ts";

/** A clock that moves only when everybody waits. */
function aRate(
  given: {
    readonly readRate?: () => Promise<number>;
    readonly processes?: number;
    readonly random?: () => number;
  } = {},
) {
  let now = 0;
  const waiting: { at: number; go: () => void }[] = [];
  const take = createSendRate({
    readRate: () => Promise.resolve(10),
    processes: 1,
    random: () => 0,
    ...given,
    elapsed: () => now,
    wait: (ms) => new Promise<void>((go) => waiting.push({ at: now + ms, go })),
  });
  /** When each mail of these tenants may go, in ms. */
  const times = async (tenants: readonly string[]): Promise<number[]> => {
    const found: number[] = [];
    const all = tenants.map(async (tenant, i) => {
      await take(tenant);
      found[i] = now;
    });
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    for (;;) {
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting.shift();
      if (next === undefined) break;
      now = next.at;
      next.go();
      for (let i = 0; i < 10; i += 1) await Promise.resolve();
    }
    await Promise.all(all);
    return found;
  };
  return { times, passed: (ms: number) => (now += ms) };
}

describe("the rate of mails", () => {
  it("is the account's, over all tenants", async () => {
    expect(await aRate().times(["a", "b", "c", "d"])).toEqual([0, 100, 200, 300]);
  });

  it("leaves half of it to others while one tenant sends many", async () => {
    expect(await aRate().times(["a", "a", "a"])).toEqual([0, 200, 400]);
  });

  it("is each process's part of the account's", async () => {
    expect(await aRate({ processes: 5 }).times(["a", "b", "c"])).toEqual([0, 500, 1_000]);
  });

  it("adds up to at most the account's rate in every second, with 3,000 mails of one tenant and others between", async () => {
    const tenants = Array.from({ length: 3_000 }, (_, i) => (i % 10 === 9 ? `t-${i}` : "big"));
    const times = (await aRate({ random: () => 0.5 }).times(tenants)).toSorted((a, b) => a - b);
    const most = Math.max(...times.map((from, i) => times.slice(i, i + 40).filter((at) => at < from + 1_000).length));
    // Jitter of one mail moves two seconds' edges by a mail each.
    expect(most).toBeLessThanOrEqual(12);
  });

  it("is one a second while it cannot be read, and is read again after ten minutes", async () => {
    let reads = 0;
    const rate = aRate({
      readRate: () => ((reads += 1) === 1 ? Promise.reject(new Error("throttled")) : Promise.resolve(14)),
    });
    expect(await rate.times(["a", "b"])).toEqual([0, 1_000]);
    rate.passed(600_001);
    const [first = 0, second = 0] = await rate.times(["c", "d"]);
    expect(Math.round(second - first)).toBe(71);
    expect(reads).toBe(2);
  });
});
