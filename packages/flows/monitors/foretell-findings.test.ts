import { builtInInsights } from "@regulars/core/insights/catalog";
import { evaluateCustomer } from "@regulars/core/insights/evaluate";
import { usualCounterSettings } from "@regulars/core/monitors/counter-settings";
import type { Criterion } from "@regulars/core/monitors/criteria";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { levelsOf } from "@regulars/core/monitors/snapshot-facts";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type InsightNights, RHYTHM, insightNights } from "../../../test/fixtures/insight-nights.ts";
import { seeded, storeCustomer, storeRecord } from "../../../test/fixtures/random-records.ts";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { threeKinds } from "../../../test/fixtures/three-kinds.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { measuresFor } from "../insights/measures.ts";
import { explainCriteria } from "./explain-criteria.ts";
import { levelsAhead } from "./foretell-findings.ts";
import { listEntering } from "./list-entering.ts";

const owner = { type: "company", customerId: customerIdSchema.parse("acme") } as const;
const isHigh = { field: "finding.churn-risk", op: "is", value: "high" } as const;

// By its rhythm, acme is medium from 2026-09-18 on and high from 2026-09-25 on.
describe("criteria on findings", () => {
  let nights: InsightNights;

  const asking = (criteria: Criterion, asOf: string) => {
    const { tenant, store } = nights.testTenant.another();
    return {
      tenant,
      catalog: threeKinds,
      nightly: store.nightly,
      monitors: store.monitors,
      fields: {
        ownerType: "company" as const,
        settings: usualCounterSettings,
        kinds: threeKinds.kinds.map(({ id }) => id),
      },
      criteria,
      asOf: day(asOf),
      canSee: () => true,
      now: toInstant(Date.parse(`${addDays(day(asOf), 1)}T03:00:00Z`)),
    };
  };
  const explained = async (criteria: Criterion, asOf: string) =>
    valueOf(await explainCriteria({ ...asking(criteria, asOf), owner }));
  const entering = async (criteria: Criterion, asOf: string, days = 14) =>
    valueOf(await listEntering({ ...asking(criteria, asOf), days })).entering.map(({ on }) => on);

  beforeEach(async () => {
    nights = insightNights(aTenantStore({ edition: "pro" }));
    await nights.customers({ acme: "rep" });
    await nights.orders("acme", RHYTHM);
  });

  it("are foretold to the day on which the nightly run finds it", async () => {
    await nights.nightly("2026-09-11");
    expect(await explained(isHigh, "2026-09-11")).toMatchObject({
      isOn: false,
      willEnterOn: "2026-09-25",
      foretoldUntil: "2026-12-10",
    });
    expect(await entering(isHigh, "2026-09-11")).toEqual(["2026-09-25"]);
    expect(await entering(isHigh, "2026-09-10")).toEqual([]);
    await nights.nightly("2026-09-24");
    expect(await nights.findings()).toEqual({ "churn-risk acme": "medium nobody 2026-09-11" });
    expect(await entering(isHigh, "2026-09-24", 1)).toEqual(["2026-09-25"]);
    await nights.nightly("2026-09-25");
    expect(await nights.findings()).toEqual({ "churn-risk acme": "high nobody 2026-09-11" });
    expect(await explained(isHigh, "2026-09-25")).toMatchObject({ isOn: true });
  });

  it("are foretold with the rest of a tree, and through a status that reads them", async () => {
    await nights.nightly("2026-09-11");
    const both: Criterion = { all: [isHigh, { field: "sale.sold.last", op: "olderThan", value: 50, unit: "days" }] };
    expect((await explained(both, "2026-09-11")).willEnterOn).toBe("2026-09-30");
    const statusId = monitorIdSchema.parse("silent");
    const silent = newMonitorSchema.parse({ name: "Silent", ownerType: "company", criteria: isHigh });
    await nights.testTenant.store.monitors.create(newMonitor(statusId, silent));
    const named: Criterion = { field: "status", op: "hasStatus", value: statusId };
    expect((await explained(named, "2026-09-11")).willEnterOn).toBe("2026-09-25");
  });

  it("end for an order that is on its way, on its day", async () => {
    await nights.orders("acme", ["2026-09-21"]);
    await nights.nightly("2026-09-11");
    expect(await entering(isHigh, "2026-09-11")).toEqual([]);
  });

  it("are not foretold beyond their last day, and other criteria have no such day", async () => {
    const late: Criterion = { all: [isHigh, { field: "sale.sold.last", op: "olderThan", value: 300, unit: "days" }] };
    const { willEnterOn, foretoldUntil } = await explained(late, "2026-09-11");
    expect([willEnterOn, foretoldUntil]).toEqual([undefined, "2026-12-10"]);
    const plain: Criterion = { field: "sale.sold.last", op: "olderThan", value: 300, unit: "days" };
    const { willEnterOn: on, foretoldUntil: until } = await explained(plain, "2026-09-11");
    expect([on, until]).toEqual(["2027-06-07", undefined]);
  });
});

describe("the findings of all kinds", () => {
  it.each([1, 2])("are foretold as they are read on each day, records ahead or none (%i)", async (seed) => {
    const below = seeded(seed);
    const start = day("2026-06-20");
    const tenant = aTenantStore({ closures: [{ from: "2026-07-03", to: "2026-07-09" }] });
    const customers = ["acme", "baker"].map((id) => customerIdSchema.parse(id));
    for (const customerId of customers) {
      await storeCustomer(tenant, customerId, below);
      for (let index = 0; index < 40; index += 1) {
        const on = addDays(start, below(180) - (customerId === "acme" ? 160 : 180));
        await storeRecord(tenant, below(2), { customerId, id: `${customerId}-${index}`, on, below });
      }
    }
    for (const shard of tenant.store.shards) await tenant.store.rebuild(shard);
    const { nightly } = tenant.another().store;
    const measures = await measuresFor(nightly, start);
    const until = addDays(start, 21);
    const kinds = builtInInsights.configure(tenant.tenant).filter(({ readsStatuses }) => !readsStatuses);
    const users = { has: () => false };
    const { snapshotOf } = nightly;
    let levels = 0;
    for (const customerId of customers) {
      const snapshot = await nightly.snapshotOf(customerId, { asOf: start });
      if (snapshot === undefined) continue;
      const ahead = await levelsAhead({ kinds, measures, users, asOf: start, until, snapshotOf }, snapshot);
      const read: (typeof ahead.days)[number][] = [];
      for (let on = addDays(start, 1); on <= until; on = addDays(on, 1)) {
        const then = await snapshotOf(customerId, { asOf: on });
        const found = then && evaluateCustomer(then, kinds, on, () => false, measures).findings;
        read.push(levelsOf(found ?? []));
      }
      expect(ahead.days).toEqual(read);
      levels += new Set(read.flatMap((one) => [...one].map(([kind, level]) => `${kind} ${level}`))).size;
    }
    expect(levels).toBeGreaterThan(1);
  });
});
