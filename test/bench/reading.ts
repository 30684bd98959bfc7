import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { addDays, lastCompletedDay } from "@regulars/core/platform/period";
import { planIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import {
  currencySchema,
  customerIdSchema,
  itemIdSchema,
  minor,
  orderIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { makeSalesPlan, newPlanSchema, rulesOf } from "@regulars/core/sales-plans/sales-plan";
import type { LocalSystem } from "@regulars/local/system";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { aDealOfMany, writeDeals } from "../fixtures/many-deals.ts";
import { type CountedCalls, countCalls } from "./counted-calls.ts";
import { p95, timesOf, tokenOf } from "./calls.ts";
import { nightly } from "./nightly-runs.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const TENANT = "reading";
const EUR = currencySchema.parse("EUR");
const PLAN = planIdSchema.parse("pln_reading");
const BOARD = `/v1/plans/${PLAN}/board`;
const CARD = "/v1/customers/c0-0";
const DEALS = 77;
/** For longer than what a process takes of a caller's rate ahead is good for. */
const PAUSE_MS = 2_000;
/** Customers of the rep with a long list; each has one finding or two. */
const LONG = 500;
/** As many entries as one answer of the API has, so that a page and its JSON say the same. */
const FULL = 200;
/** Readers with short lists, who are many at once. */
const READERS = 20;
const SHORT = 10;
const PAGES_EACH = 15;
const PAIRS = 30;
const SETTLED_MS = 200_000;

/** Pages that are read from what the night has left. */
export async function readingFigures(system: LocalSystem): Promise<BenchFigure[]> {
  await makeTenant(system);
  const calls = countCalls(system.runtime.table);
  const ask = await readersOf(system);
  await ask("long", "/v1/for-you");
  await ask("rep0", BOARD);
  // A process knows what has not changed once it has seen it for three minutes.
  const now = performance.now.bind(performance);
  performance.now = () => now() + SETTLED_MS;
  try {
    return [...(await callFigures(calls, ask)), ...(await longListFigures(system, ask)), ...(await manyReaders(ask))];
  } finally {
    performance.now = now;
    calls.stop();
  }
}

type Ask = (user: string, path: string) => Promise<string>;

async function readersOf(system: LocalSystem): Promise<Ask> {
  const users = ["long", "full", ...Array.from({ length: READERS }, (_, i) => `rep${i}`)];
  const tokens = new Map<string, string>();
  for (const user of users) tokens.set(user, await tokenOf(system, TENANT, user));
  return async (user, path) => {
    const reply = await fetch(system.url + path, { headers: { authorization: `Bearer ${tokens.get(user) ?? ""}` } });
    const text = await reply.text();
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${text.slice(0, 300)}`);
    return text;
  };
}

/** Calls and read units of one request that is not the first of its process. */
async function callFigures(calls: CountedCalls, ask: Ask): Promise<BenchFigure[]> {
  const figures: BenchFigure[] = [];
  for (const [name, path, atMost] of [
    ["me", "/v1/me", undefined],
    ["For You", "/v1/for-you", 6],
    ["findings", "/v1/findings", 4],
    ["a customer's card", CARD, 3],
    [`board of ${DEALS} deals`, BOARD, 4],
  ] as const) {
    await ask("rep0", path);
    const { count, units } = await calls.of(() => ask("rep0", path));
    figures.push(
      {
        name: `${name} over HTTP: calls`,
        value: count,
        unit: "",
        ...(atMost === undefined ? {} : { goal: { atMost } }),
      },
      { name: "… units", value: units, unit: "RCU" },
    );
  }
  await ask("rep0", CARD);
  await sleep(PAUSE_MS);
  const { count } = await calls.of(() => ask("rep0", CARD));
  const name = "a customer's card after a pause of its reader: calls";
  return [...figures, { name, value: count, unit: "", goal: { atMost: 3 } }];
}

/** Lists as JSON and as pages, one after the other, so that both meet the same machine. */
async function longListFigures(system: LocalSystem, ask: Ask): Promise<BenchFigure[]> {
  const page = async (rep: string): Promise<void> => {
    const reply = await fetch(`${system.url}/for-you/${TENANT}/${rep}`, { headers: { accept: "text/html" } });
    if (!(await reply.text()).includes("</html>")) throw new Error(`the page: ${reply.status}`);
  };
  const json = (rep: string): Promise<string> => ask(rep, "/v1/for-you?limit=200");
  const { forYou }: { forYou: { counts: Record<string, number> } } = JSON.parse(await json("long"));
  const entries = Object.values(forYou.counts).reduce((sum, count) => sum + count, 0);
  const [pages, jsons, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i <= PAIRS; i += 1) {
    pages.push(...(await timesOf(() => page("long"), 1)));
    jsons.push(...(await timesOf(() => json("long"), 1)));
    const [ofPage = 0] = await timesOf(() => page("full"), 1);
    const [ofJson = 1] = await timesOf(() => json("full"), 1);
    ratios.push(ofPage / ofJson);
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  return [
    { name: "entries of the long list", value: entries, unit: "" },
    { name: "For You of them over HTTP, p95", value: p95(jsons), unit: "ms", goal: { atMost: 150 } },
    { name: "page of For You of them, p95", value: p95(pages), unit: "ms", goal: { atMost: 150 } },
    {
      name: `page of For You of ${FULL} against its JSON, median`,
      value: median,
      unit: "times",
      goal: { atMost: 1.5 },
    },
  ];
}

/** Twenty readers at once, each with a short list of their own. */
async function manyReaders(ask: Ask): Promise<BenchFigure[]> {
  const readers = Array.from({ length: READERS }, (_, i) => `rep${i}`);
  const [started, before] = [performance.now(), process.cpuUsage()];
  await mapConcurrent(readers, async (reader) => {
    for (let i = 0; i < PAGES_EACH; i += 1) await ask(reader, "/v1/for-you");
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const pages = READERS * PAGES_EACH;
  return [
    { name: `For You, ${READERS} readers at once`, value: pages / seconds, unit: "pages/s", goal: { atLeast: 100 } },
    { name: "… processor time of a page, client included", value: (user + system) / 1000 / pages, unit: "ms" },
  ];
}

async function makeTenant(system: LocalSystem): Promise<void> {
  const tenant = await system.makeTenant(testTenantRecord(TENANT, "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  const asOf = lastCompletedDay(toInstant(system.runtime.clock()), "UTC");
  const readers = Array.from({ length: READERS }, (_, i) => [`rep${i}`, SHORT] as const);
  const reps = [["long", LONG], ...readers, ["full", FULL]] as const;
  await store.imports.saveUsers(
    reps.map(([id]) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const })),
  );
  for (const [nth, [id, customers]] of reps.entries()) {
    const own = Array.from({ length: customers }, (_, i) =>
      customerIdSchema.parse(`c${nth === 0 ? id : nth - 1}-${i}`),
    );
    await store.imports.saveCustomers(
      own.map((customerId) => ({ customerId, name: `Customer ${customerId}`, repId: userIdSchema.parse(id) })),
    );
    for (let from = 0; from < own.length; from += 50)
      await store.imports.saveOrders(
        own.slice(from, from + 50).flatMap((customerId, i) =>
          Array.from({ length: 10 }, (_, o) => {
            const on = addDays(asOf, -70 - 20 * o - ((i + o) % 4));
            return {
              orderId: orderIdSchema.parse(`o-${customerId}-${o}`),
              customerId,
              orderedAt: toInstant(Date.parse(on)),
              orderedOn: on,
              type: "sale" as const,
              status: "confirmed" as const,
              currency: EUR,
              lines: [
                {
                  itemId: itemIdSchema.parse(`I${i % 40}`),
                  kind: "goods" as const,
                  quantity: 2,
                  netMinor: minor(5000 + 10 * i),
                },
              ],
            };
          }),
        ),
      );
  }
  const made = makeSalesPlan(newPlanSchema.parse({ name: "Reading", members: [{ userId: "rep0" }] }), {
    planId: PLAN,
    statusIds: ["st_1", "st_2", "st_3", "st_4"].map((id) => statusIdSchema.parse(id)),
    createdAt: toInstant(Date.parse(asOf)),
    currency: tenant.currency,
  });
  if (!made.ok) throw new Error(made.message);
  await store.sales.salesPlans.create(made.value, newAssignmentState(rulesOf(made.value), 1));
  const place = (i: number) => ({ statusId: `st_${(i % 4) + 1}`, managerId: "rep0" });
  await writeDeals(
    system.runtime.tableFor(tenant.tenantId),
    tenant.tenantId,
    Array.from({ length: DEALS }, (_, i) => aDealOfMany(PLAN, i, Date.parse(asOf), place(i))),
  );
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  await nightly(system, TENANT, asOf);
}
