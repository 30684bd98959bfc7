import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { type Instant, type TenantId, tenantIdSchema, toInstant } from "@regulars/core/platform/values";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aTenant } from "../../../test/fixtures/tenant.ts";
import { startDueNightlyRuns } from "./start-due-nightly-runs.ts";

const TENANTS = 10_000;
/** The tick's time without what it keeps for its end, ms (functions/workers/tick.ts). */
const TICK_MS = 45_000;
const CALL_MS = 6;
const SESSION_MS = 80;
const BROKEN = tenantIdSchema.parse("t-4711");

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-11-24T01:00:00Z"), loopLimit: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const after = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));

/** A directory of tenants that are all due, each call of which takes as long as on AWS; it counts the calls. */
function slowDirectory() {
  const tenants = Array.from({ length: TENANTS }, (_, i) => aTenant({ tenantId: `t-${i}` }));
  const next = new Map(tenants.map(({ tenantId }) => [tenantId, toInstant(Date.now())]));
  const byId = new Map(tenants.map((tenant) => [tenant.tenantId, tenant]));
  const opened = new Set<TenantId>();
  const called = async (tenantId: TenantId): Promise<void> => {
    await after(CALL_MS + (opened.has(tenantId) ? 0 : SESSION_MS));
    opened.add(tenantId);
    if (tenantId === BROKEN) throw new Error("no session for this tenant");
  };
  const directory = {
    find: async (tenantId) => {
      await called(tenantId);
      return byId.get(tenantId);
    },
    list: () => Promise.resolve([...next.keys()]),
    dueBefore: (now: Instant) =>
      Promise.resolve(
        [...next].flatMap(([tenantId, nextNightlyAt]) => (nextNightlyAt <= now ? [{ tenantId, nextNightlyAt }] : [])),
      ),
    reschedule: async (tenantId, _from, to) => {
      await called(tenantId);
      next.set(tenantId, to);
      return true;
    },
    hasDueNotifications: async () => {
      await after(CALL_MS);
      return false;
    },
    unfinishedSince: () => Promise.resolve([]),
  } satisfies Partial<TenantDirectory>;
  return directory as unknown as TenantDirectory;
}

/** Runs ticks of the clock until nobody is due, and returns what each has started. */
async function ticksUntilDone(directory: TenantDirectory, most: number) {
  const reports = [];
  for (let i = 0; i < most; i += 1) {
    const endsAt = Date.now() + TICK_MS;
    const ticked = startDueNightlyRuns({
      directory,
      clock: () => Date.now(),
      send: { nightly: () => after(CALL_MS), outgoing: () => after(CALL_MS) },
      hasTime: () => Date.now() < endsAt,
    });
    await vi.runAllTimersAsync();
    reports.push(await ticked);
  }
  return reports;
}

describe("ten thousand tenants that are due at once", () => {
  it("OP01: have their nightly runs sent within two ticks, and the one whose every call fails is named", async () => {
    const reports = await ticksUntilDone(slowDirectory(), 2);
    const sent = new Set(reports.flatMap(({ nightly }) => nightly.map(({ tenantId }) => tenantId)));
    expect(sent.size).toBe(TENANTS - 1);
    expect(sent.has(BROKEN)).toBe(false);
    expect([...new Set(reports.flatMap(({ failed }) => failed.map(({ tenantId }) => tenantId)))]).toEqual([BROKEN]);
  });

  it("OP01: are left to the next tick when the time is over, and none is claimed that was not sent", async () => {
    const directory = slowDirectory();
    let tenants = 0;
    const ticked = startDueNightlyRuns({
      directory,
      clock: () => Date.now(),
      send: { nightly: () => after(CALL_MS), outgoing: () => after(CALL_MS) },
      hasTime: () => (tenants += 1) <= 500,
    });
    await vi.runAllTimersAsync();
    const { nightly, left } = await ticked;
    expect(nightly.length).toBe(500);
    expect(left).toBe(TENANTS - 500 + TENANTS);
    expect((await directory.dueBefore(toInstant(Date.now()))).length).toBe(TENANTS - 500);
  });
});
