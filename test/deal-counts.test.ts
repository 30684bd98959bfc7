import { addDays, localDay } from "@regulars/core/platform/period";
import {
  type SortPlace,
  addTotals,
  dealFilterSchema,
  rowFilterOf,
  nothing,
  pageOfRows,
  dealTotalsOf,
} from "@regulars/core/boards/board-query";
import type { Deal } from "@regulars/core/deals/deal";
import { closingPlace } from "@regulars/core/deals/closing-span";
import { type ReportRow, reportGroupings } from "@regulars/core/refusals/refusal-report";
import {
  type DealId,
  type OperationId,
  type StatusId,
  dealIdSchema,
  contactIdSchema,
  reasonIdSchema,
} from "@regulars/core/platform/ids";
import type { DealOperation } from "@regulars/core/bulk-operations/change-deals";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import { currencySchema, minor, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { reopenDeal } from "@regulars/flows/deals/cancel-deal";
import { changeDeals, runDealOperation } from "@regulars/flows/bulk-operations/change-deals";
import { moveDeal } from "@regulars/flows/deals/move-deal";
import { listDeals } from "@regulars/flows/boards/read-board";
import { removeDeal } from "@regulars/flows/deals/remove-deal";
import { closingsInCell } from "@regulars/flows/refusals/closings-in-cell";
import { reportRefusals } from "@regulars/flows/refusals/report-refusals";
import { transferDeal } from "@regulars/flows/deals/transfer-deal";
import { beforeAll, describe, expect, it } from "vitest";
import { writeDeals } from "./fixtures/many-deals.ts";
import { PLAN_NOW, type SalesPlanFixture, aSalesPlan, inParallel } from "./fixtures/sales-plan.ts";
import { memo } from "@regulars/core/platform/memo";
import { valueOf } from "./fixtures/value-of.ts";
import { seeded } from "@regulars/core/platform/random";

const MEMBERS = ["A", "B", "C"];
const REASONS = ["rsn_price", "rsn_time"].map((id) => reasonIdSchema.parse(id));
const CLARIFICATIONS = ["too dear", "Too  dear", "later", undefined];
/** Of filters; of all managers without them. */
const MANAGERS: [readonly string[] | undefined][] = [[undefined], [["B"]], [["A", "C"]]];
const HALF_A_DAY_MS = 43_200_000;

/** Deals in the first status of a plan. */
function someDeals(plan: SalesPlan, count: number): Deal[] {
  const [first] = plan.statuses;
  if (first === undefined) throw new Error("a plan has statuses");
  return Array.from({ length: count }, (_, i) => ({
    dealId: dealIdSchema.parse(`d${i}`),
    planId: plan.planId,
    personId: contactIdSchema.parse(`per_d${i}`),
    title: `deal ${i}`,
    amountMinor: minor(100 + (i % 7)),
    currency: currencySchema.parse(i % 3 === 0 ? "USD" : "EUR"),
    statusId: first.statusId,
    managerId: userIdSchema.parse(MEMBERS[i % MEMBERS.length]),
    isExtra: false,
    version: 1,
    createdAt: toInstant(PLAN_NOW + i * HALF_A_DAY_MS),
    changedAt: toInstant(PLAN_NOW + i * HALF_A_DAY_MS),
  }));
}

/** Compares the counters with the deals and with the packed pages. */
async function expectTrueCounts(
  { testTenant }: SalesPlanFixture,
  plan: SalesPlan,
  ids: readonly DealId[],
): Promise<void> {
  const { sales: plans } = testTenant.store;
  const deals = await plans.deals.deals(ids);
  const counted = new Map<string, { count: number; sums: Record<string, number> }>();
  for (const { managerId, statusId, currency, amountMinor, removedAt, closing } of deals.values()) {
    if (removedAt !== undefined) continue;
    const name = `${statusId} ${managerId ?? ""} ${closing?.reasonId ?? ""}`;
    const row = counted.get(name) ?? { count: 0, sums: {} };
    row.count += 1;
    row.sums[currency] = (row.sums[currency] ?? 0) + amountMinor;
    counted.set(name, row);
  }
  const counts = await plans.deals.counts(plan.planId);
  const given = counts.map(({ statusId, managerId, reasonId, count, sums }) => [
    `${statusId} ${managerId ?? ""} ${reasonId ?? ""}`,
    { count, sums },
  ]);
  expect(Object.fromEntries(given)).toEqual(Object.fromEntries(counted));
  const packed = dealTotalsOf(await plans.boards.rows(plan.planId));
  for (const { statusId } of plan.statuses)
    expect([statusId, packed.get(statusId)?.count ?? 0]).toEqual([
      statusId,
      counts.filter((one) => one.statusId === statusId).reduce((sum, { count }) => sum + count, 0),
    ]);
}

/** Filters that counters answer, with the counts from a full read of the deals' rows. */
async function expectTrueFilters(
  { context }: SalesPlanFixture,
  plan: SalesPlan,
  managerIds: readonly string[] | undefined,
): Promise<number> {
  const rows = await context.store.boards.rows(plan.planId);
  const day = (offset: number) => addDays(localDay(toInstant(PLAN_NOW), context.tenant.timeZone), offset);
  const days = [{}, { from: day(0), to: day(9) }, { from: day(10) }, { from: day(3), to: day(3) }];
  const reasons = [{}, { reasonIds: ["rsn_price"] }, { reasonIds: REASONS }];
  const [, second, , lost] = plan.statuses.map(({ statusId }) => statusId);
  const statuses = [{}, { statusIds: [lost] }, { statusIds: [second, lost] }];
  let found = 0;
  for (const parts of product(days, reasons, statuses))
    for (const isAscending of [true, false]) {
      const filter = dealFilterSchema.parse(Object.assign({ managerIds }, ...parts));
      const expected = pageOfRows(rows.filter(rowFilterOf(filter, "all", context.tenant.timeZone)), {
        sort: "created",
        isAscending,
        limit: 1_000,
      }).page;
      const page = { visible: "all" as const, sort: "created" as const, isAscending, limit: 7 };
      const ids: string[] = [];
      let after: SortPlace | undefined;
      do {
        const listed = await listDeals({ context, planId: plan.planId, filter, ...page, after });
        if (!listed.ok) throw new Error(listed.message);
        const { cards, next, total } = listed.value;
        expect([filter, total]).toEqual([filter, [...dealTotalsOf(expected).values()].reduce(addTotals, nothing)]);
        ids.push(...cards.map(({ deal }) => deal.dealId));
        after = next;
      } while (after !== undefined);
      expect([filter, ids]).toEqual([filter, expected.map(({ dealId }) => dealId)]);
      found += ids.length;
    }
  return found;
}

/** Compares the report's counters with the closings, and every cell with the deals that it links to. */
async function expectTrueReport({ context }: SalesPlanFixture): Promise<number> {
  let cells = 0;
  for (const by of reportGroupings) {
    const asked = { context, visible: "all" as const, users: [], by, withCancelled: true };
    const counted = await reportRefusals({ ...asked, withClarifications: false });
    const read = await reportRefusals({ ...asked, withClarifications: true });
    const plain = (row: ReportRow) => ({ ...row, reasons: row.reasons.map((one) => ({ ...one, clarifications: [] })) });
    expect([counted.total, ...counted.rows].map(plain)).toEqual([read.total, ...read.rows].map(plain));
    for (const { won, lost, reasons, cancelled } of [read.total, ...read.rows]) {
      const clarified = reasons.flatMap(({ clarifications = [] }) => clarifications);
      for (const { cell, count } of [
        won,
        lost,
        ...reasons,
        ...clarified,
        ...(cancelled === undefined ? [] : [cancelled]),
      ]) {
        cells += 1;
        const found = new Set<string>();
        let after: string | undefined;
        do {
          const page = await closingsInCell({ context, visible: "all" }, cell, { limit: 9, after });
          for (const closing of page.closings) found.add(closingPlace(closing));
          after = page.next;
        } while (after !== undefined);
        expect([cell, found.size]).toEqual([cell, count]);
      }
    }
  }
  return cells;
}

function oneOf<T>(values: readonly T[], draw: () => number): T {
  const value = values[Math.floor(draw() * values.length)];
  if (value === undefined) throw new Error("there is none");
  return value;
}

const product = (...lists: readonly (readonly object[])[]): object[][] =>
  lists.reduce<object[][]>((all, list) => all.flatMap((one) => list.map((part) => [...one, part])), [[]]);

describe("a plan's counters, after concurrent random changes", () => {
  const fixture = aSalesPlan();
  let plan: SalesPlan;
  let ids: readonly DealId[];

  beforeAll(async () => {
    for (const reasonId of REASONS)
      await fixture.context.store.salesPlans.saveReason({
        reasonId,
        name: reasonId,
        needsClarification: false,
        isArchived: false,
      });
    plan = await fixture.plan("related>even", MEMBERS);
    const made = someDeals(plan, 60);
    ids = made.map(({ dealId }) => dealId);
    await fixture.testTenant.store.sales.dealImports.save(
      made.map((deal) => ({ deal, newIdentities: [] })),
      { at: toInstant(PLAN_NOW), actorId: "command", requestId: "req_import" },
    );
    const lost = plan.statuses.find(({ kind }) => kind === "lost")?.statusId;
    const draw = seeded(20_261_124);
    const other = fixture.another();
    await inParallel(600, 12, async (i) => {
      const { context } = i % 2 === 0 ? fixture : other;
      const dealId = oneOf(ids, draw);
      const by = { actorId: "user:boss", requestId: `req_${i}` };
      const input = { context, planId: plan.planId, sought: { dealId }, ...by };
      const kind = draw();
      const to = oneOf(plan.statuses, draw).statusId;
      const manager = userIdSchema.parse(oneOf(MEMBERS, draw));
      const reasonId = to === lost ? REASONS[Math.floor(draw() * 3)] : undefined;
      const clarification = CLARIFICATIONS[Math.floor(draw() * CLARIFICATIONS.length)];
      if (i % 50 === 0) await context.store.boards.rows(plan.planId);
      else if (i % 50 === 25) await context.store.boards.refresh(plan.planId);
      else if (kind < 0.5) await moveDeal({ ...input, to, given: { reasonId, clarification } });
      else if (kind < 0.75) await reopenDeal(input);
      else if (kind < 0.98) await transferDeal({ ...input, to: manager });
      else await removeDeal(input);
    });
  });

  it("SP09, SP11, SP35 equal a full recount, and so do the packed pages read meanwhile", async () => {
    await expectTrueCounts(fixture, plan, ids);
    expect(await fixture.context.store.boards.refresh(plan.planId)).toBe(true);
    await expectTrueCounts(fixture, plan, ids);
  });

  it.each(MANAGERS)("SP09, SP11 give each filter's deals and sums, of the managers %j", async (managers) => {
    expect(await expectTrueFilters(fixture, plan, managers)).toBeGreaterThan(100);
  });

  it("SP35 give each cell of the report the closings that it links to", async () => {
    expect(await expectTrueReport(fixture)).toBeGreaterThan(20);
  });

  it("SP09 leave an entry of the log for each version of a deal", async () => {
    const { deals } = fixture.testTenant.store.sales;
    const found = [...(await deals.deals(ids)).values()];
    const entries = await Promise.all(found.map(async ({ dealId }) => (await deals.timeline(dealId)).length));
    expect(entries).toEqual(found.map(({ version }) => version));
  });
});

describe("a bulk operation on a thousand deals, interrupted at 40 %", () => {
  const fixture = aSalesPlan();
  let plan: SalesPlan;
  let ids: readonly DealId[];
  let to: StatusId | undefined;
  let operationId: OperationId;
  let half: DealOperation | undefined;
  const progress: number[] = [];

  beforeAll(async () => {
    plan = await fixture.plan("related>even", MEMBERS);
    const deals = someDeals(plan, 1_000);
    ids = deals.map(({ dealId }) => dealId);
    await writeDeals(fixture.testTenant.table, fixture.testTenant.tenant.tenantId, deals);
    to = plan.statuses[1]?.statusId;
    if (to === undefined) throw new Error("a plan has statuses");
    const started = valueOf(
      await changeDeals({
        context: fixture.context,
        planId: plan.planId,
        asked: { change: { action: "move", statusId: to }, filter: dealFilterSchema.parse({}) },
        visible: "all",
        actorId: "user:boss",
        requestId: "req_bulk",
      }),
    );
    operationId = started.operationId;
    const watched: SalesStore = {
      ...fixture.context.store,
      dealOperations: {
        ...fixture.context.store.dealOperations,
        saveDeals: async (changes, page, operation, before) => {
          const isSaved = await fixture.context.store.dealOperations.saveDeals(changes, page, operation, before);
          if (isSaved) progress.push(operation.next);
          return isSaved;
        },
      },
    };
    await runDealOperation({ ...fixture.context, store: watched }, operationId, () => (progress.at(-1) ?? 0) >= 400);
    half = await fixture.context.store.dealOperations.find(operationId);
  });

  it("SP08 scenario 30: has changed as many as it says", () => {
    const next = progress.at(-1);
    expect(half).toMatchObject({ state: "running", total: 1_000, next, changed: next });
    expect(next).toBeLessThan(500);
  });

  /** Goes on in two processes, of which one stops again; the operation when the other has ended. */
  const resumed = memo(async () => {
    const [one, two] = [fixture.another(), fixture.another()];
    let turns = 20;
    await Promise.all([
      runDealOperation(one.context, operationId),
      runDealOperation(two.context, operationId, () => (turns -= 1) < 0),
    ]);
    return { turns, operation: await fixture.context.store.dealOperations.find(operationId) };
  });

  it("SP08 scenario 30: and resumed by two processes, of which one stops again, changes each once", async () => {
    expect(await resumed()).toMatchObject({
      turns: -1,
      operation: { state: "done", next: 1_000, changed: 1_000, same: 0, failed: 0 },
    });
    const deals = await fixture.testTenant.store.sales.deals.deals(ids);
    expect(deals.size).toBe(1_000);
    expect(new Set([...deals.values()].map(({ version, statusId }) => `${version} ${statusId}`))).toEqual(
      new Set([`2 ${to}`]),
    );
  });

  it("SP08 scenario 30: and resumed, counts them where they are now", async () => {
    expect((await resumed()).operation?.state).toBe("done");
    await expectTrueCounts(fixture, plan, ids);
  });
});
