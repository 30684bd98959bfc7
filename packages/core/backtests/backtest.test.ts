import { describe, expect, it } from "vitest";
import { toInstant } from "../platform/values.ts";
import { begun, extended, givenBack, isAtWork, isOpen, isOverdue, standingAt } from "../bulk-engine/attempts.ts";
import { type BacktestRun, backtestIdOf, backtestIdSchema, queuedBacktest } from "./backtest.ts";

const START = Date.parse("2026-11-23T08:00:00Z");
const after = (minutes: number) => toInstant(START + minutes * 60_000);

const aBacktest = (): BacktestRun =>
  queuedBacktest({
    backtestId: backtestIdOf(after(0), "abcdefghijklm"),
    options: { horizonDays: 90, seed: 1, resamples: 20 },
    createdAt: after(0),
    createdBy: "user:ada",
  });

/** A run that was begun and interrupted this many times, two minutes apart. */
function cutOff(times: number): BacktestRun {
  let backtestRun = aBacktest();
  for (let i = 0; i < times; i += 1) backtestRun = begun(standingAt(backtestRun, after(3 * i)), after(3 * i));
  return backtestRun;
}

describe("a backtest's id", () => {
  it("is in the order of time, and nothing else is one", () => {
    expect(aBacktest().backtestId).toBe("bt_20261123080000000_abcdefghij");
    expect(backtestIdOf(after(0), "zzzzzzzzzz") < backtestIdOf(after(1), "aaaaaaaaaa")).toBe(true);
    for (const wrong of ["bt_1_abcdefghij", "bt_20261123080000000_ABCDEFGHIJ", "bt_20261123080000000_abcdefghij#"])
      expect(backtestIdSchema.safeParse(wrong).success).toBe(false);
  });
});

describe("a backtest's current state", () => {
  it("is overdue when no runner has begun it a minute after the request", () => {
    expect([0.5, 1].map((minutes) => isOverdue(aBacktest(), after(minutes)))).toEqual([false, true]);
  });

  it("is running until two minutes after its runner last extended the lease, and then waits for the next attempt", () => {
    const backtestRun = begun(aBacktest(), after(1));
    expect(standingAt(backtestRun, after(2.9)).state).toBe("running");
    expect(isAtWork(backtestRun, after(2.9))).toBe(true);
    const progress = { customersRead: 10, customersTried: 3 };
    expect(standingAt({ ...extended(backtestRun, after(2)), ...progress }, after(3.9))).toMatchObject({
      state: "running",
      ...progress,
    });
    expect(standingAt(backtestRun, after(3))).toMatchObject({ state: "queued", attempts: 1 });
    expect([isAtWork(backtestRun, after(3)), isOpen(backtestRun, after(3))]).toEqual([false, true]);
    expect([3.9, 4].map((minutes) => isOverdue(backtestRun, after(minutes)))).toEqual([false, true]);
  });

  it("has failed once the third attempt was interrupted, from that moment on", () => {
    expect(standingAt(cutOff(2), after(60)).state).toBe("queued");
    expect(standingAt(cutOff(3), after(60))).toMatchObject({
      state: "failed",
      failure: { reason: "cut-off" },
      finishedAt: after(8),
    });
    expect(isOpen(cutOff(3), after(60))).toBe(false);
  });

  it("has failed two hours after the request, when no runner ever began it", () => {
    expect(standingAt(aBacktest(), after(119)).state).toBe("queued");
    expect(standingAt(aBacktest(), after(120))).toMatchObject({ state: "failed", finishedAt: after(120) });
    expect(standingAt(aBacktest(), after(500))).toEqual(standingAt(aBacktest(), after(120)));
    // A current runner is not interrupted.
    expect(standingAt(begun(aBacktest(), after(119)), after(120)).state).toBe("running");
  });

  it("keeps the error of the previous attempt, and of the last one for good", () => {
    const why = { reason: "fault", message: "it met a fault" };
    const second = givenBack(begun(aBacktest(), after(0)), why, after(1));
    expect(standingAt(second, after(1))).toMatchObject({ state: "queued", failure: why });
    const third = givenBack(begun(begun(second, after(2)), after(3)), why, after(4));
    expect(third).toMatchObject({ state: "failed", failure: why, attempts: 3, finishedAt: after(4) });
  });
});
