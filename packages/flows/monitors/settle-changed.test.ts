import { builtInInsights } from "@regulars/core/insights/catalog";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { anOrder } from "@regulars/core/testing";
import {
  type UserId,
  activityIdSchema,
  customerIdSchema,
  day,
  requestIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { changeFollowUp } from "./change-follow-up.ts";
import { settleChanged } from "./settle-changed.ts";
import { openNightWatch } from "./night-watch.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const customerId = customerIdSchema.parse("acme");
const baker = customerIdSchema.parse("baker");
const START = day("2026-06-01");

describe("statuses by night", () => {
  let testTenant: TestTenant;
  let ids = 0;

  /** The customers whose records were unpacked by nights. */
  const looked = new Set<string>();

  const seen = (): readonly string[] => {
    const found = [...looked];
    looked.clear();
    return found;
  };

  const inputOf = (asOf: string) => {
    const { tenant, store } = testTenant.another();
    const now = toInstant(Date.parse(`${addDays(day(asOf), 1)}T02:00:00Z`));
    return { tenant, catalog: builtInInsights, store, now, newId: () => `${(ids += 1)}` };
  };

  /** What a nightly run of a day does with statuses. Returns how many items it wrote. */
  async function night(on: string): Promise<number> {
    const asOf = day(on);
    const input = inputOf(asOf);
    const watch = await openNightWatch(input, asOf);
    for (const shard of input.store.shards)
      for await (const snapshot of input.store.nightly.snapshots(shard, { asOf }, { repair: true })) {
        const records = () => {
          looked.add(snapshot.customer.customerId);
          return snapshot.records();
        };
        await watch?.see({ ...snapshot, records }, []);
      }
    await watch?.end();
    return input.store.usage.itemsWritten;
  }

  /** What the rebuild job does after a change of the customer, during a day. */
  const changed = (today: string) => settleChanged({ ...inputOf(addDays(day(today), -1)), customerIds: [customerId] });

  const save = (statusId: string, criteria: object, more: object = {}) =>
    testTenant.store.monitors.create(
      newMonitor(
        monitorIdSchema.parse(statusId),
        newMonitorSchema.parse({ name: statusId, ownerType: "company", criteria, ...more }),
      ),
    );
  const called = (activityId: string, on: string, who = customerId) =>
    testTenant.store.imports.saveActivities([
      {
        activityId: activityIdSchema.parse(activityId),
        customerId: who,
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
  const followUps = async () => {
    await indexesCaughtUp();
    return testTenant.store.followUps.ofCustomer(customerId);
  };

  beforeEach(async () => {
    looked.clear();
    testTenant = aTenantStore({ edition: "pro" });
    await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme" }]);
  });

  const noActivity = { field: "activity.totalIn1", op: "=", value: 0 };
  const automatic = { followUp: { type: "call", textTemplate: "Call <name>", mode: "automatic" } };

  it("SA16 scenario 6: no activity in 30 days makes one task, and no second one while nobody does anything", async () => {
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

  it("SA16: the task that it made goes with the customer to another contact, unless somebody has changed it", async () => {
    const { store, tenant } = testTenant;
    const [anna, bob] = [userIdSchema.parse("anna"), userIdSchema.parse("bob")];
    await store.imports.saveUsers([anna, bob].map((userId) => ({ userId, name: userId, role: "rep" })));
    const hasRep = async (repId: UserId, on: string) => {
      await store.imports.saveCustomers([{ customerId, name: "Acme", repId }]);
      await changed(on);
    };
    const whose = async () => (await followUps()).map(({ userId }) => userId);
    await hasRep(anna, "2026-06-30");
    await save("neglected", noActivity, automatic);
    await night("2026-06-30");
    expect(await whose()).toEqual([anna]);
    await hasRep(bob, "2026-07-01");
    expect(await whose()).toEqual([bob]);
    const [task] = await followUps();
    const context = { ...store, tenant, clock: () => Date.parse("2026-07-01T10:00:00Z"), newId: () => "x" };
    const change = { text: "Call before noon" };
    const asked = { context, followUpId: task?.followUpId ?? "", by: "user:bob", change, nightly: store.nightly };
    expect(await changeFollowUp(asked)).toMatchObject({ ok: true });
    await hasRep(anna, "2026-07-02");
    expect(await whose()).toEqual([bob]);
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

  it("looks at nobody on a quiet night, whether they have a status or not, and at all when a monitor changes", async () => {
    await called("a", START);
    await testTenant.store.imports.saveCustomers([{ customerId: baker, name: "Baker" }]);
    await save("neglected", noActivity);
    await night("2026-06-10");
    expect(seen().toSorted()).toEqual(["acme", "baker"]);
    expect([await night("2026-06-30"), seen()]).toEqual([0, []]);
    await night("2026-07-01");
    expect([await held("neglected"), seen()]).toEqual([["2026-07-01"], ["acme"]]);
    await night("2026-07-02");
    expect(seen()).toEqual([]);
    await save("silent", { field: "activity.last", op: "isNull" });
    await night("2026-07-03");
    expect(seen().toSorted()).toEqual(["acme", "baker"]);
  });

  it("keeps off a day that was settled: a record that is deleted later begins no status before it", async () => {
    await called("a", START);
    await called("b", "2026-06-20");
    await save("neglected", noActivity);
    for (const on of ["2026-07-09", "2026-07-10"]) {
      await night(on);
      await testTenant.store.nightly.saveNightly({ asOf: day(on), customers: 1, kinds: {} });
    }
    await testTenant.store.records.remove("activities", "b");
    await night("2026-07-11");
    expect([await held("neglected"), await log()]).toEqual([["2026-07-11"], ["entered 2026-07-11"]]);
  });

  it("sees two changes, one after the other, that no rebuild came between", async () => {
    await called("a", START);
    await save("neglected", noActivity);
    await night("2026-07-10");
    await called("b", "2026-07-11");
    await changed("2026-07-11");
    expect(await held("neglected")).toEqual([]);
    await testTenant.store.records.remove("activities", "b");
    await changed("2026-07-11");
    expect(await held("neglected")).toEqual(["2026-07-11"]);
  });

  it("settles at once also when the zone is another one, and today is a day that was yesterday", async () => {
    const inZone = (timeZone: string) => {
      const { tenant, ...input } = inputOf(day("2026-07-10"));
      return { ...input, tenant: { ...tenant, timeZone }, now: toInstant(Date.parse("2026-07-11T15:00:00Z")) };
    };
    await called("a", START);
    await save("neglected", noActivity);
    await night("2026-07-11");
    await testTenant.store.nightly.saveNightly({ asOf: day("2026-07-11"), customers: 1, kinds: {} });
    await called("b", "2026-07-12");
    await settleChanged({ ...inZone("Pacific/Kiritimati"), customerIds: [customerId] });
    expect([await held("neglected"), await log()]).toEqual([[], ["entered 2026-07-01", "left 2026-07-12"]]);
    await testTenant.store.records.remove("activities", "b");
    await settleChanged({ ...inZone("UTC"), customerIds: [customerId] });
    expect(await held("neglected")).toEqual(["2026-07-12"]);
    expect(await log()).toContain("entered 2026-07-12");
    await save("silent", { field: "activity.last", op: "olderThan", value: 5, unit: "days" });
    await settleChanged(inZone("UTC"));
    expect(await held("silent")).toEqual(["2026-06-07"]);
  });

  it("settles at once also while nights are missed, whoever was settled for a later day than the last one", async () => {
    await called("a", START);
    await save("neglected", noActivity);
    await night("2026-07-10");
    await testTenant.store.nightly.saveNightly({ asOf: day("2026-07-10"), customers: 1, kinds: {} });
    await called("b", "2026-07-11");
    await changed("2026-07-11");
    expect(await held("neglected")).toEqual([]);
    await testTenant.store.records.remove("activities", "b");
    await changed("2026-07-15");
    expect(await held("neglected")).toEqual(["2026-07-11"]);
  });

  it("scenario 13: writes only those whose result changes when a period of 30 days becomes one of 45", async () => {
    const many = Array.from({ length: 6 }, (_, index) => customerIdSchema.parse(`c-${index}`));
    await testTenant.store.imports.saveCustomers(many.map((id) => ({ customerId: id, name: id })));
    // The last calls were 10, 20, 30, 40, 50 and 60 days ago.
    for (const [index, id] of many.entries()) await called(`call-${index}`, addDays(START, 50 - 10 * index), id);
    await save("neglected", noActivity);
    const asOf = addDays(START, 60);
    await night(asOf);
    const neglected = async () => {
      const stored = await Promise.all(many.map((id) => testTenant.store.statuses.statusesOf(id)));
      return stored.map(({ values, revision }) => [(values?.held ?? []).length, revision]);
    };
    expect(await neglected()).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const tenant = { ...testTenant.tenant, monitors: { periods: { company: [45] } } };
    expect(await settleChanged({ ...inputOf(asOf), tenant, isEverybody: true })).toEqual({ customers: 7, written: 2 });
    expect(await neglected()).toEqual([
      [0, 0],
      [0, 0],
      [0, 2],
      [0, 2],
      [1, 1],
      [1, 1],
    ]);
    expect(await settleChanged({ ...inputOf(asOf), tenant, isEverybody: true })).toMatchObject({ written: 0 });
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

  it("scenario 9: quiet days count from the day a status was left and begun again, also when those nights were missed", async () => {
    const flap = { field: "activity.totalIn1", op: "=", value: 1 };
    const tasksAfter = async (nights: readonly string[]) => {
      testTenant = aTenantStore({ edition: "pro" });
      await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme" }]);
      await save("one", flap, automatic);
      await called("a", "2026-06-01");
      await night("2026-06-20");
      // Two calls in 30 days until 2026-07-01; planned ahead of their days, so that no write comes between.
      await called("b", "2026-06-22");
      await called("c", "2026-07-14");
      for (const on of nights) await night(on);
      return [await log(), (await followUps()).map(({ state }) => state).toSorted()];
    };
    const expected = [
      ["entered 2026-06-01", "left 2026-06-22", "entered 2026-07-01"],
      ["closed", "open"],
    ];
    const everyNight = Array.from({ length: 14 }, (_, index) => addDays(day("2026-06-21"), index));
    expect(await tasksAfter(everyNight)).toEqual(expected);
    expect(await tasksAfter(["2026-07-04"])).toEqual(expected);
  });

  it("logs a status that came and went while nights were missed, and makes no task and no news of it", async () => {
    await called("a", START);
    await called("b", "2026-07-03");
    await save("neglected", noActivity, { ...automatic, told: { alert: true } });
    await night("2026-06-29");
    await night("2026-07-04");
    expect([await held("neglected"), await log()]).toEqual([[], ["entered 2026-07-01", "left 2026-07-03"]]);
    expect(await followUps()).toEqual([]);
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
    // The task that the night has made is packed once.
    await night(addDays(START, 40));
    expect(await night(addDays(START, 40))).toBe(0);
    await night(addDays(START, 41));
    expect([await log(), await followUps()]).toEqual(before);
  });
});
