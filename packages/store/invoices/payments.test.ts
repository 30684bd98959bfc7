import { assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema, paymentRowSchema } from "@regulars/core/imports/rows";
import type { PaymentSought } from "@regulars/core/imports/record-store";
import {
  currencySchema,
  customerIdSchema,
  day,
  invoiceIdSchema,
  paymentIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const paymentId = paymentIdSchema.parse("PAY-7");
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
      refused: new Map(),
      takenForSame: 0,
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

  it("C5: with more decimals than their invoice's currency are refused, and the others are saved", async () => {
    await invoice("YEN", "JPY");
    const half = given("YEN", "400.50");
    const counts = await pay(half, given("YEN", "100"));
    expect(counts).toMatchObject({ created: 1, unchanged: 0 });
    expect([...counts.refused]).toEqual([
      [
        half,
        {
          path: "amount",
          code: "amount-not-exact",
          message: 'invoice YEN: JPY has 0 decimal places: "400.50" has more',
        },
      ],
    ]);
    expect(await paid()).toEqual([["YEN", [100]]]);
  });

  it("C2: keep their invoice in its currency; one without payments may change it", async () => {
    await invoice("A");
    await invoice("B");
    await pay(given("A", "40.00"));
    const inHryvnias = async (invoiceId: string) => {
      const row = invoiceRowSchema.parse({ invoiceId, customerId: "acme", invoiceDate: "2026-01-15", total: "100" });
      const made = assembleInvoice({ ...row, currency: currencySchema.parse("UAH") }, testTenant.tenant);
      if (!made.ok) throw new Error(made.message);
      return { counts: await testTenant.store.imports.saveInvoices([made.value]), ...made.value };
    };
    const refused = await inHryvnias("A");
    expect(refused.counts).toMatchObject({ created: 0, changed: 0, unchanged: 0 });
    expect([...(refused.counts.refused?.values() ?? [])]).toEqual([
      {
        path: "currency",
        code: "other-currency",
        message:
          "invoice A has 1 payment in EUR and cannot be in UAH: void it, and send the right one under another id",
      },
    ]);
    expect((await inHryvnias("B")).counts).toMatchObject({ changed: 1 });
    const { documents } = testTenant.store;
    expect(await documents.findInvoice(invoiceIdSchema.parse("A"))).toMatchObject({ currency: "EUR" });
    expect(
      await documents.reviseInvoice(invoiceIdSchema.parse("A"), (stored) => ({ ...stored, invoice: refused.invoice })),
    ).toMatchObject({ ok: false, reason: "other-currency" });
  });

  it("C2: are never stored beside an invoice whose currency changes meanwhile", async () => {
    await invoice("A");
    const other = testTenant.another();
    beforeCommand(testTenant.table, "TransactWriteItems", () => invoice("A", "JPY", "acme", other));
    expect(await pay(given("A", "1.00"), given("A", "2.50"))).toMatchObject({ created: 1 });
    expect(await paid()).toEqual([["A", [1]]]);
  });

  it("E1: are two with two ids, and one id sent again is one, with its last amount", async () => {
    await invoice("A");
    const card = (id: string, amount: string) => {
      const one = given("A", amount);
      return { ...one, row: { ...one.row, paymentId: paymentIdSchema.parse(id) } };
    };
    await pay(card("visa", "50.00"));
    expect(await pay(card("master", "50.00"))).toMatchObject({ created: 1, takenForSame: 0 });
    expect(await pay(card("visa", "50.00"))).toMatchObject({ created: 0, unchanged: 1, takenForSame: 0 });
    expect(await pay(card("visa", "20.00"))).toMatchObject({ created: 0, changed: 1 });
    expect(await paid()).toEqual([["A", [5_000, 2_000]]]);
  });

  it("E1: without an id are counted when they are taken for the same", async () => {
    await invoice("A");
    await pay(given("A", "50.00"));
    expect(await pay(given("A", "50.00"), given("A", "7.00"))).toMatchObject({ created: 1, takenForSame: 1 });
  });

  it("E1: can be taken back, by id or by day and amount, once each", async () => {
    await invoice("A");
    const one = given("A", "50.00");
    await pay(one, given("A", "50.00", { ordinal: 2 }), { ...one, row: { ...one.row, paymentId } });
    const invoiceId = invoiceIdSchema.parse("A");
    const back = (sought: PaymentSought) => testTenant.store.documents.takePaymentBack(invoiceId, sought);
    const equal = { paidOn: day("2026-02-01"), amount: { units: 5_000n, scale: 2 } };
    expect(await back({ paymentId })).toMatchObject({ document: { payments: [{}, {}] } });
    expect(await back({ paymentId })).toMatchObject({ ok: false, reason: "unknown-payment" });
    expect(await back(equal)).toMatchObject({ document: { payments: [{}] } });
    expect(await paid()).toEqual([["A", [5_000]]]);
    expect(await back(equal)).toMatchObject({ document: { payments: [] } });
    expect(await back(equal)).toMatchObject({ ok: false, reason: "unknown-payment" });
    expect(await paid()).toEqual([["A", []]]);
  });

  it("mark the year of the invoice dirty, not that of the payment", async () => {
    await invoice("A");
    await pay(given("A", "10.00", { on: "2027-02-01" }));
    const markOf = async (year: number) =>
      (await testTenant.item(testTenant.keys.change(ACME, "Q", String(year))))?.["n"];
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
