import type { Criterion } from "@regulars/core/monitors/criteria";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import type { KnownOfNight } from "@regulars/core/nightly/night-watch";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { seeded } from "@regulars/core/platform/random";
import {
  type Day,
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
import { regenerationOf } from "./monitor-regeneration.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const CUSTOMERS = 10_000;
const AT_ONCE = 100;
const ROUNDS = 4;
const LAST_NIGHT = day("2026-05-31");
const EUR = currencySchema.parse("EUR");

/** What a night of 10,000 companies spends on 50 status monitors. */
export async function monitorNightFigures(system: LocalSystem, customers = CUSTOMERS): Promise<BenchFigure[]> {
  const { tenantId } = await system.makeTenant(testTenantRecord("statuses", "EUR"));
  const { store } = await system.openTenant(tenantId);
  const random = seeded(11);
  for (let from = 0; from < customers; from += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, i) => from + i);
    await store.imports.saveOrders(some.flatMap((customer) => ordersOf(customer, random)));
    await store.imports.saveActivities(some.flatMap((customer) => callsOf(customer, random)));
  }
  await system.queues.send("rebuilds", { tenantId });
  await system.queues.idle();
  const { links } = system.runtime;
  const night = async (asOf: Day, isWatched: boolean) =>
    aNight({ ...(await system.openTenant(tenantId)), links }, asOf, isWatched);
  await night(LAST_NIGHT, false);
  const before = await night(LAST_NIGHT, false);
  for (const [index, criteria] of fiftyCriteria().entries()) {
    const given = newMonitorSchema.parse({ name: `Status ${index}`, ownerType: "company", criteria });
    await store.monitors.create(newMonitor(aMonitorId(random), given, index + 1));
  }
  const first = await night(LAST_NIGHT, true);
  const [plain, watched]: [Night[], Night[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [isWatched, nights] of [
      [false, plain],
      [true, watched],
    ] as const) {
      // The first night after the other kind takes back or makes the findings of statuses: only the second is quiet.
      await night(LAST_NIGHT, isWatched);
      nights.push(await night(LAST_NIGHT, isWatched));
    }
  const least = (nights: readonly Night[], of: (one: Night) => number): number => Math.min(...nights.map(of));
  const share = (of: (one: Night) => number): number => (100 * least(watched, of)) / least(plain, of) - 100;
  const next = await night(addDays(LAST_NIGHT, 1), true);
  const regenerated = await regenerationOf(await system.openTenant(tenantId), addDays(LAST_NIGHT, 2));
  return [
    {
      name: "50 monitors, 10,000 companies: grow a quiet night by",
      value: share(({ ms }) => ms),
      unit: "%",
      limit: 20,
    },
    { name: "… its processor time by", value: share(({ cpu }) => cpu), unit: "%" },
    { name: "… their first night", value: first.ms, unit: "ms" },
    {
      name: "… read more than without",
      value: (watched.at(-1)?.read ?? 0) - (plain.at(-1)?.read ?? 0),
      unit: "RRU",
      goal: { atMost: 0 },
    },
    {
      name: "… read more than before anybody had a status",
      value: (watched.at(-1)?.read ?? 0) - before.read,
      unit: "RRU",
    },
    { name: "… the next night, customers whose statuses changed", value: next.changed, unit: "" },
    { name: "… others that were written", value: next.saved - next.changed, unit: "", limit: 0 },
    {
      name: "full regeneration of one definition, reads of a customer's block",
      value: regenerated.reads / customers,
      unit: "",
      limit: 1,
    },
    { name: "… customers that got the status, each written once", value: regenerated.written, unit: "" },
    { name: "… its processor time, with what was written", value: regenerated.cpu, unit: "ms" },
  ];
}

/** An id like those that are given: it repeats nothing of the others. */
const aMonitorId = (random: () => number) =>
  monitorIdSchema.parse(`sts_${Array.from({ length: 26 }, () => Math.floor(random() * 32).toString(32)).join("")}`);

interface Night {
  readonly ms: number;
  readonly cpu: number;
  readonly read: number;
  /** Customers whose statuses were written, and those of whom one had turned. */
  readonly saved: number;
  readonly changed: number;
}

async function aNight(
  { tenant, catalog, store, links }: OpenedTenant & Pick<LocalSystem["runtime"], "links">,
  asOf: Day,
  isWatched: boolean,
): Promise<Night> {
  const now = toInstant(Date.parse(`${addDays(asOf, 1)}T02:00:00Z`));
  let [saved, changed, ids] = [0, 0, 0];
  const statuses: typeof store.statuses = {
    ...store.statuses,
    saveStatuses: (given) => {
      saved += 1;
      if (given.turns.length > 0) changed += 1;
      return store.statuses.saveStatuses(given);
    },
  };
  const newId = () => `${(ids += 1)}`;
  const [before, started, cpu] = [store.usage.readRequestUnits, performance.now(), process.cpuUsage()];
  const input = { tenant, catalog, store: { ...store, statuses }, now, newId };
  const openWatch = isWatched ? (known: KnownOfNight) => openNightWatch(input, asOf, { known }) : undefined;
  const run = { tenant, catalog, asOf, openWatch, now, store: store.nightly, links, isOnHold: true };
  await runNightly({ ...run, isScheduled: false, mayRewind: false });
  const { user, system } = process.cpuUsage(cpu);
  return {
    ms: performance.now() - started,
    cpu: (user + system) / 1000,
    read: store.usage.readRequestUnits - before,
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
