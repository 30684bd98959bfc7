import { toInstant } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { PLAN_NOW, aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import { forgetAssigned } from "./forget-assigned.ts";

const DAY_MS = 86_400_000;

it("OP03: copies of leads leave the queue once they are assigned and old; one that waits stays, however old", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("least", ["ann", "ben"]);
  const { sales } = fixture.testTenant.store;
  const sequences = async (): Promise<number[]> =>
    (await sales.assignment.queuedAfter(plan.planId, 0, 100)).map(({ sequence }) => sequence);
  /** While somebody holds the lease, leads wait in the queue. */
  const whileTaken = async (work: () => Promise<unknown>) => {
    const lease = await sales.assignment.takeLease(plan.planId, fixture.nowMs, fixture.nowMs + DAY_MS);
    if (lease === undefined) throw new Error("the lease is taken");
    await work();
    return lease;
  };
  const add = () => fixture.add(plan, {}, { patienceMs: 0 });
  const first = await whileTaken(async () => {
    for (let i = 0; i < 3; i += 1) await add();
    fixture.nowMs = PLAN_NOW + 50 * DAY_MS;
    await add();
  });
  await sales.assignment.release(first);
  await fixture.add(plan);
  const before = await sequences();
  const deals = await fixture.dealsInOrder(plan);
  expect([before.length, deals.length]).toEqual([5, 5]);
  const second = await whileTaken(add);
  expect((await sequences()).length).toBe(6);
  // The day of the fourth and fifth: three are older.
  expect(await forgetAssigned(sales, toInstant(fixture.nowMs))).toBe(3);
  expect(await sequences()).toEqual([...before.slice(3), (before.at(-1) ?? 0) + 1]);
  expect(await forgetAssigned(sales, toInstant(fixture.nowMs + 1_000 * DAY_MS))).toBe(2);
  expect(await sequences()).toEqual([(before.at(-1) ?? 0) + 1]);
  // Deals say what the copies said, and the one that waited is assigned like any other.
  expect(await fixture.dealsInOrder(plan)).toEqual(deals);
  await sales.assignment.release(second);
  await fixture.add(plan);
  expect((await fixture.dealsInOrder(plan)).length).toBe(7);
});
