import type { Activity } from "@regulars/core/customers/activity";
import type { CustomerRecords } from "@regulars/core/snapshots/customer-records";
import type { Project } from "@regulars/core/customers/project";
import type { Sale } from "@regulars/core/customers/sale";
import type { SupportRequest } from "@regulars/core/customers/support-request";
import {
  activityIdSchema,
  currencySchema,
  customerIdSchema,
  day,
  minor,
  personIdSchema,
  projectIdSchema,
  requestIdSchema,
  saleIdSchema,
  toInstant,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { shardOf } from "../engine/key.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");
const END = { asOf: day("2026-06-30") };
const EUR = currencySchema.parse("EUR");

const aSale = (id: string, on: string, parts: Partial<Sale> = {}): Sale => ({
  saleId: saleIdSchema.parse(id),
  customerId: ACME,
  status: "sold",
  saleOn: day(on),
  ...parts,
});

const aRequest = (id: string, on: string, closed?: string): SupportRequest => ({
  requestId: requestIdSchema.parse(id),
  customerId: ACME,
  createdAt: toInstant(Date.parse(`${on}T09:00:00Z`)),
  createdOn: day(on),
  ...(closed === undefined
    ? {}
    : {
        closedAt: toInstant(Date.parse(`${closed}T09:00:00Z`)),
        closedOn: day(closed),
        personId: personIdSchema.parse("p-1"),
      }),
});

const aProject = (id: string, parts: Partial<Project> = {}): Project => ({
  projectId: projectIdSchema.parse(id),
  customerId: ACME,
  ...parts,
});

describe("sales, requests and projects in a customer snapshot", () => {
  let testTenant: TestTenant;
  const records = async (customerId = ACME): Promise<CustomerRecords | undefined> =>
    (await testTenant.another().store.nightly.snapshotOf(customerId, END))?.records();
  const rebuildAll = async () => {
    for (const shard of testTenant.store.shards) await testTenant.store.rebuild(shard);
  };
  beforeEach(async () => {
    testTenant = aTenantStore();
    await testTenant.store.imports.saveCustomers([
      { customerId: ACME, name: "ACME" },
      { customerId: BAKER, name: "BAKER" },
    ]);
  });

  it("SA13: are those that are stored, also of days to come, dirty or rebuilt", async () => {
    const { imports } = testTenant.store;
    await imports.saveSales([
      aSale("2", "2026-09-01", { status: "open", projectId: projectIdSchema.parse("pr-1") }),
      aSale("1", "2025-12-31", { amountMinor: minor(1_999), currency: EUR }),
    ]);
    await imports.saveRequests([aRequest("1", "2026-02-01"), aRequest("2", "2025-12-30", "2026-01-02")]);
    await imports.saveProjects([
      aProject("pr-2", { status: "closed" }),
      aProject("pr-1", { name: "Bar", revenue: { minor: minor(100), currency: EUR } }),
    ]);
    const expected = {
      activities: [],
      sales: [
        { day: 20_453, status: "sold", amountMinor: 1_999, currency: "EUR" },
        { day: 20_697, status: "open", projectId: "pr-1" },
      ],
      requests: [{ createdOn: 20_452, closedOn: 20_455, personId: "p-1" }, { createdOn: 20_485 }],
      projects: [
        { projectId: "pr-1", name: "Bar", revenue: { minor: 100, currency: "EUR" } },
        { projectId: "pr-2", status: "closed" },
      ],
    };
    expect(await records()).toEqual(expected);
    await rebuildAll();
    expect(await records()).toEqual(expected);
  });

  it("follow one that is corrected, moves to another day or customer, or is deleted", async () => {
    const { imports, records: stored } = testTenant.store;
    await imports.saveSales([aSale("1", "2026-01-01"), aSale("2", "2026-01-02"), aSale("3", "2026-01-03")]);
    await imports.saveRequests([aRequest("1", "2026-02-01"), aRequest("2", "2026-02-02")]);
    await imports.saveProjects([aProject("pr-1")]);
    await rebuildAll();
    await imports.saveSales([
      aSale("1", "2024-05-01", { status: "lost" }),
      aSale("2", "2026-01-02", { customerId: BAKER }),
    ]);
    await imports.saveRequests([aRequest("1", "2026-02-01", "2026-02-03")]);
    await imports.saveProjects([aProject("pr-1", { customerId: BAKER })]);
    expect(await stored.remove("sales", "3")).toBe(true);
    expect(await stored.remove("requests", "2")).toBe(true);
    const corrected = {
      sales: [{ day: 19_844, status: "lost" }],
      requests: [{ createdOn: 20_485, closedOn: 20_487, personId: "p-1" }],
      projects: [],
    };
    const moved = { sales: [{ day: 20_455, status: "sold" }], requests: [], projects: [{ projectId: "pr-1" }] };
    expect(await records()).toMatchObject(corrected);
    expect(await records(BAKER)).toMatchObject(moved);
    await rebuildAll();
    expect(await records()).toMatchObject(corrected);
    expect(await records(BAKER)).toMatchObject(moved);
  });

  it("are counted once when they are imported twice, which writes nothing", async () => {
    const { imports, usage } = testTenant.store;
    const sales = [aSale("1", "2026-01-01"), aSale("2", "2026-01-01")];
    await imports.saveSales(sales);
    await imports.saveRequests([aRequest("1", "2026-02-01")]);
    await rebuildAll();
    const before = usage.itemsWritten;
    expect(await imports.saveSales(sales)).toEqual({ created: 0, changed: 0, unchanged: 2 });
    expect(await imports.saveRequests([aRequest("1", "2026-02-01")])).toEqual({ created: 0, changed: 0, unchanged: 1 });
    expect([(await records())?.sales.length, usage.itemsWritten - before]).toEqual([2, 0]);
  });

  it("that were deleted can be imported again; deleting twice deletes nothing", async () => {
    const { imports, records: stored } = testTenant.store;
    await imports.saveSales([aSale("1", "2026-01-01")]);
    expect([await stored.remove("sales", "1"), await stored.remove("sales", "1")]).toEqual([true, false]);
    expect((await records())?.sales).toEqual([]);
    expect(await imports.saveSales([aSale("1", "2026-01-01")])).toMatchObject({ created: 1 });
    expect((await records())?.sales).toHaveLength(1);
  });

  it.each([
    ["sales", "W", 2026],
    ["requests", "Y", 2026],
    ["projects", "K", 1970],
  ] as const)("are rebuilt byte for byte by a verification: %s", async (_name, letter, year) => {
    const { imports } = testTenant.store;
    await imports.saveSales([aSale("1", "2026-01-01")]);
    await imports.saveRequests([aRequest("1", "2026-02-01")]);
    await imports.saveProjects([aProject("pr-1")]);
    await rebuildAll();
    const key = testTenant.keys.snapshotPart(ACME, { part: "year", letter, year });
    const whole = (await testTenant.item(key))?.["v"];
    await testTenant.operations.put({ ...key, v: Uint8Array.of(1), r: 1 });
    expect(await testTenant.store.verify(shardOf(ACME))).toEqual({ chunks: 3, mended: 1 });
    expect((await testTenant.item(key))?.["v"]).toEqual(whole);
    expect(await testTenant.store.verify(shardOf(ACME))).toEqual({ chunks: 3, mended: 0 });
  });

  it("hold what a program did apart from what counts, behind it on its day", async () => {
    const anActivity = (id: string, parts: Partial<Activity>): Activity => ({
      activityId: activityIdSchema.parse(id),
      customerId: ACME,
      type: "email",
      direction: "out",
      occurredAt: toInstant(Date.parse("2026-02-01T09:00:00Z")),
      occurredOn: day("2026-02-01"),
      completed: true,
      ...parts,
    });
    await testTenant.store.imports.saveActivities([
      anActivity("1", { automatic: true, personId: personIdSchema.parse("p-1") }),
      anActivity("2", { mass: true }),
      anActivity("3", { type: "call" }),
    ]);
    await rebuildAll();
    const snapshot = await testTenant.another().store.nightly.snapshotOf(ACME, END);
    const call = { day: 20_485, type: "call", direction: "out", completed: true };
    const mail = { ...call, type: "email", isAutomatic: true };
    expect(snapshot?.records().activities).toEqual([call, { ...mail, personId: "p-1" }, mail]);
    expect(snapshot?.activities()).toEqual([call]);
  });

  it("alone make no customer", async () => {
    const other = customerIdSchema.parse("other");
    await testTenant.store.imports.saveSales([aSale("1", "2026-01-01", { customerId: other })]);
    await rebuildAll();
    expect(await records(other)).toBeUndefined();
    expect(await all(testTenant.store.nightly.snapshots(shardOf(other), END, { repair: true }))).toEqual([]);
  });
});
