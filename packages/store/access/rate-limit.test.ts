import { type TokenBucket, type TokenBucketState, bucketOf } from "@regulars/core/access/rate-limit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCalls } from "../../../test/bench/counted-calls.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { isUnkind } from "../../../test/fixtures/unkind-table.ts";

const START = Date.parse("2026-11-23T07:30:00Z");
const MINUTE = 60_000;
const ANNA = "user:anna";
/** A hundred in five seconds: one is refilled every 50 ms, and ten are taken ahead. */
const USUAL = bucketOf({ requests: 100, windowSeconds: 5 });

/** The same bucket without a database: each request is counted for itself. */
function exactBucket() {
  let resetAtMs = 0;
  const take = (nowMs: number, { refillMs, windowMs }: TokenBucket): TokenBucketState => {
    const afterMs = Math.max(resetAtMs, nowMs) + refillMs;
    const isAllowed = afterMs <= nowMs + windowMs;
    if (isAllowed) resetAtMs = afterMs;
    return { isAllowed, resetAtMs };
  };
  return { take };
}

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const limits = fc.record({ requests: fc.integer({ min: 1, max: 120 }), windowSeconds: fc.integer({ min: 1, max: 9 }) });
/** Pauses of less than a request's refill, of a few, and of more than a window; in parts of a refill. */
const pauses = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(0, 0, 0.3, 0.7, 1) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 14, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(40, 500) },
);

describe("a bucket that one process uses", () => {
  it("lets in exactly what the limit allows, with the same times, whatever the limit and the pace", async () => {
    const steps = fc.array(
      fc.record({ pause: pauses, together: fc.integer({ min: 1, max: 25 }), isOther: fc.boolean() }),
      {
        minLength: 5,
        maxLength: 30,
      },
    );
    await fc.assert(
      fc.asyncProperty(limits, limits, fc.boolean(), steps, async (limit, other, changes, asked) => {
        const { rates } = aTenantStore().store;
        const exact = exactBucket();
        let nowMs = START;
        for (const { pause, together, isOther } of asked) {
          const bucket = bucketOf(changes && isOther ? other : limit);
          nowMs += Math.floor(pause * bucket.refillMs);
          const taken = await Promise.all(times(together).map(() => rates.take(ANNA, nowMs, bucket)));
          expect(taken).toEqual(times(together).map(() => exact.take(nowMs, bucket)));
        }
      }),
      { numRuns: 12 },
    );
  });

  it.skipIf(isUnkind())(
    "costs a write for eleven requests that follow one another, and for each that follows a pause",
    async () => {
      const { table, store } = aTenantStore();
      const calls = countCalls(table);
      const callsOf = async (requests: number, nowMs: number): Promise<number> => {
        const { count } = await calls.of(async () => {
          for (const i of times(requests)) await store.rates.take(ANNA, nowMs + i * 10, USUAL);
        });
        return count;
      };
      const counted = [await callsOf(11, START), await callsOf(1, START + 10_000), await callsOf(1, START + 10_551)];
      calls.stop();
      expect(counted).toEqual([1, 1, 1]);
    },
  );

  it.skipIf(isUnkind())("is written exactly, one by one, once half of it is used", async () => {
    const { table, store } = aTenantStore();
    for (const _ of times(55)) await store.rates.take(ANNA, START, USUAL);
    const calls = countCalls(table);
    const { count } = await calls.of(async () => {
      for (const _ of times(45)) await store.rates.take(ANNA, START, USUAL);
    });
    calls.stop();
    expect(count).toBe(45);
  });
});

describe("a bucket that several processes use", () => {
  const steps = (processes: number) =>
    fc.array(fc.record({ pause: pauses, together: fc.integer({ min: 1, max: 25 }), nth: fc.nat(processes - 1) }), {
      minLength: 5,
      maxLength: 40,
    });
  const processesOf = (first: TestTenant, count: number): readonly TestTenant[] =>
    times(count).map((i) => (i === 0 ? first : first.another()));

  it("never lets in more than the limit, and fewer at most by what each takes ahead once in a minute until it is full", async () => {
    const given = fc.integer({ min: 2, max: 4 }).chain((count) => fc.tuple(fc.constant(count), steps(count)));
    await fc.assert(
      fc.asyncProperty(limits, given, async (limit, [count, asked]) => {
        const bucket = bucketOf(limit);
        const first = aTenantStore();
        const processes = processesOf(first, count);
        const exact = exactBucket();
        let nowMs = START;
        let [all, ofExact, sinceFull, ofExactSinceFull, fullAtMs] = [0, 0, 0, 0, START];
        for (const { pause, together, nth } of asked) {
          nowMs += Math.floor(pause * bucket.refillMs);
          const row = await first.item(first.keys.rate(ANNA));
          if (Number(row?.["resetAtMs"] ?? 0) <= nowMs) [sinceFull, ofExactSinceFull, fullAtMs] = [0, 0, nowMs];
          const rates = (processes[nth] ?? first).store.rates;
          const taken = await Promise.all(times(together).map(() => rates.take(ANNA, nowMs, bucket)));
          const letIn = taken.filter(({ isAllowed }) => isAllowed).length;
          const exactly = times(together).filter(() => exact.take(nowMs, bucket).isAllowed).length;
          [all, ofExact] = [all + letIn, ofExact + exactly];
          [sinceFull, ofExactSinceFull] = [sinceFull + letIn, ofExactSinceFull + exactly];
          expect(all).toBeLessThanOrEqual(ofExact);
          const parts = count * (1 + Math.floor((nowMs - fullAtMs) / MINUTE));
          expect(ofExactSinceFull - sinceFull).toBeLessThanOrEqual((parts * bucket.aheadMs) / bucket.refillMs);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("takes nothing ahead while others are seen, so that no steady use by several wastes the limit", async () => {
    const first = aTenantStore();
    const processes = processesOf(first, 3);
    let nowMs = START;
    // Fifteen a second of twenty, for half a minute.
    for (const i of times(450)) {
      nowMs = START + Math.floor((i * 1000) / 15);
      const { isAllowed } = await (processes[i % 3] ?? first).store.rates.take(ANNA, nowMs, USUAL);
      expect(isAllowed).toBe(true);
    }
    const taken = await Promise.all(times(110).map(() => first.store.rates.take(ANNA, nowMs, USUAL)));
    expect(taken.filter(({ isAllowed }) => isAllowed).length).toBe(99);
  });

  it("is full again for all by time, whatever others hold", async () => {
    const first = aTenantStore();
    const [one, other] = [first.store.rates, first.another().store.rates];
    await one.take(ANNA, START, USUAL);
    const burst = (nowMs: number) => Promise.all(times(110).map(() => other.take(ANNA, nowMs, USUAL)));
    const letIn = (taken: readonly TokenBucketState[]): number => taken.filter(({ isAllowed }) => isAllowed).length;
    expect(letIn(await burst(START))).toBe(89);
    expect(letIn(await burst(START + 5_000))).toBe(100);
    // What was taken ahead then is over.
    expect((await one.take(ANNA, START + 5_000, USUAL)).isAllowed).toBe(false);
  });
});
