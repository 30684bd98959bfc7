import { builtInInsights } from "@regulars/core/insights/catalog";
import { ownersOf } from "@regulars/core/monitors/monitored-owners";
import { counterSettingsSchema } from "@regulars/core/monitors/counter-settings";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { type MonitorBooks, monitorBooks } from "@regulars/core/monitors/monitor-books";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { statusesOf } from "@regulars/core/monitors/status-book";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import type { Subject } from "@regulars/core/monitors/condition";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { type CustomerId, type Day, customerIdSchema, day, toDay, toDayNumber } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { type Below, seeded, storeCustomer, storeRecord } from "../../../test/fixtures/random-records.ts";
import { timedCriteria } from "../../../test/fixtures/timed-criteria.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

/** Where the quiet days begin: also before a leap day, and before clocks are put forward. */
const futures = [
  { seed: 1, start: day("2026-06-20"), timeZone: "UTC" },
  { seed: 2, start: day("2027-12-28"), timeZone: "Europe/Copenhagen" },
] as const;
const QUIET_DAYS = 100;
const CUSTOMERS = ["acme", "baker"].map((id) => customerIdSchema.parse(id));
const settings = counterSettingsSchema.parse({
  amountClasses: [{ class: 1, currency: "EUR", fromMinor: 100_000 }],
});

const monitors = Object.entries(timedCriteria).flatMap(([ownerType, all]) =>
  all.map((criteria, index) =>
    newMonitor(
      monitorIdSchema.parse(`${ownerType}-${index}`),
      newMonitorSchema.parse({ name: `${ownerType}-${index}`, ownerType, criteria }),
    ),
  ),
);

async function randomTenant(below: Below, { start, timeZone }: (typeof futures)[number]): Promise<TestTenant> {
  const tenant = aTenantStore({ timeZone, closures: [{ from: addDays(start, 44), to: addDays(start, 50) }] });
  for (const customerId of CUSTOMERS) {
    await storeCustomer(tenant, customerId, below);
    for (let index = 0; index < 36; index += 1)
      await storeRecord(tenant, below(4), {
        customerId,
        id: `${customerId}-${index}`,
        on: addDays(start, below(180) - 100),
        below,
      });
  }
  return tenant;
}

/** The owners at a customer as the store knows them on a day. */
async function subjectsOn(
  { tenant, store }: TestTenant,
  customerId: CustomerId,
  asOf: Day,
): Promise<{ readonly books: MonitorBooks; readonly subjects: readonly (readonly [Owner, Subject])[] }> {
  const books = monitorBooks(monitors, settings, builtInInsights.kinds, tenant);
  const snapshot = await store.nightly.snapshotOf(customerId, { asOf });
  if (snapshot === undefined) return { books, subjects: [] };
  const persons = await store.nightly.personsOf(customerId);
  const owners = ownersOf({ snapshot, findings: [], persons }, books);
  return {
    books,
    subjects: owners.map(({ owner, input }) => {
      const criteria = books.books.get(owner.type)?.criteria ?? new Map();
      return [owner, statusesOf({ criteria }, ownerFacts(input))];
    }),
  };
}

const idsOf = (books: MonitorBooks, { type }: Owner): readonly string[] => [
  ...(books.books.get(type)?.criteria.keys() ?? []),
];

describe("the future of statuses", () => {
  it.each(futures)("is foretold to the day: every turn of a hundred quiet days, and no other (%o)", async (future) => {
    const { seed, start } = future;
    const tenant = await randomTenant(seeded(seed), future);
    const until = toDayNumber(start) + QUIET_DAYS;
    const foretold: string[] = [];
    const found: string[] = [];
    for (const customerId of CUSTOMERS) {
      const { books, subjects } = await subjectsOn(tenant, customerId, start);
      const before = new Map<string, boolean>();
      for (const [owner, { statuses }] of subjects)
        for (const statusId of idsOf(books, owner)) {
          before.set(`${statusId} ${ownerIdOf(owner)}`, statuses.isOn(statusId, toDayNumber(start)) === true);
          let on = statuses.nextTurn(statusId, toDayNumber(start));
          for (; on <= until; on = statuses.nextTurn(statusId, on))
            foretold.push(`${statusId} ${ownerIdOf(owner)} ${on}`);
        }
      for (let on = toDayNumber(start) + 1; on <= until; on += 1) {
        const { subjects: now } = await subjectsOn(tenant.another(), customerId, toDay(on));
        for (const [owner, { statuses }] of now)
          for (const statusId of idsOf(books, owner)) {
            const name = `${statusId} ${ownerIdOf(owner)}`;
            const isOn = statuses.isOn(statusId, on) === true;
            if (isOn !== before.get(name)) found.push(`${name} ${on}`);
            before.set(name, isOn);
          }
      }
    }
    expect(found.toSorted()).toEqual(foretold.toSorted());
    expect(new Set(found.map((turn) => turn.split(" ")[0])).size).toBeGreaterThan(18);
  });
});
