import { closingPlace } from "@regulars/core/deals/closing-span";
import type { PlanId } from "@regulars/core/platform/ids";
import { type ReportCell, isInCell, reportGroupings } from "@regulars/core/refusals/refusal-report";
import { expect, it } from "vitest";
import { aDealOfMany, writeDeals } from "../../../test/fixtures/many-deals.ts";
import { PLAN_NOW, type SalesPlanFixture, aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import { type TestTenant, all } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { closingsInCell } from "./closings-in-cell.ts";
import { reportRefusals } from "./report-refusals.ts";

const MANAGERS = ["A", "B", "C", "D", "E"];
const REASONS = 7;
/** Twelve a day. */
const CLOSINGS = 210;
const DAYS = 18;
const MINUTES_APART = 120;
const LIMIT = 10;

/** A plan with closings: half of them lost, by all managers for all reasons. */
async function closePlenty(fixture: SalesPlanFixture): Promise<PlanId> {
  const { planId } = await fixture.plan("related>even", MANAGERS);
  const deals = Array.from({ length: CLOSINGS }, (_, i) => {
    const place = { statusId: "st_1", managerId: MANAGERS[i % MANAGERS.length] ?? "" };
    const outcome = i % 2 === 0 ? { kind: "won" as const } : { kind: "lost" as const, reason: `rsn_${i % REASONS}` };
    return aDealOfMany(planId, i, PLAN_NOW + i * (MINUTES_APART - 1) * 60_000, { ...place, ...outcome });
  });
  const { table, tenant } = fixture.testTenant;
  await writeDeals(table, tenant.tenantId, deals);
  await indexesCaughtUp();
  return planId;
}

/** What was closed before a day, as an earlier version wrote it: in no second index, and not counted as being there. */
async function makeOlder({ operations, keys, partition }: TestTenant, planId: PlanId, before: string): Promise<void> {
  const rows = (await partition(keys.closingDays(planId))).filter((row) => String(row["sk"]) < before);
  const closings = await all(
    operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :plan AND g1s < :day",
      ExpressionAttributeValues: { ":plan": keys.planClosings(planId), ":day": before },
    }),
  );
  expect([rows.length, closings.length].map((count) => count > 40)).toEqual([true, true]);
  const older = [...rows, ...closings].map(({ pk, sk, i: _i, g2p: _p, g2s: _s, ...item }) => ({
    pk: String(pk),
    sk: String(sk),
    ...item,
  }));
  await operations.batchPut(older);
  await indexesCaughtUp();
}

/** All cells of the report with what they count, and the most that was read for a page of a rare one. */
async function readCells({ context, testTenant }: SalesPlanFixture, planId: PlanId) {
  const closings = await all(context.store.deals.closingsOf(planId, {}));
  const differing: unknown[] = [];
  let [cells, mostRead] = [0, 0];
  for (const by of reportGroupings) {
    const asked = { context, visible: "all" as const, users: [] };
    const { rows, total } = await reportRefusals({ ...asked, by, withClarifications: true, withCancelled: false });
    const counts = (by === "plan" ? [total] : rows).flatMap(({ won, lost, reasons }) => [
      won,
      lost,
      ...reasons,
      ...reasons.flatMap(({ clarifications = [] }) => clarifications),
    ]);
    for (const { cell, count } of counts) {
      cells += 1;
      const before = testTenant.store.usage.itemsRead;
      const { closings: first, next } = await closingsInCell(asked, cell, { limit: LIMIT });
      const read = testTenant.store.usage.itemsRead - before;
      if (count * 50 < CLOSINGS && cell.clarification === undefined) mostRead = Math.max(mostRead, read);
      const places = [...first.map(closingPlace), ...(await placesAfter(asked, cell, next))];
      const expected = closings.filter(isInCell(cell)).map(closingPlace);
      if (expected.length !== count || JSON.stringify(places) !== JSON.stringify(expected))
        differing.push({ cell, count, places, expected });
    }
  }
  return { cells, differing, mostRead };
}

async function placesAfter(asked: Parameters<typeof closingsInCell>[0], cell: ReportCell, next: string | undefined) {
  const places: string[] = [];
  for (let after = next; after !== undefined;) {
    const page = await closingsInCell(asked, cell, { limit: LIMIT, after });
    places.push(...page.closings.map(closingPlace));
    after = page.next;
  }
  return places;
}

it("SP34 each cell leads to exactly its closings, also to those of an earlier version, and a rare one to no others", async () => {
  const fixture = aSalesPlan({ timeZone: "UTC" });
  const planId = await closePlenty(fixture);
  const { cells, differing, mostRead } = await readCells(fixture, planId);
  expect(differing).toEqual([]);
  expect(cells).toBeGreaterThan(50);
  // The days of each manager, and as many closings as a page has, and two.
  expect(mostRead).toBeLessThanOrEqual(DAYS * MANAGERS.length + LIMIT + 2);
  await makeOlder(fixture.testTenant, planId, "2026-12-03");
  const older = await readCells(fixture, planId);
  expect([older.differing, older.cells]).toEqual([[], cells]);
}, 120_000);
