import { builtInInsights } from "@regulars/core/insights/catalog";
import { changedMonitor, newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { openTenantStore } from "@regulars/store/tenant-store";
import { beforeEach, describe, expect, it } from "vitest";
import { watchWrites } from "../../../test/fixtures/table-writes.ts";
import { type TestTenant, aTable, aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { settleChanged } from "./settle-changed.ts";

const customerId = customerIdSchema.parse("acme");
const GOOD = monitorIdSchema.parse("good");
const CALLED = { field: "activity.call.total", op: ">", value: 0 } as const;

describe("statuses that turn several times on one day", () => {
  let testTenant: TestTenant;
  let minutes = 0;

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    await testTenant.store.webhooks.create({
      webhookId: "wh_1",
      url: "https://example.com/events",
      events: ["status.entered", "status.left"],
      secret: "whsec_a",
      isActive: true,
      createdAt: toInstant(Date.parse("2026-06-01T08:00:00Z")),
      version: 1,
    });
    await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme" }]);
  });

  const create = (criteria: object, ownerType: "company" | "person" = "company") =>
    testTenant.store.monitors.create(newMonitor(GOOD, newMonitorSchema.parse({ name: "Good", ownerType, criteria })));
  const isNow = (category: string) => testTenant.store.imports.saveCustomers([{ customerId, name: "Acme", category }]);
  const activity = (id: string, type: "call" | "email", personId?: string) => ({
    activityId: activityIdSchema.parse(id),
    customerId,
    ...(personId === undefined ? {} : { personId: personIdSchema.parse(personId) }),
    userId: userIdSchema.parse("ann"),
    type,
    direction: "in" as const,
    occurredAt: toInstant(Date.parse("2026-06-01T12:00:00Z")),
    occurredOn: day("2026-06-01"),
    completed: true,
  });
  /** What the rebuild job does on a day, later than it did before. */
  const settle = async (today: string, store = testTenant.another().store, isEverybody = false) => {
    minutes += 1;
    const now = toInstant(Date.parse(`${today}T09:00:00Z`) + minutes * 60_000);
    const { tenant } = testTenant;
    const whom = isEverybody ? { isEverybody } : { customerIds: [customerId] };
    await settleChanged({ tenant, catalog: builtInInsights, store, now, newId: () => `${minutes}`, ...whom });
  };
  const log = async () =>
    (await all(testTenant.store.statuses.statusLog(customerId)))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ type, on, since, nth }) => [type, on, since, nth ?? 1].join(" "));
  /** What a receiver gets, in the order of the events' time. */
  const events = async () => {
    await indexesCaughtUp();
    const due = await testTenant.store.webhooks.dueEvents(500);
    return due.map(({ event }) => event).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  };

  it("have a name for each turn: a receiver that drops names it knows ends with what is", async () => {
    await create({ field: "category", op: "is", value: "Customer" });
    await isNow("Prospect");
    await settle("2026-06-10");
    for (const category of ["Customer", "Prospect", "Customer", "Prospect", "Customer"]) {
      await isNow(category);
      await settle("2026-06-10");
    }
    await isNow("Prospect");
    await settle("2026-06-13");
    expect(await log()).toEqual([
      "entered 2026-06-10 2026-06-10 1",
      "left 2026-06-10 2026-06-10 1",
      "entered 2026-06-10 2026-06-10 2",
      "left 2026-06-10 2026-06-10 2",
      "entered 2026-06-10 2026-06-10 3",
      "left 2026-06-11 2026-06-10 3",
    ]);
    expect((await events()).map(({ eventId }) => eventId)).toEqual([
      "status_entered.good.2026-06-10.company.acme",
      "status_left.good.2026-06-10.company.acme",
      "status_entered.good.2026-06-10-2.company.acme",
      "status_left.good.2026-06-10-2.company.acme",
      "status_entered.good.2026-06-10-3.company.acme",
      "status_left.good.2026-06-10-3.company.acme",
    ]);
  });

  it("have one also when a monitor that was paused finds a day again that is in the log", async () => {
    const { imports, monitors } = testTenant.store;
    await create(CALLED);
    await imports.saveActivities([activity("a", "call")]);
    await settle("2026-06-10");
    await imports.saveActivities([activity("a", "email")]);
    await settle("2026-06-11");
    const pause = async (isActive: boolean, today: string) => {
      const [monitor] = await monitors.monitors();
      if (monitor === undefined) throw new Error("there is one");
      const when = { today: day(today), lastNight: addDays(day(today), -1) };
      await monitors.save(changedMonitor(monitor, { isActive }, when));
      await settle(today, undefined, true);
    };
    await pause(false, "2026-06-11");
    await imports.saveActivities([activity("a", "call")]);
    await pause(true, "2026-06-12");
    expect(await log()).toEqual([
      "entered 2026-06-01 2026-06-01 1",
      "left 2026-06-11 2026-06-01 1",
      "entered 2026-06-01 2026-06-01 2",
    ]);
    expect(new Set((await events()).map(({ eventId }) => eventId)).size).toBe(3);
  });

  it("keep their names where a process ends before all of it is stored, and they are found again", async () => {
    const { imports } = testTenant.store;
    const ids = Array.from({ length: 120 }, (_, i) => `p-${i}`);
    await imports.savePersons(ids.map((id) => ({ personId: personIdSchema.parse(id), customerId })));
    await create(CALLED, "person");
    await settle("2026-06-10");
    await imports.saveActivities(ids.map((id) => activity(`call-${id}`, "call", id)));
    const table = aTable();
    watchWrites(table, ({ keys }) => {
      if (keys.some(({ pk }) => pk.includes("#STATUSLOG#")) && keys.some(({ pk }) => !pk.includes("#STATUSLOG#")))
        throw new Error("the process ended");
      return "send";
    });
    await expect(settle("2026-06-10", openTenantStore(table, testTenant.tenant))).rejects.toThrow("the process ended");
    expect(await log()).toHaveLength(21);
    await settle("2026-06-10");
    expect(new Set(await log())).toEqual(new Set(["entered 2026-06-10 2026-06-10 1"]));
    expect(await log()).toHaveLength(120);
    expect(new Set((await events()).map(({ eventId }) => eventId)).size).toBe(120);
  });
});
