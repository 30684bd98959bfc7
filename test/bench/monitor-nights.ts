import type { Criterion } from "@regulars/core/monitors/criteria";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import type { KnownOfNight } from "@regulars/core/nightly/night-watch";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { seeded } from "@regulars/core/platform/random";
import {
  type Day,
  type TenantId,
  activityIdSchema,
  currencySchema,
  customerIdSchema,
  day,
  itemIdSchema,
  minor,
  orderIdSchema,
  toInstant,
} from "@regulars/core/platform/values";
import { openNightWatch } from "@regulars/flows/monitors/night-watch";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { copyCustomers } from "./copied-customers.ts";
import { type CountedCalls, countCalls } from "./counted-calls.ts";
import { regenerationOf } from "./monitor-regeneration.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const CUSTOMERS = 10_000;
/** Further companies are copies of these. */
const MOST_IMPORTED = 200;
const AT_ONCE = 100;
const ROUNDS = 4;
const LAST_NIGHT = day("2026-05-31");
const EUR = currencySchema.parse("EUR");

/**
 * What a night of 10,000 companies spends on 50 status monitors: two tenants have the same companies, and quiet nights of
 * the one without monitors and of the one with them take turns.
 */
export async function monitorNightFigures(system: LocalSystem, customers = CUSTOMERS): Promise<BenchFigure[]> {
  const calls = countCalls(system.runtime.table);
  const tenants = [];
  for (const tenantId of ["plain", "watched"]) tenants.push(await aTenantOf(system, tenantId, customers));
  const [plainId, watchedId] = tenants;
  if (plainId === undefined || watchedId === undefined) throw new Error("there are two tenants");
  const night = async (tenantId: TenantId, asOf = LAST_NIGHT) =>
    aNight({ ...(await system.openTenant(tenantId)), links: system.runtime.links }, asOf, calls);
  await night(plainId);
  await night(watchedId);
  const { store } = await system.openTenant(watchedId);
  const random = seeded(13);
  for (const [index, criteria] of fiftyCriteria().entries()) {
    const given = newMonitorSchema.parse({ name: `Status ${index}`, ownerType: "company", criteria, description });
    await store.monitors.create(newMonitor(aMonitorId(random), given, index + 1));
  }
  const first = await night(watchedId);
  const [plain, watched]: [Night[], Night[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await night(plainId));
    watched.push(await night(watchedId));
  }
  const least = (nights: readonly Night[], of: (one: Night) => number): number => Math.min(...nights.map(of));
  const share = (of: (one: Night) => number): number => (100 * least(watched, of)) / least(plain, of) - 100;
  const more = (of: (one: Night) => number): number => least(watched, of) - least(plain, of);
  const next = await night(watchedId, addDays(LAST_NIGHT, 1));
  const regenerated = await regenerationOf(await system.openTenant(watchedId), addDays(LAST_NIGHT, 2));
  calls.stop();
  return [
    {
      name: `50 monitors, ${customers.toLocaleString("en")} companies: grow a quiet night by`,
      value: share(({ ms }) => ms),
      unit: "%",
      limit: 20,
    },
    { name: "… its processor time by", value: share(({ cpu }) => cpu), unit: "%" },
    { name: "… their first night", value: first.ms, unit: "ms" },
    { name: "… reads of single companies more than without", value: more(({ reads }) => reads), unit: "", limit: 0 },
    { name: "… calls more than without monitors", value: more((one) => one.calls), unit: "", limit: 0 },
    { name: "… read more than without monitors", value: more(({ read }) => read), unit: "RRU", goal: { atMost: 0 } },
    { name: "… the next night, customers whose statuses changed", value: next.changed, unit: "" },
    { name: "… others that were written", value: next.saved - next.changed, unit: "", limit: 0 },
    {
      name: "full regeneration of one definition, reads of a customer's snapshot",
      value: regenerated.reads / customers,
      unit: "",
      limit: 1,
    },
    { name: "… customers that got the status, each written once", value: regenerated.written, unit: "" },
    { name: "… its processor time, with what was written", value: regenerated.cpu, unit: "ms" },
  ];
}

/** A tenant of so many companies, of whom most are copies: importing all of them would take many times as long. */
async function aTenantOf(system: LocalSystem, name: string, customers: number): Promise<TenantId> {
  const { tenantId } = await system.makeTenant(testTenantRecord(name, "EUR"));
  const { store } = await system.openTenant(tenantId);
  const random = seeded(11);
  const customerIds = Array.from({ length: customers }, (_, i) => customerIdSchema.parse(`C${i}`));
  const imported = Math.min(customers, MOST_IMPORTED);
  for (let from = 0; from < imported; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, imported - from) }, (_, i) => from + i);
    await store.imports.saveOrdersOfCustomers(some.flatMap((customer) => ordersOf(customer, random)));
    await store.imports.saveActivities(some.flatMap((customer) => callsOf(customer, random)));
  }
  await system.queues.send("rebuilds", { tenantId });
  await system.queues.idle();
  await copyCustomers(system, tenantId, {
    imported: customerIds.slice(0, imported),
    copies: customerIds.slice(imported),
  });
  return tenantId;
}

/** What is told of each: a manager's words with the values of four variables. */
const description = "<name> has bought nothing since <lsal>, that is <dlst> days. <cont>, please call <cpho|them>.";

/** An id like those that are given: it repeats nothing of the others. */
const aMonitorId = (random: () => number) =>
  monitorIdSchema.parse(
    `sts_${Array.from({ length: 26 }, () => "0123456789abcdefghjkmnpqrstvwxyz".charAt(Math.floor(random() * 32))).join("")}`,
  );

interface Night {
  readonly ms: number;
  readonly cpu: number;
  readonly read: number;
  readonly calls: number;
  /** Companies, findings and statuses that were read one by one. */
  readonly reads: number;
  /** Customers whose statuses were written, and those of whom one had turned. */
  readonly saved: number;
  readonly changed: number;
}

async function aNight(
  { tenant, catalog, store, links }: OpenedTenant & Pick<LocalSystem["runtime"], "links">,
  asOf: Day,
  calls: CountedCalls,
): Promise<Night> {
  const now = toInstant(Date.parse(`${addDays(asOf, 1)}T02:00:00Z`));
  let [saved, changed, ids, reads] = [0, 0, 0, 0];
  const counted =
    <Given extends readonly unknown[], T>(read: (...given: Given) => T) =>
    (...given: Given): T => {
      reads += 1;
      return read(...given);
    };
  const statuses: typeof store.statuses = {
    ...store.statuses,
    statusesOf: counted(store.statuses.statusesOf),
    saveStatuses: (given) => {
      saved += 1;
      if (given.turns.length > 0) changed += 1;
      return store.statuses.saveStatuses(given);
    },
  };
  const nightly: typeof store.nightly = {
    ...store.nightly,
    snapshotOf: counted(store.nightly.snapshotOf),
    personsOf: counted(store.nightly.personsOf),
    finding: counted(store.nightly.finding),
    findingsAboutStatuses: counted(store.nightly.findingsAboutStatuses),
  };
  const newId = () => `${(ids += 1)}`;
  const input = { tenant, catalog, store: { ...store, nightly, statuses }, now, newId };
  const openWatch = (known: KnownOfNight) => openNightWatch(input, asOf, { known });
  const run = { tenant, catalog, asOf, openWatch, now, store: nightly, links, isOnHold: true };
  const [before, started, cpu] = [store.usage.readRequestUnits, performance.now(), process.cpuUsage()];
  const { count } = await calls.of(() => runNightly({ ...run, isScheduled: false, mayRewind: false }));
  const { user, system } = process.cpuUsage(cpu);
  return {
    ms: performance.now() - started,
    cpu: (user + system) / 1000,
    read: store.usage.readRequestUnits - before,
    calls: count,
    reads,
    saved,
    changed,
  };
}

/** Some twenty orders of four lines in a year and a half. */
const ordersOf = (customer: number, random: () => number) =>
  Array.from({ length: 16 + (customer % 8) }, (_, o) => {
    const on = addDays(LAST_NIGHT, -28 * o - Math.floor(random() * 60));
    return {
      orderId: orderIdSchema.parse(`order-${customer}-${o}`),
      customerId: customerIdSchema.parse(`C${customer}`),
      orderedAt: toInstant(Date.parse(on)),
      orderedOn: on,
      type: "sale" as const,
      status: "confirmed" as const,
      currency: EUR,
      lines: Array.from({ length: 4 }, () => ({
        itemId: itemIdSchema.parse(`I${Math.floor(random() * 500)}`),
        kind: "goods" as const,
        quantity: 1 + Math.floor(random() * 20),
        netMinor: minor(Math.round(8000 * (0.5 + random()))),
      })),
    };
  });

/** Three calls of a year for every other company. */
const callsOf = (customer: number, random: () => number) =>
  Array.from({ length: customer % 2 === 0 ? 3 : 0 }, (_, index) => {
    const on = addDays(LAST_NIGHT, -Math.floor(random() * 365));
    return {
      activityId: activityIdSchema.parse(`call-${customer}-${index}`),
      customerId: customerIdSchema.parse(`C${customer}`),
      type: "call" as const,
      direction: "out" as const,
      occurredAt: toInstant(Date.parse(`${on}T12:00:00Z`)),
      occurredOn: on,
      completed: true,
    };
  });

/** Criteria as managers write them: few have a status, and everybody would get one some day. */
const fiftyCriteria = (): readonly Criterion[] =>
  Array.from({ length: 50 }, (_, n): Criterion => {
    const many: Criterion = { field: "sale.sold.total", op: ">", value: 8 + (n % 12) };
    const kinds: readonly Criterion[] = [
      { field: "sale.sold.last", op: "olderThan", value: 50 + n, unit: "days" },
      { field: "sale.sold.totalIn2", op: "=", value: 0 },
      { field: "activity.call.last", op: "olderThan", value: 6 + (n % 6), unit: "months" },
      { field: "activity.totalIn3", op: ">", value: 1 },
      { not: { field: "sale.sold.last", op: "withinLast", value: 2, unit: "months" } },
    ];
    return { all: [many, kinds[n % 5] ?? many, { field: "sale.sold.totalIn3", op: "<", value: 3 + (n % 3) }] };
  });
