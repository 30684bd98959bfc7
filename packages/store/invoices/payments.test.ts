import { assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema, paymentRowSchema } from "@regulars/core/imports/rows";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const ACME = customerIdSchema.parse("acme");

const given = (invoiceId: string, amount: string, { on = "2026-02-01", ordinal = 1 } = {}) => ({
  row: paymentRowSchema.parse({ invoiceId, paidAt: on, amount }),
  paidOn: day(on),
  ordinal,
});

describe("payments", () => {
  let testTenant: TestTenant;
  const pay = (...payments: ReturnType<typeof given>[]) => testTenant.store.imports.savePayments(payments);
  const invoice = async (invoiceId: string, currency = "EUR", customerId = "acme", by = testTenant) => {
    const row = invoiceRowSchema.parse({ invoiceId, customerId, invoiceDate: "2026-01-15", total: "100", currency });
    const made = assembleInvoice(row, testTenant.tenant);
    if (!made.ok) throw new Error(made.message);
    await by.store.imports.saveInvoices([made.value]);
  };
  const paid = async (customerId = ACME) =>
    (await testTenant.store.nightly.snapshotOf(customerId, { asOf: day("2026-12-31") }))?.history.receivables.map(
      (one) => [one.invoiceId, one.payments.map((payment) => payment.amountMinor)],
    );
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("are stored next to their invoices", async () => {
    await invoice("A");
    await invoice("A-1");
    await invoice("B");
    await pay(given("A", "1.00"), given("A-1", "2.00"), given("B", "3.00"), given("A", "-0.50"));
    expect(await paid()).toEqual([
      ["A", [-50, 100]],
      ["A-1", [200]],
      ["B", [300]],
    ]);
  });

  it("are written once when saved twice", async () => {
    await invoice("A");
    const payments = [
      given("A", "10.00"),
      given("A", "10.00", { ordinal: 2 }),
      given("A", "10.00", { on: "2026-02-02" }),
    ];
    expect(await pay(...payments)).toMatchObject({ created: 3, unchanged: 0 });
    expect(await testTenant.writesOf(() => pay(...payments))).toBe(0);
    expect(await pay(...payments)).toMatchObject({ created: 0, changed: 0, unchanged: 3 });
    expect(await paid()).toEqual([["A", [1000, 1000, 1000]]]);
  });

  it("of unknown invoices are not saved, and these invoices are returned", async () => {
    await invoice("A");
    const outcome = await pay(given("A", "10.00"), given("X", "10.00"), given("Y", "1.00"), given("X", "2.00"));
    expect(outcome).toEqual({
      created: 1,
      changed: 0,
      unchanged: 0,
      unknownInvoices: new Set(["X", "Y"]),
      otherCurrency: new Map(),
    });
    expect(await paid()).toEqual([["A", [1000]]]);
  });

  it("are in their invoice's currency", async () => {
    await invoice("YEN", "JPY");
    await invoice("DINAR", "KWD");
    await pay(given("YEN", "1500"), given("DINAR", "1.5"));
    expect(await paid()).toEqual([
      ["DINAR", [1500]],
      ["YEN", [1500]],
    ]);
  });

  it("that differ only beyond the currency's decimals are two, also when saved again", async () => {
    await invoice("YEN", "JPY");
    const payments = [given("YEN", "100.4"), given("YEN", "100"), given("YEN", "99.6")];
    expect(await pay(...payments)).toMatchObject({ created: 3 });
    expect(await pay(...payments)).toMatchObject({ created: 0, unchanged: 3 });
    expect(await paid()).toEqual([["YEN", [100, 100, 100]]]);
  });

  it("mark the year of the invoice dirty, not that of the payment", async () => {
    await invoice("A");
    await pay(given("A", "10.00", { on: "2027-02-01" }));
    const markOf = async (year: number) =>
      (await testTenant.item(testTenant.keys.snapshotPart(ACME, { part: "year", letter: "Q", year })))?.["n"];
    expect([await markOf(2026), await markOf(2027)]).toEqual([2, undefined]);
  });

  it("are stored once each when another process stores one meanwhile", async () => {
    await invoice("A");
    const other = testTenant.another();
    beforeCommand(testTenant.table, "TransactWriteItems", () => other.store.imports.savePayments([given("A", "2.00")]));
    expect(await pay(given("A", "1.00"), given("A", "2.00"), given("A", "3.00"))).toMatchObject({
      created: 2,
      unchanged: 1,
    });
    expect(await paid()).toEqual([["A", [100, 200, 300]]]);
  });

  it("are all counted when another process stores some of hundreds meanwhile", async () => {
    await invoice("A");
    const payments = Array.from({ length: 450 }, (_, i) => given("A", "1.00", { ordinal: i + 1 }));
    const other = testTenant.another();
    beforeCommand(testTenant.table, "TransactWriteItems", () =>
      other.store.imports.savePayments(payments.filter((_, i) => i % 150 === 3)),
    );
    expect(await pay(...payments)).toMatchObject({ created: 447, unchanged: 3 });
  });

  it("follow an invoice that moves to another customer while they are saved", async () => {
    await invoice("A");
    const other = testTenant.another();
    beforeCommand(testTenant.table, "TransactWriteItems", () => invoice("A", "EUR", "bolt", other));
    expect(await pay(given("A", "1.00"))).toMatchObject({ created: 1, unchanged: 0 });
    expect(await paid(customerIdSchema.parse("bolt"))).toEqual([["A", [100]]]);
    expect(await paid()).toEqual([]);
  });

  it("are all stored in batches of hundreds", async () => {
    await invoice("A");
    const payments = Array.from({ length: 150 }, (_, i) => given("A", "1.00", { ordinal: i + 1 }));
    expect(await pay(...payments)).toMatchObject({ created: 150 });
    expect((await paid())?.[0]?.[1]).toHaveLength(150);
  });
});
