import { type Deal, closingOf } from "@regulars/core/deals/deal";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { type PlanId, dealIdOf, contactIdSchema, planIdSchema, reasonIdSchema } from "@regulars/core/platform/ids";
import { statusIdSchema } from "@regulars/core/platform/ids";
import { makeSalesPlan, newPlanSchema, rulesOf } from "@regulars/core/sales-plans/sales-plan";
import { currencySchema, minor, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { LocalSystem } from "@regulars/local/system";
import { type Keys, keysOf } from "@regulars/store/keys";
import { Operations, TRANSACTION_WRITES } from "@regulars/store/engine/operations";
import { boardBlockOf } from "@regulars/store/deals/block-of-deal";
import { ClosingCounterDelta } from "@regulars/store/deals/closing-counts";
import { CounterDelta } from "@regulars/store/deals/deal-counts";
import { dealItem, putClosing } from "@regulars/store/deals/deal-writes";
import { noUsage } from "@regulars/store/engine/table";
import { p95, timesOf, tokenOf } from "./calls.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const DEALS = 100_000;
const MANAGERS = 35;
const REASONS = 8;
/** Several users, because the rate limit would stop a single one. */
const BOSSES = ["boss1", "boss2", "boss3", "boss4", "boss5", "boss6"];
const FROM = Date.parse("2026-01-01T00:00:00Z");
const LIMIT_MS = 200;

/**
 * Row 12 of docs/benchmarks.md: the board of a plan with 100,000 deals in one HTTP call, opened, filtered and searched,
 * and the refusal report of its 50,000 closings.
 */
export async function boardFigures(system: LocalSystem): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("board", "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  const planId = planIdSchema.parse("pln_board");
  const users = Array.from({ length: MANAGERS }, (_, i) => `m${i}`);
  await store.imports.saveUsers([
    ...BOSSES.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "admin" as const })),
    ...users.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const })),
  ]);
  const made = makeSalesPlan(newPlanSchema.parse({ name: "Board", members: users.map((userId) => ({ userId })) }), {
    planId,
    statusIds: ["st_1", "st_2", "st_3", "st_4"].map((id) => statusIdSchema.parse(id)),
    createdAt: toInstant(FROM),
    currency: tenant.currency,
  });
  if (!made.ok) throw new Error(made.message);
  await store.sales.salesPlans.create(made.value, newAssignmentState(rulesOf(made.value), 1));
  await write(
    system,
    tenant.tenantId,
    Array.from({ length: DEALS }, (_, i) => dealAt(planId, i)),
  );
  const settling = performance.now();
  while (!(await store.sales.boards.refresh(planId))) continue;
  const settled = performance.now() - settling;
  const [boss, rep] = [await callerOf(system, BOSSES), await callerOf(system, ["m7"])];
  const board = `/v1/plans/${planId}/board?limit=20`;
  const open = await timesOf(() => boss(board, DEALS));
  const figures: BenchFigure[] = [
    { name: "board of 100,000 deals over HTTP, p95", value: p95(open), unit: "ms", limit: LIMIT_MS },
    { name: "a rep's board of it, p95", value: p95(await timesOf(() => rep(board))), unit: "ms", limit: LIMIT_MS },
  ];
  for (const [name, query, found] of [
    ["of a reason", "reasonId=rsn_3", 3_125],
    ["of a month", "from=2026-02-01&to=2026-02-28", 40_320],
    ["of a manager, month and reason", "managerId=m7&from=2026-02-01&to=2026-02-28&reasonId=rsn_3", undefined],
    ["closed in a month", "dateField=closed&from=2026-02-01&to=2026-02-28", undefined],
    ["sorted by amount", "sort=amount", DEALS],
    ["searched by title", "search=course%204321", 11],
    ["searched by a part of a phone number", "search=01710054321", 1],
  ] as const)
    figures.push({
      name: `board ${name}, p95`,
      value: p95(await timesOf(() => boss(`${board}&${query}`, found))),
      unit: "ms",
      limit: LIMIT_MS,
    });
  for (const [name, path, limit] of [
    ["of 50,000 closings", "?by=manager", LIMIT_MS],
    ["of a month", "?by=manager&from=2026-02-01&to=2026-02-28", LIMIT_MS],
    ["of a month with clarifications", "?by=manager&clarifications=true&from=2026-02-01&to=2026-02-28", undefined],
    ["of 50,000 closings with clarifications", "?by=manager&clarifications=true", undefined],
    ["to the deals of a cell", "/deals?by=manager&outcome=lost&group=m7&reasonId=rsn_3&limit=20", LIMIT_MS],
  ] as const)
    figures.push({
      name: `refusal report ${name}, p95`,
      value: p95(await timesOf(() => boss(`/v1/refusal-report${path}`), limit === undefined ? 10 : undefined)),
      unit: "ms",
      ...(limit === undefined ? {} : { limit }),
    });
  return [...figures, { name: "100,000 new deals to a settled board", value: settled / 1000, unit: "s" }];
}

/** Every fourth deal is won and every fourth lost, with one of several reasons. */
function dealAt(planId: PlanId, i: number): Deal {
  const at = toInstant(FROM + i * 60_000);
  const kind = i % 4 === 2 ? ("won" as const) : ("lost" as const);
  const reasonId = kind === "lost" ? reasonIdSchema.parse(`rsn_${Math.floor(i / 4) % REASONS}`) : undefined;
  return {
    dealId: dealIdOf(planId, i + 1),
    planId,
    personId: contactIdSchema.parse(`per_${i}`),
    title: `Course ${i}`,
    amountMinor: minor(19_900 + (i % 977)),
    currency: currencySchema.parse("EUR"),
    statusId: statusIdSchema.parse(`st_${(i % 4) + 1}`),
    managerId: userIdSchema.parse(`m${i % MANAGERS}`),
    ...(i % 4 < 2 ? {} : { closing: { kind, at, reasonId, clarification: i % 3 === 0 ? "too dear" : undefined } }),
    isExtra: false,
    version: 1,
    sequence: i + 1,
    createdAt: at,
    changedAt: at,
  };
}

/** Sends requests of the users in turn, and checks the number of deals found. */
async function callerOf(system: LocalSystem, userIds: readonly string[]) {
  const tokens = await Promise.all(userIds.map((userId) => tokenOf(system, "board", userId)));
  let calls = 0;
  return async (path: string, expected?: number): Promise<void> => {
    const token = tokens[calls % tokens.length] ?? "";
    calls += 1;
    const reply = await fetch(system.url + path, { headers: { authorization: `Bearer ${token}` } });
    const body: { total?: { count?: number } } = JSON.parse(await reply.text());
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${JSON.stringify(body)}`);
    if (expected !== undefined && body.total?.count !== expected)
      throw new Error(`${path}: ${body.total?.count} deals in the place of ${expected}`);
  };
}

/** Writes deals directly to the store, with persons, closings and counts, and marks the pages to be written. */
async function write(
  system: LocalSystem,
  tenantId: Parameters<typeof keysOf>[0],
  deals: readonly Deal[],
): Promise<void> {
  const operations = new Operations(system.runtime.tableFor(tenantId), noUsage());
  const keys = keysOf(tenantId);
  const counts = new CounterDelta();
  const closings = new ClosingCounterDelta(keys, "UTC");
  for (let i = 0; i < deals.length; i += 2_000) {
    const some = deals.slice(i, i + 2_000);
    await operations.batchPut(some.map((deal) => dealItem(keys, deal)));
    await operations.batchPut(some.flatMap((deal) => closingItem(keys, deal)));
    for (const deal of some) {
      counts.change(undefined, deal);
      closings.note(closingOf(deal, "command"));
    }
  }
  const persons = deals.map(({ personId, createdAt }, i) => ({
    ...keys.contact(personId),
    personId,
    createdAt,
    name: `Person ${i}`,
    email: `p${i}@example.com`,
    phone: `+49171${String(i).padStart(7, "0")}`,
  }));
  await operations.batchPut(persons);
  const pages = Map.groupBy(deals, boardBlockOf);
  await operations.batchPut(
    [...pages].flatMap(([page, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const dealIds = new Set(own.map(({ dealId }) => dealId));
      return [{ ...keys.dirtyBlock(first.planId, page), dealIds, n: 1, b: "bench" }];
    }),
  );
  const [first] = deals;
  if (first !== undefined) await operations.transact(counts.writes(keys, first.planId));
  const days = closings.writes();
  for (let i = 0; i < days.length; i += TRANSACTION_WRITES)
    await operations.transact(days.slice(i, i + TRANSACTION_WRITES));
}

function closingItem(keys: Keys, deal: Deal) {
  const closing = closingOf(deal, "command");
  if (closing === undefined) return [];
  const put = putClosing(keys, closing);
  return "Put" in put ? [put.Put.Item] : [];
}
