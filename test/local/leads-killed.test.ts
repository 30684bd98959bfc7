import { cp } from "node:fs/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { spreadOf, counter } from "../fixtures/sales-plan.ts";
import { type Running, type SignalAfter, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

/** The process that holds a plan's lease is killed, or stopped and resumed, in the middle of its work. */

const MEMBERS = ["A", "B", "C"];
const LEADS = 60;
/** Longer than a lease. */
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
/** A workspace with three managers and a plan that assigns its leads evenly. */
let begun: TempWorkspace;
let planId: string;
let add: readonly string[];

beforeAll(async () => {
  begun = await aPlace();
  await begun.write("users.csv", `userId,name,role\n${MEMBERS.map((id) => `${id},${id},rep`).join("\n")}\n`);
  await begun.write(
    "plan.json",
    JSON.stringify({
      name: "Killed",
      distribution: { mode: "uniform", affinity: "related", balance: "even" },
      members: MEMBERS.map((userId) => ({ userId })),
    }),
  );
  await begun.json(["import", "users", "users.csv", "--tenant", "t", "--currency", "EUR", "--time-zone", "UTC"]);
  const made = await begun.json<{ plan: { planId: string } }>(["plans", "create", "plan.json", "--tenant", "t"]);
  planId = made.plan.planId;
  add = ["plans", "add", planId, "leads.csv", "--tenant", "t"];
});

afterAll(async () => {
  for (const place of places) await place.close();
});

/** A workspace with a file of leads, and a copy of another's data. */
async function aPlace(like?: TempWorkspace): Promise<TempWorkspace> {
  const place = await aWorkspace();
  places.push(place);
  await place.write(
    "leads.csv",
    `externalId,name\n${Array.from({ length: LEADS }, (_, i) => `L${i},Lead ${i}`).join("\n")}\n`,
  );
  if (like !== undefined) await cp(like.data, place.data, { recursive: true });
  return place;
}

/** Expects one deal with one manager per lead, assigned once, with counts that differ by at most one at every sequence number. */
async function expectExact(place: TempWorkspace): Promise<void> {
  const { deals } = await place.json<Deals>(["plans", "deals", planId, "--tenant", "t"]);
  expect(deals).toHaveLength(LEADS);
  expect(deals.filter(({ version }) => version !== 1)).toEqual([]);
  const managers = deals.toSorted((a, b) => a.sequence - b.sequence).map(({ managerId = "-" }) => managerId);
  expect(counter(managers)).toEqual({ A: LEADS / 3, B: LEADS / 3, C: LEADS / 3 });
  expect(spreadOf(managers, MEMBERS)).toBe(1);
}

const after = (answers: string, count: number): SignalAfter => ({ signal: "SIGKILL", answers, count });

// Transactions alternate between intakes and commits: the fourth and the fifth are one of each.
it.each([
  ["two and four transactions", [after("TransactWriteItems", 2), after("TransactWriteItems", 4)]],
  ["five transactions and two updates of the lease", [after("TransactWriteItems", 5), after("UpdateItem", 2)]],
])(
  "SP25 scenario 12: kill -9 of the lease holder after %s: once the lease has expired every waiting lead is assigned exactly once",
  async (_, kills) => {
    const place = await aPlace(begun);
    // Each process starts after the lease of the one before has expired.
    let minutesAhead = 0;
    for (const signalAfter of kills) {
      minutesAhead += MINUTES_AHEAD;
      expect(await place.start(add, { minutesAhead, signalAfter }).ended).toMatchObject({ signal: "SIGKILL" });
    }
    const report = await place.json<Record<string, number>>(add, {
      minutesAhead: minutesAhead + MINUTES_AHEAD,
    });
    expect(report).toMatchObject({ duplicates: 0, waiting: 0, refused: 0 });
    expect((report["added"] ?? 0) + (report["again"] ?? 0)).toBe(LEADS);
    expect(report["again"]).toBeGreaterThan(0);
    await expectExact(place);
  },
);

it("SP25 scenario 12: a process that is stopped with the lease and resumed later commits nothing that others have done", async () => {
  const place = await aPlace(begun);
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
  await expectExact(place);
});
