import { type ImportedInvoice, assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema } from "@regulars/core/imports/rows";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");

describe("invoices", () => {
  let testTenant: TestTenant;
  const given = (row: Readonly<Record<string, string>> = {}): ImportedInvoice => {
    const full = {
      invoiceId: "INV-1",
      customerId: "acme",
      invoiceDate: "2026-01-15",
      dueDate: "2026-02-14",
      total: "100.00",
      ...row,
    };
    const made = assembleInvoice(invoiceRowSchema.parse(full), testTenant.tenant);
    if (!made.ok) throw new Error(made.message);
    return made.value;
  };
  const save = (...invoices: ImportedInvoice[]) => testTenant.store.imports.saveInvoices(invoices);
  const pay = (amount: string, paidOn = "2026-02-01") => {
    const payment = {
      row: { invoiceId: given().invoice.invoiceId, paidAt: paidOn, amount: decimal(amount) },
      paidOn: day(paidOn),
      ordinal: 1,
    };
    return testTenant.store.imports.savePayments([payment]);
  };
  const stored = async (customerId = ACME) =>
    (await testTenant.partition(testTenant.keys.invoices(customerId))).map((item) => item["sk"]);
  const markOf = async (customerId: typeof ACME, year: number) =>
    (await testTenant.item(testTenant.keys.change(customerId, "Q", String(year))))?.["n"];
  const receivables = async (customerId = ACME) =>
    (await testTenant.store.nightly.snapshotOf(customerId, { asOf: day("2026-12-31") }))?.history.receivables ?? [];
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("are written once when saved twice", async () => {
    const invoices = [given(), given({ invoiceId: "INV-2", settledAt: "2026-02-01" })];
    expect(await save(...invoices)).toEqual({ created: 2, changed: 0, unchanged: 0 });
    expect(await testTenant.writesOf(() => save(...invoices))).toBe(0);
    expect(await save(...invoices)).toEqual({ created: 0, changed: 0, unchanged: 2 });
  });

  it("are read from the customer snapshot as they were imported", async () => {
    await save(given({ currency: "USD", disputed: "yes" }), given({ invoiceId: "CN-1", total: "-5.00", dueDate: "" }));
    expect(await receivables()).toEqual([
      {
        invoiceId: "CN-1",
        customerId: "acme",
        invoicedOn: "2026-01-15",
        totalMinor: 500,
        currency: "EUR",
        type: "credit",
        disputed: false,
        payments: [],
      },
      {
        invoiceId: "INV-1",
        customerId: "acme",
        invoicedOn: "2026-01-15",
        dueOn: "2026-02-14",
        totalMinor: 10_000,
        currency: "USD",
        type: "invoice",
        disputed: true,
        payments: [],
      },
    ]);
  });

  it("have a payment in full on the day they are settled", async () => {
    await save(given({ settledAt: "2026-02-10" }));
    expect((await receivables())[0]?.payments).toEqual([{ paidOn: "2026-02-10", amountMinor: 10_000 }]);
  });

  it("still have one payment when the settlement changes day or total", async () => {
    await save(given({ settledAt: "2026-02-10" }));
    await save(given({ settledAt: "2026-02-11", total: "90.00" }));
    expect((await receivables())[0]?.payments).toEqual([{ paidOn: "2026-02-11", amountMinor: 9_000 }]);
  });

  it("are open again when they are no longer settled", async () => {
    await save(given({ settledAt: "2026-02-10" }));
    await save(given());
    expect((await receivables())[0]?.payments).toEqual([]);
  });

  it("keep their payments when they change in place", async () => {
    await save(given());
    await pay("30.00");
    expect(await save(given({ total: "120.00" }))).toEqual({ created: 0, changed: 1, unchanged: 0 });
    expect(await receivables()).toMatchObject([
      { totalMinor: 12_000, payments: [{ paidOn: "2026-02-01", amountMinor: 3_000 }] },
    ]);
  });

  it("moved to another day take their payments with them, and both years are marked dirty", async () => {
    await save(given({ invoiceDate: "2025-12-31" }));
    await pay("30.00");
    await save(given({ invoiceDate: "2026-01-01" }));
    expect(await stored()).toEqual(["2026-01-01#INV-1", "2026-01-01#INV-1#P#2026-02-01#3000#1"]);
    expect([await markOf(ACME, 2025), await markOf(ACME, 2026)]).toEqual([3, 1]);
    expect((await receivables())[0]?.payments).toEqual([{ paidOn: "2026-02-01", amountMinor: 3_000 }]);
  });

  it("moved to another customer take their payments and their new settlement with them", async () => {
    await save(given({ settledAt: "2026-02-10" }));
    await pay("30.00");
    await save(given({ customerId: "baker", settledAt: "2026-02-12" }));
    expect([await stored(ACME), await receivables(ACME)]).toEqual([[], []]);
    expect((await receivables(BAKER))[0]?.payments).toEqual([
      { paidOn: "2026-02-01", amountMinor: 3_000 },
      { paidOn: "2026-02-12", amountMinor: 10_000 },
    ]);
  });

  it("delete a settlement that they no longer have when they move", async () => {
    await save(given({ settledAt: "2026-02-10" }));
    await save(given({ customerId: "baker" }));
    expect([await stored(ACME), await stored(BAKER)]).toEqual([[], ["2026-01-15#INV-1"]]);
  });

  it("keep all payments when they move, also more than fit one transaction", async () => {
    await save(given({ settledAt: "2026-06-01" }));
    const days = Array.from({ length: 50 }, (_, i) =>
      day(new Date(Date.UTC(2026, 2, 1 + i)).toISOString().slice(0, 10)),
    );
    for (const paidOn of days) await pay("1.00", paidOn);
    expect(await save(given({ customerId: "baker", settledAt: "2026-06-01" }))).toMatchObject({ changed: 1 });
    expect([await stored(ACME), (await stored(BAKER)).length]).toEqual([[], 52]);
    expect([await receivables(ACME), (await receivables(BAKER))[0]?.payments.length]).toEqual([[], 51]);
    await testTenant.store.documents.reviseInvoice(given().invoice.invoiceId, ({ invoice, ...rest }) => ({
      ...rest,
      invoice: { ...invoice, customerId: ACME },
    }));
    expect([(await stored(ACME)).length, await stored(BAKER)]).toEqual([52, []]);
  });

  it.each([1, 60])("take along a payment that comes while they move with %i of them", async (count) => {
    await save(given());
    for (let i = 1; i <= count; i += 1) await pay(`${i}.00`);
    const other = testTenant.another();
    beforeCommand(testTenant.table, "TransactWriteItems", () =>
      other.store.imports.savePayments([
        {
          row: { invoiceId: given().invoice.invoiceId, paidAt: "2026-09-09", amount: decimal("5.00") },
          paidOn: day("2026-09-09"),
          ordinal: 1,
        },
      ]),
    );
    await save(given({ customerId: "baker" }));
    expect([await stored(ACME), (await stored(BAKER)).length]).toEqual([[], count + 2]);
    expect((await receivables(BAKER))[0]?.payments.at(-1)).toEqual({ paidOn: "2026-09-09", amountMinor: 500 });
  });

  it("are stored once when two processes save them at once", async () => {
    const other = testTenant.another();
    const invoices = Array.from({ length: 40 }, (_, i) => given({ invoiceId: `INV-${i}` }));
    const [mine, theirs] = await Promise.all([save(...invoices), other.store.imports.saveInvoices(invoices)]);
    expect([mine.created + theirs.created, mine.unchanged + theirs.unchanged]).toEqual([40, 40]);
    expect((await stored()).length).toBe(40);
  });

  it("do not get the payments of another invoice that is gone", async () => {
    await save(given({ invoiceId: "A" }));
    await testTenant.operations.put({
      ...testTenant.keys.payment(
        ACME,
        day("2026-01-15"),
        given({ invoiceId: "B" }).invoice.invoiceId,
        "P#2026-02-01#100#1",
      ),
      paymentOf: "B",
      paidOn: "2026-02-01",
      amountMinor: 100,
    });
    expect(await receivables()).toMatchObject([{ invoiceId: "A", payments: [] }]);
  });
});

function decimal(text: string) {
  const [whole = "0", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}
