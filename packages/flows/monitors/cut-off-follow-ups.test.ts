import { builtInInsights } from "@regulars/core/insights/catalog";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { customerIdSchema, day, saleIdSchema, toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { openNightWatch } from "./night-watch.ts";
import { settleChanged } from "./settle-changed.ts";
import type { StatusStores } from "./status-context.ts";

const customerId = customerIdSchema.parse("acme");

/** A store that ends its process at a write, once. */
function endingAt(store: StatusStores, write: "create" | "save" | "saveActivities" | "remove"): StatusStores {
  let isOver = false;
  const orEnd =
    <A extends unknown[], T>(name: typeof write, work: (...given: A) => Promise<T>) =>
    (...given: A): Promise<T> => {
      if (name !== write || isOver) return work(...given);
      isOver = true;
      return Promise.reject(new Error(`ended at ${write}`));
    };
  const { followUps, imports, records } = store;
  return {
    ...store,
    followUps: { ...followUps, create: orEnd("create", followUps.create), save: orEnd("save", followUps.save) },
    imports: { ...imports, saveActivities: orEnd("saveActivities", imports.saveActivities) },
    records: { ...records, remove: orEnd("remove", records.remove) },
  };
}

const sold = ({ store }: TestTenant, saleId: string, saleOn: string) =>
  store.imports.saveSales([{ saleId: saleIdSchema.parse(saleId), customerId, status: "sold", saleOn: day(saleOn) }]);

/** A customer who falls asleep on 2026-11-01, with a task by the status. */
async function aSleepingCustomer(): Promise<TestTenant> {
  const tenant = aTenantStore();
  await tenant.store.imports.saveCustomers([{ customerId, name: "Acme" }]);
  await sold(tenant, "first", "2026-10-01");
  const asleep = {
    name: "Asleep",
    ownerType: "company",
    criteria: { field: "sale.sold.last", op: "olderThan", value: 30, unit: "days" },
    followUp: { type: "call", textTemplate: "Call <name>", mode: "automatic" },
  };
  await tenant.store.monitors.create(newMonitor(monitorIdSchema.parse("asleep"), newMonitorSchema.parse(asleep)));
  return tenant;
}

let ids = 0;
const inputOf = ({ tenant }: TestTenant, store: StatusStores, asOf: string) => ({
  tenant,
  catalog: builtInInsights,
  store,
  now: toInstant(Date.parse(`${addDays(day(asOf), 1)}T02:00:00Z`)),
  newId: () => `${(ids += 1)}`,
});

async function night(testTenant: TestTenant, on: string, change = (store: StatusStores) => store): Promise<void> {
  const { store } = testTenant.another();
  const asOf = day(on);
  const watch = await openNightWatch(inputOf(testTenant, change(store), on), asOf);
  for (const shard of store.shards)
    for await (const snapshot of store.nightly.snapshots(shard, { asOf }, { repair: true }))
      await watch?.see(snapshot, []);
  await watch?.end();
}

/** The tasks of a customer, and their activities. */
async function tasksOf(testTenant: TestTenant) {
  const { store } = testTenant.another();
  const tasks = await store.followUps.ofCustomer(customerId);
  const activities = await all(store.records.activitiesOf(customerId));
  return {
    tasks: tasks.map(({ state, text, cause, endedOn }) => ({ state, text, cause, endedOn })),
    activities: activities.map(({ type, completed }) => ({ type, completed })),
  };
}

describe("a process that ends after statuses are saved", () => {
  it.each(["create", "saveActivities"] as const)("loses no task: the next night makes it (%s)", async (write) => {
    const undisturbed = await aSleepingCustomer();
    await night(undisturbed, "2026-11-22");
    const cutOff = await aSleepingCustomer();
    await expect(night(cutOff, "2026-11-22", (store) => endingAt(store, write))).rejects.toThrow(`ended at ${write}`);
    const { store } = cutOff.another();
    expect((await store.statuses.statusesOf(customerId)).values?.held).toMatchObject([{ statusId: "asleep" }]);
    await night(cutOff, "2026-11-22");
    const made = await tasksOf(cutOff);
    expect(made).toEqual(await tasksOf(undisturbed));
    expect([made.tasks, made.activities]).toMatchObject([[{ state: "open", text: "Call Acme" }], [{ type: "call" }]]);
    // Nothing is left to do: the days after write nothing.
    expect((await store.statuses.statusesOf(customerId)).values?.toFollow).toBeUndefined();
  });

  it.each(["save", "remove"] as const)("leaves no task of a status that was left (%s)", async (write) => {
    const [undisturbed, cutOff] = [await aSleepingCustomer(), await aSleepingCustomer()];
    for (const one of [undisturbed, cutOff]) {
      await night(one, "2026-11-22");
      await sold(one, "second", "2026-11-23");
    }
    await night(undisturbed, "2026-11-23");
    await expect(night(cutOff, "2026-11-23", (store) => endingAt(store, write))).rejects.toThrow(`ended at ${write}`);
    await night(cutOff, "2026-11-24");
    const left = await tasksOf(cutOff);
    expect(left).toEqual(await tasksOf(undisturbed));
    expect([left.tasks, left.activities]).toMatchObject([[{ state: "closed", endedOn: "2026-11-24" }], []]);
  });

  it("has its task made by a change of the customer as well, and closed where the status is left by it", async () => {
    const testTenant = await aSleepingCustomer();
    await expect(night(testTenant, "2026-11-22", (store) => endingAt(store, "create"))).rejects.toThrow("ended");
    await sold(testTenant, "second", "2026-11-23");
    const input = inputOf(testTenant, testTenant.another().store, "2026-11-23");
    await settleChanged({ ...input, customerIds: [customerId] });
    const { tasks, activities } = await tasksOf(testTenant);
    expect([tasks, activities]).toMatchObject([[{ state: "closed" }], []]);
  });
});
