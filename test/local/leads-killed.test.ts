import { afterEach, expect, it, vi } from "vitest";
import { spreadOf, counter } from "../fixtures/sales-plan.ts";
import { type Running, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

/** The process that holds a plan's lease is killed, or stopped and resumed, in the middle of its work. */

const MEMBERS = ["A", "B", "C"];
const LEADS = 60;
/** Milliseconds; longer than a lease. */
const MINUTES_AHEAD = 1;

interface Deals {
  readonly deals: readonly {
    readonly dealId: string;
    readonly managerId?: string;
    readonly sequence: number;
    readonly version: number;
  }[];
}

const places: TempWorkspace[] = [];
afterEach(async () => {
  for (const place of places.splice(0)) await place.close();
});

/** A workspace with three managers, a plan that assigns its leads evenly, and a file of leads. */
async function aPlace(): Promise<{ place: TempWorkspace; planId: string; add: readonly string[] }> {
  const place = await aWorkspace();
  places.push(place);
  await place.write("users.csv", `userId,name,role\n${MEMBERS.map((id) => `${id},${id},rep`).join("\n")}\n`);
  await place.write(
    "leads.csv",
    `externalId,name\n${Array.from({ length: LEADS }, (_, i) => `L${i},Lead ${i}`).join("\n")}\n`,
  );
  await place.write(
    "plan.json",
    JSON.stringify({
      name: "Killed",
      distribution: { mode: "uniform", affinity: "related", balance: "even" },
      members: MEMBERS.map((userId) => ({ userId })),
    }),
  );
  await place.json(["import", "users", "users.csv", "--tenant", "t", "--currency", "EUR", "--time-zone", "UTC"]);
  const made = await place.json<{ plan: { planId: string } }>(["plans", "create", "plan.json", "--tenant", "t"]);
  const { planId } = made.plan;
  return { place, planId, add: ["plans", "add", planId, "leads.csv", "--tenant", "t"] };
}

/** Expects one deal with one manager per lead, assigned once, with counts that differ by at most one at every sequence number. */
async function expectExact(place: TempWorkspace, planId: string): Promise<void> {
  const { deals } = await place.json<Deals>(["plans", "deals", planId, "--tenant", "t"]);
  expect(deals).toHaveLength(LEADS);
  expect(deals.filter(({ version }) => version !== 1)).toEqual([]);
  const managers = deals.toSorted((a, b) => a.sequence - b.sequence).map(({ managerId = "-" }) => managerId);
  expect(counter(managers)).toEqual({ A: LEADS / 3, B: LEADS / 3, C: LEADS / 3 });
  expect(spreadOf(managers, MEMBERS)).toBe(1);
}

it("SP25 scenario 12: kill -9 of the lease holder: once the lease has expired every waiting lead is assigned exactly once", async () => {
  const { place, planId, add } = await aPlace();
  // Transactions alternate between intakes and commits: the third and the fourth cut off one of each.
  // Each process starts after the lease of the one before has expired.
  let minutesAhead = 0;
  for (const count of [2, 4, 5]) {
    const killed = await place.start(add, {
      minutesAhead: (minutesAhead += MINUTES_AHEAD),
      signalAfter: { signal: "SIGKILL", answers: "TransactWriteItems", count },
    }).ended;
    expect(killed).toMatchObject({ signal: "SIGKILL" });
  }
  const killed = await place.start(add, {
    minutesAhead: (minutesAhead += MINUTES_AHEAD),
    signalAfter: { signal: "SIGKILL", answers: "UpdateItem", count: 2 },
  }).ended;
  expect(killed).toMatchObject({ signal: "SIGKILL" });
  const report = await place.json<Record<string, number>>(add, {
    minutesAhead: minutesAhead + MINUTES_AHEAD,
  });
  expect(report).toMatchObject({ duplicates: 0, waiting: 0, refused: 0 });
  expect((report["added"] ?? 0) + (report["again"] ?? 0)).toBe(LEADS);
  expect(report["again"]).toBeGreaterThan(0);
  await expectExact(place, planId);
});

it("SP25 scenario 12: a process that is stopped with the lease and resumed later commits nothing that others have done", async () => {
  const { place, planId, add } = await aPlace();
  const stopped: Running = place.start([...add, "--json"], {
    signalAfter: { signal: "SIGSTOP", answers: "UpdateItem", count: 2 },
  });
  await stopped.until("it is stopped", () => stopped.isStopped());
  const report = await place.json<Record<string, number>>(add, { minutesAhead: MINUTES_AHEAD });
  expect(report).toMatchObject({ duplicates: 0, waiting: 0, refused: 0 });
  stopped.signal("SIGCONT");
  const { code, stdout, stderr } = await stopped.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ duplicates: 0, waiting: 0, refused: 0 });
  await expectExact(place, planId);
});
