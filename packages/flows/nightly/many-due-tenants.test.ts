import type { ScheduledTenant, TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { type TenantId, tenantIdSchema, toInstant } from "@regulars/core/platform/values";
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

/** Calls of a directory, for a tenant or for all together. */
interface Calls {
  readonly ofTenants: TenantId[];
  forAll: number;
}

interface Given {
  /** Tenants whose nightly run and whose notifications are due; the others are idle. */
  readonly due: number;
  readonly idle: number;
  /** Tenants whose schedule needs a session of the tenant first. */
  readonly unsettled?: number;
}

/** A directory of tenants each call of which takes as long as on AWS; it counts the calls. */
function slowDirectory({ due, idle, unsettled = 0 }: Given) {
  const calls: Calls = { ofTenants: [], forAll: 0 };
  const now = toInstant(Date.now());
  const later = toInstant(Date.now() + 3_600_000);
  const rows = new Map<TenantId, ScheduledTenant>();
  for (let i = 0; i < due + idle; i += 1) {
    const { tenantId } = aTenant({ tenantId: `t-${i}` });
    rows.set(tenantId, {
      tenantId,
      nextNightlyAt: i < due ? now : later,
      ...(i < unsettled ? {} : { timeZone: "UTC" }),
    });
  }
  const forAll = async () => {
    calls.forAll += 1;
    await after(CALL_MS);
  };
  const called = async (tenantId: TenantId, sessionMs = 0): Promise<void> => {
    calls.ofTenants.push(tenantId);
    await after(CALL_MS + sessionMs);
    if (tenantId === BROKEN) throw new Error("no call of this tenant is answered");
  };
  const change = (tenantId: TenantId, changes: Partial<ScheduledTenant>): true => {
    rows.set(tenantId, { tenantId, nextNightlyAt: now, ...rows.get(tenantId), ...changes });
    return true;
  };
  const directory = {
    schedules: async () => {
      await forAll();
      return [...rows.values()];
    },
    settleIn: async (tenantId) => {
      await called(tenantId, SESSION_MS);
      return change(tenantId, { timeZone: "UTC" });
    },
    claim: async (tenantId, _from, to) => {
      await called(tenantId);
      return change(tenantId, { nextNightlyAt: to });
    },
    dueSince: async () => {
      await forAll();
      return { tenants: [...rows.keys()].slice(0, due) };
    },
  } satisfies Partial<TenantDirectory>;
  return { directory: directory as unknown as TenantDirectory, calls, rows };
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

const sentBy = (reports: Awaited<ReturnType<typeof ticksUntilDone>>) =>
  new Set(reports.flatMap(({ nightly }) => nightly.map(({ tenantId }) => tenantId)));

describe("ten thousand tenants that are due at once", () => {
  it("OP01: have their nightly runs sent within two ticks, and the one whose every call fails is named", async () => {
    const { directory } = slowDirectory({ due: TENANTS, idle: 0 });
    const reports = await ticksUntilDone(directory, 2);
    const sent = sentBy(reports);
    expect(sent.size).toBe(TENANTS);
    // Its message was sent, and it stays due: nothing is claimed that fails.
    expect([...new Set(reports.flatMap(({ failed }) => failed.map(({ tenantId }) => tenantId)))]).toEqual([BROKEN]);
    expect(reports.at(-1)?.left).toBe(0);
    expect(new Set(reports.flatMap(({ outgoing }) => outgoing)).size).toBe(TENANTS);
  });

  it("OP01: have them sent within two ticks and a session each when they come from before the due rows", async () => {
    const { directory } = slowDirectory({ due: TENANTS, idle: 0, unsettled: TENANTS });
    const sent = sentBy(await ticksUntilDone(directory, 3));
    expect(sent.size).toBe(TENANTS - 1);
    expect(sent.has(BROKEN)).toBe(false);
  });

  it("OP01: are left to the next tick when the time is over, and none is claimed that was not sent", async () => {
    const { directory, rows } = slowDirectory({ due: TENANTS, idle: 0 });
    const began = toInstant(Date.now());
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
    expect([...rows.values()].filter(({ nextNightlyAt }) => nextNightlyAt <= began).length).toBe(TENANTS - 500);
  });
});

describe("ten thousand idle tenants", () => {
  it("OP01: cost no call on a tick, and nothing for those that are due beside them", async () => {
    const idle = slowDirectory({ due: 0, idle: TENANTS });
    await ticksUntilDone(idle.directory, 1);
    expect(idle.calls).toEqual({ ofTenants: [], forAll: 2 });
    const three = slowDirectory({ due: 3, idle: TENANTS });
    await ticksUntilDone(three.directory, 1);
    expect(three.calls).toEqual({ ofTenants: ["t-0", "t-1", "t-2"], forAll: 2 });
  });
});
