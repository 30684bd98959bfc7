import { TEST_NOW } from "@regulars/core/testing";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import type { RawRecord } from "@regulars/core/imports/file-format";
import type { ImportKind } from "@regulars/core/imports/rows";
import { currencySchema, toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aDirectory, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { importRecords } from "../imports/import-records.ts";
import { memoryGrouper } from "../imports/memory-grouper.ts";
import { changeSettings } from "./change-settings.ts";

const MONEY: readonly (readonly [ImportKind, RawRecord])[] = [
  ["orders", { orderId: "O1", customerId: "C1", orderedAt: "2026-01-05", itemId: "A", quantity: "1", unitPrice: "2" }],
  ["invoices", { invoiceId: "V1", customerId: "C1", invoiceDate: "2026-01-05", total: "5" }],
  ["sales", { saleId: "S1", customerId: "C1", saleDate: "2026-01-05", amount: "5" }],
  ["leads", { externalId: "L1", name: "Ana", amount: "5" }],
];

const NO_MONEY: readonly (readonly [ImportKind, RawRecord])[] = [
  ["users", { userId: "anna" }],
  ["customers", { customerId: "C1", name: "Corner Shop" }],
  ["persons", { personId: "P1", customerId: "C1" }],
  ["items", { itemId: "A" }],
  ["activities", { activityId: "T1", type: "call", customerId: "C1", occurredAt: "2026-01-05" }],
  ["requests", { requestId: "R1", customerId: "C1", createdAt: "2026-01-05" }],
  ["projects", { projectId: "J1", customerId: "C1" }],
];

describe("a base currency", () => {
  let testTenant: TestTenant;
  const directory = aDirectory();
  beforeEach(async () => {
    testTenant = aTenantStore();
    await directory.ensure(testTenant.tenant, toInstant(0));
  });

  const bringIn = async (kind: ImportKind, record: RawRecord) => {
    const report = await importRecords({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      format: ownFormat(kind),
      records: (async function* () {
        yield await Promise.resolve({ line: 2, record });
      })(),
      grouper: memoryGrouper(),
      imports: testTenant.store.imports,
      onReject: ({ reason }) => {
        throw new Error(reason);
      },
    });
    expect(report.created).toBe(1);
  };
  const changed = async () => {
    const { tenant, store } = testTenant;
    const change = { currency: currencySchema.parse("USD") };
    const stamp = { at: TEST_NOW, by: "user:anna" };
    const { storedAmounts } = store;
    return changeSettings({ tenant, catalog: builtInInsights, directory, change, stamp, storedAmounts });
  };
  const currency = async () => (await directory.find(testTenant.tenant.tenantId))?.currency;

  it("E6: is changed while only records without amounts are stored", async () => {
    for (const [kind, record] of NO_MONEY) await bringIn(kind, record);
    expect(await changed()).toMatchObject({ ok: true, value: { currency: "USD" } });
    expect(await currency()).toBe("USD");
    expect((await testTenant.store.changeLogs.settings.page({ limit: 10 })).entries).toMatchObject([
      { at: TEST_NOW, by: "user:anna", changes: [{ setting: "currency", from: "EUR", to: "USD" }] },
    ]);
  });

  it.each(MONEY)("E6: stays where there are %s, and the refusal says so", async (kind, record) => {
    await bringIn("customers", { customerId: "C1" });
    await bringIn(kind, record);
    expect(await changed()).toEqual({
      ok: false,
      reason: "currency-in-use",
      message: `the base currency of ${testTenant.tenant.tenantId} stays EUR: amounts of its ${kind} are stored in it. Another currency needs a new tenant`,
    });
    expect(await currency()).toBe("EUR");
  });
});

describe("a setting that is taken back", () => {
  /** A value other than the usual one, of every setting that has a usual one. */
  const OTHER = {
    locale: "de-AT",
    closures: [{ from: "12-24", to: "12-26" }],
    phoneCountry: "PL",
    priceEditing: true,
    maxAlertsPerRepPerDay: 3,
    keepDays: 30,
  };

  it("is one of all but the name, the currency, and groups, of which each setting is taken back", () => {
    const kept = Object.entries(settingsChangeSchema.shape).filter(([, field]) => !field.safeParse(null).success);
    const groups = ["insights", "codeRed", "monitors", "relationships", "whoKnows", "templates"];
    expect(kept.map(([name]) => name).toSorted()).toEqual(["name", "currency", ...groups].toSorted());
    expect(Object.keys(OTHER).toSorted()).toEqual(
      Object.keys(settingsChangeSchema.shape)
        .filter((name) => !kept.some(([one]) => one === name))
        .toSorted(),
    );
  });

  it.each(Object.entries(OTHER))("is as it was before it was first set: %s", async (name, value) => {
    const testTenant = aTenantStore();
    const directory = aDirectory();
    const before = await directory.ensure(testTenant.tenant, toInstant(0));
    const put = (given: unknown) =>
      changeSettings({
        tenant: before,
        catalog: builtInInsights,
        directory,
        change: settingsChangeSchema.parse({ [name]: given }),
        stamp: { at: TEST_NOW, by: "user:anna" },
        storedAmounts: testTenant.store.storedAmounts,
      });
    expect(await put(value)).toMatchObject({ ok: true, value: { [name]: value } });
    expect(await put(null)).toMatchObject({ ok: true });
    expect(await directory.find(before.tenantId)).toEqual(before);
    const { entries } = await testTenant.store.changeLogs.settings.page({ limit: 1 });
    expect(entries[0]?.changes).toHaveLength(1);
  });
});
