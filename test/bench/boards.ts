import { dealFilterSchema } from "@regulars/core/plans/board-query";
import type { Deal } from "@regulars/core/plans/deal";
import { newDesk } from "@regulars/core/plans/desk";
import { dealIdOf, leadPersonIdSchema, planIdSchema, statusIdSchema } from "@regulars/core/plans/ids";
import { makePlan, newPlanSchema, rulesOf } from "@regulars/core/plans/plan";
import { currencySchema, minor, toInstant, userIdSchema } from "@regulars/core/values";
import { type BoardInput, readBoard } from "@regulars/flows/plans/read-board";
import { planContextOf } from "@regulars/functions/plan-world";
import type { LocalSystem } from "@regulars/local/system";
import { keysOf } from "@regulars/store/keys";
import { Operations } from "@regulars/store/operations";
import { boardPageOf } from "@regulars/store/plans/board";
import { dealItem } from "@regulars/store/plans/deal-writes";
import { noUsage } from "@regulars/store/table";
import { type Figure, benchTenant } from "./workspace.ts";

const DEALS = 100_000;
const MANAGERS = 35;
const CALLS = 60;
const SEARCHES = 12;
const FROM = Date.parse("2026-01-01T00:00:00Z");

/** Row 12 of the figures: the board of a plan with 100,000 deals in one call, and a search in it. */
export async function boardFigures(system: LocalSystem): Promise<Figure[]> {
  const tenant = await system.makeTenant(benchTenant("board", "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  const members = Array.from({ length: MANAGERS }, (_, i) => ({ userId: `m${i}` }));
  const planId = planIdSchema.parse("pln_board");
  const made = makePlan(newPlanSchema.parse({ name: "Board", members }), {
    planId,
    statusIds: ["st_1", "st_2", "st_3", "st_4"].map((id) => statusIdSchema.parse(id)),
    createdAt: toInstant(FROM),
    currency: tenant.currency,
  });
  if (!made.ok) throw new Error(made.message);
  await store.plans.createPlan(made.value, newDesk(rulesOf(made.value), 1));
  const deals = Array.from({ length: DEALS }, (_, i): Deal => ({
    dealId: dealIdOf(planId, i + 1),
    planId,
    personId: leadPersonIdSchema.parse(`per_${i}`),
    title: `Course ${i}`,
    amountMinor: minor(19_900),
    currency: currencySchema.parse("EUR"),
    statusId: statusIdSchema.parse(`st_${(i % 4) + 1}`),
    managerId: userIdSchema.parse(`m${i % MANAGERS}`),
    isExtra: false,
    version: 1,
    ticket: i + 1,
    createdAt: toInstant(FROM + i * 60_000),
    changedAt: toInstant(FROM + i * 60_000),
  }));
  await write(system, tenant.tenantId, deals);
  const input: BoardInput = {
    context: planContextOf(tenant, store, system.runtime),
    planId,
    filter: dealFilterSchema.parse({}),
    visible: "all",
    sort: "created",
    isAscending: false,
    limit: 20,
  };
  const open = await timesOf(CALLS, () => readBoard(input));
  const own = await timesOf(CALLS, () => readBoard({ ...input, visible: new Set([userIdSchema.parse("m7")]) }));
  const searching = { ...input, filter: dealFilterSchema.parse({ search: "course 4321" }) };
  await readBoard(searching);
  const search = await timesOf(SEARCHES, () => readBoard(searching));
  return [
    { name: "board of 100,000 deals, p95", value: p95(open), unit: "ms", limit: 200 },
    { name: "a rep's board of it, p95", value: p95(own), unit: "ms", limit: 200 },
    { name: "search in 100,000 deals, p95", value: p95(search), unit: "ms" },
  ];
}

/** Deals as they are stored, with their counts, and marks for the pages that a first search writes. */
async function write(
  system: LocalSystem,
  tenantId: Parameters<typeof keysOf>[0],
  deals: readonly Deal[],
): Promise<void> {
  const operations = new Operations(system.runtime.tableFor(tenantId), noUsage());
  const keys = keysOf(tenantId);
  for (let i = 0; i < deals.length; i += 2_000)
    await operations.batchPut(deals.slice(i, i + 2_000).map((deal) => dealItem(keys, deal)));
  const persons = deals.map(({ personId, createdAt }, i) => ({
    ...keys.leadPerson(personId),
    personId,
    createdAt,
    name: `Person ${i}`,
    email: `p${i}@example.com`,
    phone: `+4917${String(10_000_000 + i)}`,
  }));
  await operations.batchPut(persons);
  const pages = Map.groupBy(deals, boardPageOf);
  await operations.batchPut(
    [...pages].flatMap(([page, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      return [{ ...keys.boardMark(first.planId, page), dealIds: new Set(own.map(({ dealId }) => dealId)), n: 1 }];
    }),
  );
  const managers = Map.groupBy(deals, ({ managerId }) => managerId);
  await operations.batchPut(
    [...managers].flatMap(([managerId, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const row: Record<string, number> = {};
      for (const { statusId, amountMinor, currency } of own) {
        row[`n:${statusId}`] = (row[`n:${statusId}`] ?? 0) + 1;
        row[`m:${statusId}:${currency}`] = (row[`m:${statusId}:${currency}`] ?? 0) + amountMinor;
      }
      return [{ ...keys.dealCount(first.planId, managerId), ...row }];
    }),
  );
}

async function timesOf(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}

const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
