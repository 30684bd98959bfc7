import type { Deal } from "@regulars/core/deals/deal";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { type PlanId, planIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { makeSalesPlan, newPlanSchema, rulesOf } from "@regulars/core/sales-plans/sales-plan";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { LocalSystem } from "@regulars/local/system";
import { aDealOfMany, writeDeals } from "../fixtures/many-deals.ts";
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
 * The board of a plan with 100,000 deals in one HTTP call, opened, filtered and searched,
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
  await writeDeals(
    system.runtime.tableFor(tenant.tenantId),
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
  figures.push(...(await pageFigures(`${system.url}/plans/${tenant.tenantId}/${planId}`, () => boss(board, DEALS))));
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

/** Pairs of the page and its JSON, one after the other, so that both meet the same machine. */
const PAIRS = 40;
/** How much longer the page of a board may take than the API's JSON of the same cards. */
const MOST_TIMES = 1.5;

/** The page of a board as a browser asks for it, beside the API's JSON. */
async function pageFigures(address: string, json: () => Promise<void>): Promise<BenchFigure[]> {
  const page = async (): Promise<void> => {
    const reply = await fetch(address, { headers: { accept: "text/html" } });
    if (!(await reply.text()).includes(`${DEALS.toLocaleString("en")}`.replace(",", "")))
      throw new Error(`${address}: ${reply.status}, without ${DEALS} deals`);
  };
  const [pages, ratios]: [number[], number[]] = [[], []];
  for (let i = 0; i <= PAIRS; i += 1) {
    const [ofPage = 0] = await timesOf(page, 1);
    const [ofJson = 1] = await timesOf(json, 1);
    pages.push(ofPage);
    ratios.push(ofPage / ofJson);
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  return [
    { name: "page of a board of 100,000 deals, p95", value: p95(pages), unit: "ms", limit: LIMIT_MS },
    { name: "page of a board against its JSON, median", value: median, unit: "times", limit: MOST_TIMES },
  ];
}

/** Every fourth deal is won and every fourth lost, with one of several reasons. */
function dealAt(planId: PlanId, i: number): Deal {
  const place = { statusId: `st_${(i % 4) + 1}`, managerId: `m${i % MANAGERS}` };
  if (i % 4 < 2) return aDealOfMany(planId, i, FROM, place);
  if (i % 4 === 2) return aDealOfMany(planId, i, FROM, { ...place, kind: "won" });
  return aDealOfMany(planId, i, FROM, { ...place, kind: "lost", reason: `rsn_${Math.floor(i / 4) % REASONS}` });
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
