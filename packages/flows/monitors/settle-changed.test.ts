import { builtInInsights } from "@regulars/core/insights/catalog";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { anOrder } from "@regulars/core/testing";
import { activityIdSchema, customerIdSchema, day, requestIdSchema, toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { openNightWatch } from "./night-watch.ts";

const customerId = customerIdSchema.parse("acme");
const START = day("2026-06-01");

describe("statuses by night", () => {
  let testTenant: TestTenant;
  let ids = 0;

  /** What a nightly run of a day does with statuses. */
  async function night(on: string): Promise<void> {
    const { tenant, store } = testTenant.another();
    const asOf = day(on);
    const now = toInstant(Date.parse(`${addDays(asOf, 1)}T02:00:00Z`));
    const newId = (): string => `${(ids += 1)}`;
    const watch = await openNightWatch({ tenant, catalog: builtInInsights, store, now, newId }, asOf);
    for (const shard of store.shards)
      for await (const snapshot of store.nightly.snapshots(shard, { asOf }, { repair: true }))
        await watch?.see(snapshot, []);
    await watch?.end();
  }

  const save = (statusId: string, criteria: object, more: object = {}) =>
    testTenant.store.monitors.create(
      newMonitor(
        monitorIdSchema.parse(statusId),
        newMonitorSchema.parse({ name: statusId, ownerType: "company", criteria, ...more }),
      ),
    );
  const called = (activityId: string, on: string) =>
    testTenant.store.imports.saveActivities([
      {
        activityId: activityIdSchema.parse(activityId),
        customerId,
        type: "call",
        direction: "in",
        occurredAt: toInstant(Date.parse(`${on}T12:00:00Z`)),
        occurredOn: day(on),
        completed: true,
      },
    ]);
  const held = async (statusId: string) =>
    (await testTenant.store.statuses.statusesOf(customerId)).values?.held
      .filter((one) => one.statusId === statusId)
      .map(({ since }) => since) ?? [];
  const log = async () =>
    (await all(testTenant.store.statuses.statusLog(customerId))).map(({ type, on }) => `${type} ${on}`);
  const followUps = () => testTenant.store.followUps.ofCustomer(customerId);

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme" }]);
  });

  const noActivity = { field: "activity.totalIn1", op: "=", value: 0 };
  const automatic = { followUp: { type: "call", textTemplate: "Call <name>", mode: "automatic" } };

  it("SA16: no activity in 30 days makes one task, and no second one while nobody does anything", async () => {
    await called("a", START);
    await save("neglected", noActivity, automatic);
    for (let days = 28; days <= 61; days += 1) await night(addDays(START, days));
    expect(await held("neglected")).toEqual(["2026-07-01"]);
    expect(await log()).toEqual(["entered 2026-07-01"]);
    expect(await followUps()).toMatchObject([{ text: "Call Acme", state: "open" }]);
    await called("b", "2026-08-02");
    await night("2026-08-02");
    expect(await held("neglected")).toEqual([]);
    expect(await followUps()).toMatchObject([{ state: "closed" }]);
  });

  it("SA17: an unresolved request is older than 30 days from the 31st day on, until it is closed", async () => {
    const request = { requestId: requestIdSchema.parse("r"), customerId, createdOn: START };
    const createdAt = toInstant(Date.parse(`${START}T12:00:00Z`));
    await testTenant.store.imports.saveRequests([{ ...request, createdAt }]);
    await save("waiting", { field: "request.firstOpen", op: "olderThan", value: 30, unit: "days" });
    await night("2026-07-01");
    expect(await held("waiting")).toEqual([]);
    await night("2026-07-02");
    expect(await held("waiting")).toEqual(["2026-07-02"]);
    const closedAt = toInstant(Date.parse("2026-07-03T12:00:00Z"));
    await testTenant.store.imports.saveRequests([{ ...request, createdAt, closedAt, closedOn: day("2026-07-03") }]);
    await night("2026-07-03");
    expect(await held("waiting")).toEqual([]);
  });

  it("knows the day of an order that is dated ahead, and counts it from then on without any write", async () => {
    const order = { customerId, orderId: "ahead", lines: [{ netMinor: 250_000 }] };
    await testTenant.store.imports.saveOrders([anOrder({ on: "2026-06-10", ...order })]);
    await save("never", { field: "sale.sold.total", op: "=", value: 0 });
    await save("bought", { field: "sale.sold.last", op: "withinLast", value: 20, unit: "days" });
    await night(START);
    expect((await testTenant.store.statuses.statusesOf(customerId)).values?.nextChangeOn).toBe("2026-06-10");
    await night("2026-06-09");
    expect([await held("never"), await held("bought")]).toEqual([["2026-06-01"], []]);
    await night("2026-06-10");
    expect([await held("never"), await held("bought")]).toEqual([[], ["2026-06-10"]]);
  });

  it("makes up for missed nights: the day, the log and the task are as if they had run", async () => {
    await called("a", START);
    await save("neglected", noActivity, automatic);
    await night(addDays(START, 20));
    await night(addDays(START, 33));
    expect(await held("neglected")).toEqual(["2026-07-01"]);
    expect(await log()).toEqual(["entered 2026-07-01"]);
    expect(await followUps()).toHaveLength(1);
  });

  it("rewrites no since and no log by a record that comes in late, whenever the statuses were last written", async () => {
    await called("a", START);
    await save("neglected", noActivity);
    for (let days = 28; days <= 49; days += 1) {
      const asOf = addDays(START, days);
      await night(asOf);
      await testTenant.store.nightly.saveNightly({ asOf, customers: 1, kinds: {} });
    }
    await called("late", "2026-06-10");
    await night("2026-07-21");
    expect(await held("neglected")).toEqual(["2026-07-01"]);
    expect(await log()).toEqual(["entered 2026-07-01"]);
  });

  it("changes nothing when the same night, or an unchanged one, is run again", async () => {
    await called("a", START);
    await save("neglected", noActivity, automatic);
    await night(addDays(START, 40));
    const before = [await log(), await followUps()];
    expect(await testTenant.writesOf(() => night(addDays(START, 40)))).toBe(0);
    await night(addDays(START, 41));
    expect([await log(), await followUps()]).toEqual(before);
  });
});
