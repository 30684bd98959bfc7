import { builtInInsights } from "@regulars/core/insights/catalog";
import { changedMonitor, deletedMonitor, newMonitor, restoredMonitor } from "@regulars/core/monitors/change-monitor";
import type { Criterion } from "@regulars/core/monitors/criteria";
import { type StatusMonitor, newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import {
  type Day,
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  projectIdSchema,
  saleIdSchema,
  toInstant,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { settleChanged } from "./settle-changed.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const TODAY = day("2026-11-23");
const acme = customerIdSchema.parse("acme");
const baker = customerIdSchema.parse("baker");
const neglectedId = monitorIdSchema.parse("neglected");
const noActivity: Criterion = { field: "activity.last", op: "olderThan", value: 30, unit: "days", orNever: true };

describe("a regeneration", () => {
  let testTenant: TestTenant;
  let ids = 0;

  const at = (on: Day) => toInstant(Date.parse(`${on}T12:00:00Z`));
  const settle = (today = TODAY, failOn?: (shard: number) => boolean, part: object = {}) => {
    const { tenant, store } = testTenant.another();
    const nightly: typeof store.nightly = {
      ...store.nightly,
      snapshots: (shard, ...rest) => {
        if (failOn?.(shard) === true) throw new Error("the connection is lost");
        return store.nightly.snapshots(shard, ...rest);
      },
    };
    const newId = () => `${(ids += 1)}`;
    return settleChanged({
      tenant,
      catalog: builtInInsights,
      store: { ...store, nightly },
      now: at(today),
      newId,
      isEverybody: true,
      ...part,
    });
  };
  const called = (customerId: typeof acme, on: string, more: object = {}) =>
    testTenant.store.imports.saveActivities([
      {
        activityId: activityIdSchema.parse(`${customerId}-${on}`),
        customerId,
        type: "call",
        direction: "out",
        occurredAt: at(day(on)),
        occurredOn: day(on),
        completed: true,
        ...more,
      },
    ]);
  const create = (statusId: string, criteria: object, more: object = {}) =>
    testTenant.store.monitors.create(
      newMonitor(
        monitorIdSchema.parse(statusId),
        newMonitorSchema.parse({ name: statusId, ownerType: "company", criteria, ...more }),
      ),
    );
  const change = async (of: (monitor: StatusMonitor) => StatusMonitor, statusId = neglectedId) => {
    const monitor = await testTenant.store.monitors.monitor(statusId);
    if (monitor === undefined) throw new Error(`${statusId} is gone`);
    await testTenant.store.monitors.save(of(monitor));
  };
  const held = async (customerId = acme) =>
    (await testTenant.store.statuses.statusesOf(customerId)).values?.held.map(
      ({ statusId, since, told }) => `${statusId} ${since} ${told?.level ?? "untold"}`,
    ) ?? [];
  const log = async (customerId = acme) =>
    (await all(testTenant.store.statuses.statusLog(customerId))).map(({ type, on }) => `${type} ${on}`);
  const followUps = async () => {
    await indexesCaughtUp();
    return (await testTenant.store.followUps.ofCustomer(acme)).map(({ state }) => state);
  };

  beforeEach(async () => {
    testTenant = aTenantStore();
    await testTenant.store.imports.saveCustomers([
      { customerId: acme, name: "Acme" },
      { customerId: baker, name: "Baker" },
    ]);
    await called(acme, "2026-10-01");
    await called(baker, "2026-11-20");
  });

  const automatic = {
    told: { alert: true },
    followUp: { type: "call", textTemplate: "Call <name>", mode: "automatic" },
  };

  it("scenario 10: made twice makes no second task, event or news", async () => {
    await create("neglected", noActivity, automatic);
    await settle();
    const first = [await held(), await log(), await followUps()];
    expect(first).toEqual([["neglected 2026-11-01 high"], ["entered 2026-11-01"], ["open"]]);
    expect((await settle()).written).toBe(0);
    await change((monitor) => changedMonitor(monitor, { quietDays: 3 }, { today: TODAY, lastNight: undefined }));
    await settle();
    expect([await held(), await log(), await followUps()]).toEqual(first);
  });

  it("keeps since while the owner stays on, when a status is renamed, edited, narrowed and widened", async () => {
    await create("neglected", noActivity);
    await settle();
    await change((monitor) => changedMonitor(monitor, { name: "Forgotten" }, { today: TODAY, lastNight: undefined }));
    await settle();
    await change((monitor) =>
      changedMonitor(monitor, { criteria: { ...wider, value: 10 } }, { today: TODAY, lastNight: undefined }),
    );
    await settle();
    expect([await held(), await log()]).toEqual([["neglected 2026-11-01 medium"], ["entered 2026-11-01"]]);
    await change((monitor) =>
      changedMonitor(monitor, { criteria: { ...wider, value: 90 } }, { today: TODAY, lastNight: undefined }),
    );
    await settle();
    expect([await held(), await log()]).toEqual([[], ["entered 2026-11-01", "left 2026-11-23"]]);
  });

  const wider = { field: "activity.last", op: "olderThan", unit: "days" } as const;

  it("scenario 14: of a restored status tells as new only who enters now", async () => {
    await create("neglected", noActivity, { told: { alert: true } });
    await settle(day("2026-11-10"));
    expect([await held(), await held(baker)]).toEqual([["neglected 2026-11-01 high"], ["neglected 2026-11-10 high"]]);
    await change((monitor) =>
      deletedMonitor(monitor, at(day("2026-11-12")), { today: day("2026-11-12"), lastNight: undefined }),
    );
    await called(baker, "2026-11-15");
    await settle(day("2026-11-15"));
    await change((monitor) => restoredMonitor(monitor, day("2026-12-20")));
    await settle(day("2026-12-20"));
    // Acme has had it all the time and was alerted of it then; Baker has had calls meanwhile.
    expect([await held(), await held(baker)]).toEqual([["neglected 2026-11-01 medium"], []]);
    await called(acme, "2026-12-21");
    await settle(day("2026-12-21"));
    await settle(day("2027-01-21"));
    expect(await held()).toEqual(["neglected 2027-01-21 high"]);
  });

  const ends = [
    [
      "paused",
      (one: StatusMonitor) => changedMonitor(one, { isActive: false }, { today: TODAY, lastNight: undefined }),
    ],
    [
      "deleted",
      (one: StatusMonitor) =>
        deletedMonitor(one, at(day("2026-11-24")), { today: day("2026-11-24"), lastNight: undefined }),
    ],
    [
      "left without criteria",
      (one: StatusMonitor) => changedMonitor(one, { criteria: null }, { today: TODAY, lastNight: undefined }),
    ],
  ] as const;
  const returnedAfter =
    (lastNight: Day) =>
    (monitor: StatusMonitor): StatusMonitor => {
      const when = { today: day("2027-02-20"), lastNight };
      return monitor.deletedAt === undefined
        ? changedMonitor(monitor, { isActive: true, criteria: noActivity }, when)
        : restoredMonitor(monitor, when.today);
    };
  const returned = returnedAfter(day("2027-02-19"));
  const night = (on: string) => testTenant.store.nightly.saveNightly({ asOf: day(on), customers: 2, kinds: {} });

  it.each(ends)(
    "leaves a status that was %s on the day on which it became untrue, as if nights had run",
    async (_how, end) => {
      await create("neglected", noActivity);
      await settle(day("2026-11-24"));
      await night("2026-11-22");
      await change(end);
      await called(acme, "2026-12-05");
      await night("2027-02-19");
      await change(returned);
      await settle(day("2027-02-20"));
      expect(await held()).toEqual(["neglected 2027-01-05 medium"]);
      expect(await log()).toEqual(["entered 2026-11-01", "left 2026-12-05", "entered 2027-01-05"]);
      await settle(day("2027-02-21"));
      expect(await log()).toHaveLength(3);
    },
  );

  it.each(ends)(
    "keeps since when somebody has a status that was %s and came back after missed nights, whatever comes in late",
    async (_how, end) => {
      await create("neglected", noActivity);
      await settle(day("2026-11-24"));
      await night("2026-11-22");
      await change(end);
      await night("2027-02-10");
      await change(returnedAfter(day("2027-02-10")));
      await settle(day("2027-02-20"));
      const before = [await held(), await log()];
      expect(before).toEqual([["neglected 2026-11-01 medium"], ["entered 2026-11-01"]]);
      await called(acme, "2026-12-05");
      await settle(day("2027-02-20"));
      expect([await held(), await log()]).toEqual(before);
    },
  );

  it.each(ends)("knows since when who got it while it was %s has it, also when nights went by", async (_how, end) => {
    // Baker's other status has its values stored, with this one as settled.
    await create("contacted", { field: "activity.total", op: ">", value: 0 });
    await create("neglected", noActivity);
    await settle(day("2026-11-24"));
    await night("2026-11-24");
    expect(await held(baker)).toEqual(["contacted 2026-11-20 medium"]);
    await change(end);
    await settle(day("2026-11-25"));
    await night("2027-02-19");
    await change(returned);
    await settle(day("2027-02-20"));
    const expected = ["contacted 2026-11-20 medium", "neglected 2026-12-21 medium"];
    expect((await held(baker)).toSorted()).toEqual(expected);
    expect((await held()).toSorted()).toEqual(["contacted 2026-10-01 medium", "neglected 2026-11-01 medium"]);
  });

  it("knows it also where it was the only status, and nothing was evaluated meanwhile", async () => {
    await create("neglected", noActivity);
    await settle(day("2026-11-24"));
    await change((monitor) =>
      deletedMonitor(monitor, at(day("2026-11-24")), { today: day("2026-11-24"), lastNight: undefined }),
    );
    await settle(day("2026-11-25"));
    await night("2027-02-19");
    await change((monitor) => restoredMonitor(monitor, day("2027-02-20")));
    await settle(day("2027-02-20"));
    expect([await held(baker), await log(baker)]).toEqual([["neglected 2026-12-21 medium"], ["entered 2026-12-21"]]);
  });

  it("goes on where it was cut off, with the old values visible and marked until then", async () => {
    await create("neglected", noActivity);
    const cut = testTenant.store.statuses.shardOf(acme);
    const others = testTenant.store.shards.filter((shard) => shard !== cut);
    await expect(settle(TODAY, (shard) => shard === cut)).rejects.toThrow("the connection is lost");
    const progress = async () => (await testTenant.store.statuses.regenerations()).get(neglectedId);
    expect((await progress())?.doneShards).toEqual(others.filter((shard) => shard < cut));
    expect([await held(), (await progress())?.finishedAt]).toEqual([[], undefined]);
    expect((await settle()).customers).toBeLessThanOrEqual(2);
    expect([await held(), (await progress())?.matches]).toEqual([["neglected 2026-11-01 medium"], 1]);
    expect((await progress())?.finishedAt).toBe(at(TODAY));
  });

  it("OP02: is done in parts when its time is over, shard by shard, with the same end as in one", async () => {
    await create("neglected", noActivity);
    const parts: (number | undefined)[] = [];
    let from: number | undefined = 0;
    while (from !== undefined) {
      let asked = 0;
      const isEnough = () => (asked += 1) > 4;
      from = (await settle(TODAY, undefined, { fromShard: from, isEnough })).leftFrom;
      parts.push(from);
    }
    expect(parts).toEqual([5, 10, 15, undefined]);
    expect([await held(), await held(baker)]).toEqual([["neglected 2026-11-01 medium"], []]);
    const progress = (await testTenant.store.statuses.regenerations()).get(neglectedId);
    expect([progress?.finishedAt, progress?.customers, progress?.matches]).toEqual([at(TODAY), 2, 1]);
  });

  it("is stopped by no status that cannot be evaluated; that one keeps its old values", async () => {
    await create("broken", { field: "sale.class1.total", op: ">=", value: 0 });
    await create("neglected", noActivity);
    await settle();
    expect(await held()).toEqual(["neglected 2026-11-01 medium"]);
    const known = await testTenant.store.statuses.regenerations();
    expect(known.get(monitorIdSchema.parse("broken"))?.failure).toBe(
      "sale.class1.total is no field of a company any more",
    );
  });

  it.each([
    ["company", { field: "sale.class1.total", op: ">=", value: 0 }],
    ["person", { field: "activity.totalIn2", op: ">=", value: 0 }],
    ["project", { field: "sale.class1.total", op: ">=", value: 0 }],
  ] as const)(
    "keeps who has a status of a %s, and says why, while the settings leave out what it asks for",
    async (ownerType, criteria) => {
      const { imports, statuses } = testTenant.store;
      await imports.savePersons([{ personId: personIdSchema.parse("p-1"), customerId: acme, name: "Ana" }]);
      await imports.saveProjects([{ projectId: projectIdSchema.parse("pr-1"), customerId: acme, name: "New bar" }]);
      const set = (monitors: object) => ({ tenant: { ...testTenant.tenant, monitors } });
      const usual = set({ amountClasses: [{ class: 1, currency: "EUR", fromMinor: 0 }] });
      const short = set({ periods: { person: [30] } });
      const failure = async () => (await statuses.regeneration(neglectedId))?.failure;
      await create("neglected", criteria, { ownerType });
      await settle(TODAY, undefined, usual);
      const first = [await held(), await log()];
      expect(first[0]).toHaveLength(1);
      expect(await failure()).toBeUndefined();

      await settle(addDays(TODAY, 2), undefined, short);
      expect([await held(), await log()]).toEqual(first);
      expect(await failure()).toBe(`${criteria.field} is no field of a ${ownerType} any more`);
      await settle(addDays(TODAY, 4), undefined, usual);
      expect([await held(), await log()]).toEqual(first);
      expect(await failure()).toBeUndefined();
    },
  );

  it("scenario 12: counts two sales twice only when there are two: a second import of the same changes nothing", async () => {
    const sales = ["1", "2"].map((id) => ({
      saleId: saleIdSchema.parse(id),
      customerId: acme,
      status: "sold" as const,
      saleOn: day("2026-11-01"),
    }));
    await create("two", { field: "sale.sold.total", op: "=", value: 2 });
    for (let time = 0; time < 2; time += 1) {
      await testTenant.store.imports.saveSales(sales);
      await settle();
      expect(await held()).toEqual(["two 2026-11-01 medium"]);
    }
  });

  it("counts no mass mail as a contact: who was written to so stays neglected until somebody calls", async () => {
    await create("neglected", noActivity);
    await called(acme, "2026-11-22", { type: "email", mass: true });
    await settle();
    expect(await held()).toEqual(["neglected 2026-11-01 medium"]);
    await called(acme, "2026-11-23", { direction: "in" });
    await settle();
    expect(await held()).toEqual([]);
  });

  it("scenario 3: gives a status that is not in another one back on the day on which that is left, whatever their names", async () => {
    for (const [a, b] of [
      ["m", "n"],
      ["z", "a"],
    ] as const) {
      await create(a, noActivity);
      await create(b, { field: "status", op: "hasNotStatus", value: a });
    }
    await settle();
    expect((await held()).map((one) => one.split(" ")[0]).toSorted()).toEqual(["m", "z"]);
    await called(acme, addDays(TODAY, 0));
    await settle();
    expect((await held()).map((one) => one.split(" ")[0]).toSorted()).toEqual(["a", "n"]);
  });
});
