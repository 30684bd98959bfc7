import { threeKinds } from "../../../test/fixtures/three-kinds.ts";
import { day, toInstant } from "@regulars/core/platform/values";
import type { BacktestId, BacktestRun } from "@regulars/core/backtests/backtest";
import type { BacktestStore } from "@regulars/core/backtests/backtest-store";
import { describe, expect, it } from "vitest";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import type { AttemptEffects } from "../bulk-engine/run-attempt.ts";
import { backtest } from "./backtest.ts";
import { startBacktest } from "./start-backtest.ts";
import { workBacktest } from "./run-backtest.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";

/** Row BX21: a backtest as an operation, with interruptions and concurrent runners. */

const OPTIONS = { horizonDays: 90, seed: 1, resamples: 50 };
const START = Date.parse("2027-06-01T00:00:00Z");
const MINUTE = 60_000;

/** A tenant with four customers, a clock set by hand, and a queued backtest. */
async function anAssignmentState(
  given: Parameters<typeof anInsightTenant>[0] = {},
  customers: readonly string[] = ["a", "b", "c", "d"],
) {
  const fixture = anInsightTenant(given);
  for (const id of customers) await fixture.orders(id, RHYTHM);
  const { tenant, store } = fixture.testTenant;
  const clock = { nowMs: START };
  const effects: AttemptEffects = {
    clock: () => clock.nowMs,
    elapsed: () => clock.nowMs,
    wait: () => Promise.resolve(),
  };
  let asked = 0;
  const start = () =>
    startBacktest({
      tenant,
      store: store.backtests,
      options: OPTIONS,
      actorId: "user:ada",
      now: toInstant(clock.nowMs),
      letters: String((asked += 1)).padStart(10, "0"),
    });
  const input = {
    tenant,
    catalog: threeKinds,
    store: passing(store.backtests),
    nightly: store.nightly,
    effects,
    patienceMs: 14 * MINUTE,
  };
  const work = (
    backtestId: BacktestId,
    instead: Partial<Omit<Parameters<typeof workBacktest>[0], "backtestId">> = {},
  ) => workBacktest({ ...input, ...instead, backtestId });
  const found = async (backtestId: BacktestId): Promise<BacktestRun | undefined> => store.backtests.find(backtestId);
  return { ...fixture.testTenant, clock, effects, start, work, found };
}

/** A store whose histories cannot be read. */
const breaking = (fault: Error) => ({
  shards: [0],
  snapshots: (): never => {
    throw fault;
  },
});

const passing = (store: BacktestStore): BacktestStore => ({
  create: (backtestRun, companion) => store.create(backtestRun, companion),
  open: () => store.open(),
  close: (backtestId) => store.close(backtestId),
  find: (backtestId) => store.find(backtestId),
  save: (backtestRun, report) => store.save(backtestRun, report),
  report: (backtestId) => store.report(backtestId),
  page: (limit, before) => store.page(limit, before),
});

describe("a queued backtest", () => {
  it("BX21 has the same report as on the command line, once, however often its message comes", async () => {
    const { tenant, store, start, work } = await anAssignmentState();
    const { backtestId, state } = valueOf(await start());
    expect(state).toBe("queued");
    const first = valueOf(await work(backtestId));
    expect(first).toMatchObject({ state: "done", attempts: 1, customersRead: 4, customersTried: 4 });
    expect(await work(backtestId)).toEqual({ ok: true, value: first });
    const quiet = { read: () => undefined, tried: () => undefined };
    const report = valueOf(
      await backtest({ tenant, catalog: threeKinds, store: store.nightly, now: toInstant(START) }, OPTIONS, quiet),
    );
    expect(await store.backtests.report(backtestId)).toEqual(report);
  });

  it("BX21 is one at a time, and in a list with the newest first", async () => {
    const { store, clock, start, work } = await anAssignmentState();
    const ids: BacktestId[] = [];
    for (let i = 0; i < 3; i += 1) {
      const { backtestId } = valueOf(await start());
      expect(await start()).toMatchObject({ ok: false, reason: "backtest-open" });
      await work(backtestId);
      ids.unshift(backtestId);
      clock.nowMs += 1;
    }
    const { backtestRuns, next } = await store.backtests.page(2);
    expect(backtestRuns.map(({ backtestId }) => backtestId)).toEqual(ids.slice(0, 2));
    const rest = await store.backtests.page(2, next);
    expect(rest.backtestRuns.map(({ backtestId }) => backtestId)).toEqual(ids.slice(2));
    expect(rest.next).toBeUndefined();
  });

  it("BX21 is left to its current runner, and started again if that one is gone", async () => {
    const { store, clock, start, work, found } = await anAssignmentState();
    const { backtestId } = valueOf(await start());
    let meanwhile: BacktestRun | undefined;
    const slow = {
      shards: [0],
      async *snapshots(): ReturnType<typeof store.nightly.snapshots> {
        meanwhile = valueOf(await work(backtestId));
        clock.nowMs += 3 * MINUTE;
        // The first runner's lease has expired: the next one takes it and ends the backtest first.
        await work(backtestId);
        yield* store.nightly.snapshots(0, { asOf: day("2027-05-31") }, { repair: false });
      },
    };
    await work(backtestId, { nightly: slow });
    expect(meanwhile).toMatchObject({ state: "running", attempts: 1 });
    expect(await found(backtestId)).toMatchObject({ state: "done", attempts: 2, customersTried: 4 });
  });

  it("BX21 is retried after an error, and has the error after the third attempt", async () => {
    const { start, work, found } = await anAssignmentState();
    const { backtestId } = valueOf(await start());
    const broken = breaking(new RangeError("a chunk is cut off"));
    for (const state of ["queued", "queued", "failed"]) {
      await expect(work(backtestId, { nightly: broken })).rejects.toThrow("a chunk is cut off");
      const failure = { reason: "fault", message: "it met a fault: RangeError: a chunk is cut off" };
      expect(await found(backtestId)).toMatchObject({ state, failure });
    }
    expect(await work(backtestId)).toMatchObject({ ok: true, value: { state: "failed" } });
    expect(valueOf(await start()).state).toBe("queued");
  });

  it("BX21 succeeds in the attempt after an error", async () => {
    const { start, work, found } = await anAssignmentState();
    const { backtestId } = valueOf(await start());
    const broken = breaking(new Error("not now"));
    await expect(work(backtestId, { nightly: broken })).rejects.toThrow("not now");
    await work(backtestId);
    const done = await found(backtestId);
    expect(done).toMatchObject({ state: "done", attempts: 2 });
    expect(done?.failure).toBeUndefined();
  });

  it("BX21 fails with a reason without orders, and when it takes too long", async () => {
    const empty = await anAssignmentState({}, []);
    const { backtestId } = valueOf(await empty.start());
    expect(valueOf(await empty.work(backtestId))).toMatchObject({ state: "failed", failure: { reason: "no-orders" } });
    const slow = await anAssignmentState();
    const long = valueOf(await slow.start()).backtestId;
    const effects = { ...slow.effects, elapsed: () => (slow.clock.nowMs += 1_000) };
    expect(valueOf(await slow.work(long, { effects, patienceMs: 10_000 }))).toMatchObject({
      state: "failed",
      failure: { reason: "too-long" },
    });
    expect(await slow.store.backtests.report(long)).toBeUndefined();
  });

  it("BX21 does not block the next one after three interruptions", async () => {
    const { store, clock, start, work, found } = await anAssignmentState();
    const { backtestId } = valueOf(await start());
    const killed = new Error("killed");
    for (let i = 0; i < 3; i += 1) {
      // Killed after its start: it saves nothing more.
      let saves = 0;
      const save = (backtestRun: BacktestRun): Promise<boolean> =>
        (saves += 1) > 1 ? Promise.reject(killed) : store.backtests.save(backtestRun);
      const deaf = { ...passing(store.backtests), save };
      await expect(work(backtestId, { nightly: breaking(killed), store: deaf })).rejects.toThrow("killed");
      clock.nowMs += 3 * MINUTE;
    }
    expect(await found(backtestId)).toMatchObject({ state: "running", attempts: 3 });
    expect(valueOf(await start()).state).toBe("queued");
    expect(await work(backtestId)).toMatchObject({
      ok: true,
      value: { state: "failed", failure: { reason: "cut-off" } },
    });
    expect(await found(backtestId)).toMatchObject({ state: "failed" });
  });

  it("BX21, FY03 is no part of the edition basic", async () => {
    const { start } = await anAssignmentState({ edition: "basic" });
    expect(await start()).toMatchObject({ ok: false, reason: "feature-not-in-edition" });
  });
});
