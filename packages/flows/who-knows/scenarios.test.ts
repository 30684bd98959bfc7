import { ownFormat } from "@regulars/core/imports/formats/formats";
import { customerIdSchema, day, personIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { afterEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { importRecords } from "../imports/import-records.ts";
import { memoryGrouper } from "../imports/memory-grouper.ts";
import { readCustomerHealth } from "../relationships/read-customer-health.ts";
import { askWhoKnows } from "./ask-who-knows.ts";
import { findSomebody } from "./find-target.ts";

const NOW = toInstant(Date.parse("2026-11-23T22:00:00Z"));
const ACME = customerIdSchema.parse("acme");

/** A tenant with Paula at ACME, of whom activities come as the rows of a file. */
async function aTenantWith(
  rows: readonly Readonly<Record<string, string>>[],
  given: Parameters<typeof aTenantStore>[0] = {},
): Promise<TestTenant> {
  const testTenant = aTenantStore(given);
  const { store, tenant } = testTenant;
  await store.imports.saveCustomers([{ customerId: ACME, name: "ACME" }]);
  await store.imports.savePersons([{ personId: personIdSchema.parse("paula"), customerId: ACME, name: "Paula" }]);
  async function* records() {
    for (const [i, row] of rows.entries())
      yield await Promise.resolve({
        line: i + 2,
        record: { activityId: `A-${i}`, type: "meeting", userId: "ana", personId: "paula", ...row },
      });
  }
  const report = await importRecords({
    tenant,
    now: NOW,
    format: ownFormat("activities"),
    records: records(),
    grouper: memoryGrouper(),
    imports: store.imports,
    onReject: ({ reason }) => {
      throw new Error(reason);
    },
  });
  expect(report.created).toBe(rows.length);
  return testTenant;
}

async function healthOf({ tenant, store }: TestTenant, on = "2026-11-22") {
  const { nightly, records } = store;
  const input = { tenant, store: nightly, records, scope: { canSee: () => true }, customerId: ACME };
  return valueOf(await readCustomerHealth({ ...input, asOf: day(on), now: NOW }));
}

async function knownOf({ tenant, store }: TestTenant, on = "2026-11-22") {
  const stores = { store: store.whoKnows, contacts: store.sales.contacts };
  const somebody = valueOf(await findSomebody(stores, "paula"));
  const target = { type: "person", somebody } as const;
  return valueOf(await askWhoKnows({ tenant, store: store.whoKnows, target, asOf: day(on), now: NOW }));
}

describe("scenario 7: the rep who had all contact leaves", () => {
  it("is not suggested, nobody knows the customer any more, and its health is what it was", async () => {
    const testTenant = await aTenantWith(
      ["2026-10-20", "2026-11-03", "2026-11-17"].map((occurredAt) => ({ occurredAt })),
    );
    const { imports } = testTenant.store;
    const ana = { userId: userIdSchema.parse("ana"), name: "Ana", role: "rep" } as const;
    await imports.saveUsers([ana, { userId: userIdSchema.parse("bob"), name: "Bob", role: "rep" }]);
    const before = await healthOf(testTenant);
    expect([before.isKnownByNobody, before.row.health?.score]).toEqual([false, 97]);
    expect(await knownOf(testTenant)).toMatchObject({ isOrphaned: false, colleagues: [{ userId: "ana" }] });
    await imports.saveUsers([{ ...ana, isActive: false }]);
    const after = await healthOf(testTenant);
    expect(after.isKnownByNobody).toBe(true);
    expect(after.row.health).toEqual(before.row.health);
    expect(await knownOf(testTenant)).toEqual({ asOf: "2026-11-22", isOrphaned: true, colleagues: [] });
  });
});

describe("scenario 11: clocks", () => {
  const own = process.env["TZ"];
  afterEach(() => {
    if (own === undefined) delete process.env["TZ"];
    else process.env["TZ"] = own;
  });

  it.each(["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])(
    "a mail at 23:30 UTC is of the next day in Berlin, wherever the server is: %s",
    async (server) => {
      process.env["TZ"] = server;
      const rows = [{ type: "email", direction: "in", occurredAt: "2026-11-21T23:30:00Z" }];
      const [berlin, utc] = [await aTenantWith(rows, { timeZone: "Europe/Berlin" }), await aTenantWith(rows)];
      const lastOn = async (testTenant: TestTenant) => [
        (await healthOf(testTenant)).row.health?.lastOn,
        (await healthOf(testTenant, "2026-11-21")).row.health?.lastOn,
        (await knownOf(testTenant)).colleagues[0]?.lastOn,
      ];
      expect(await lastOn(berlin)).toEqual(["2026-11-22", undefined, "2026-11-22"]);
      expect(await lastOn(utc)).toEqual(["2026-11-21", "2026-11-21", "2026-11-21"]);
    },
  );
});

const regions = [
  ["Europe/Copenhagen", "EUR", "da"],
  ["Asia/Tokyo", "JPY", "ja"],
  ["America/Sao_Paulo", "BRL", "pt-BR"],
  ["Africa/Nairobi", "KES", "en"],
  ["Pacific/Auckland", "NZD", "en-NZ"],
] as const;

describe("health and who knows whom", () => {
  it.each(regions)("RH16: are there in every region, and the same: %s, %s, %s", async (timeZone, currency, locale) => {
    const rows = ["2026-11-03T09:00", "2026-11-17T23:45"].map((occurredAt) => ({ occurredAt }));
    const testTenant = await aTenantWith(rows, { timeZone, currency, locale });
    const { row } = await healthOf(testTenant);
    expect(row.health).toMatchObject({ score: 91, grade: "good", lastOn: "2026-11-17" });
    expect((await knownOf(testTenant)).colleagues).toMatchObject([
      { userId: "ana", lastOn: "2026-11-17", meetings: 2 },
    ]);
  });
});
