import { ownFormat } from "@regulars/core/imports/formats/formats";
import type { ImportKind } from "@regulars/core/imports/rows";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { importPipelines } from "./import-kinds.ts";

type Cells = Readonly<Record<string, string>>;
const ACME = customerIdSchema.parse("acme");

describe("a kind of file", () => {
  let testTenant: TestTenant;
  const save = async (kind: ImportKind, ...rows: readonly Cells[]) => {
    const groups = new Map<string, { line: number; record: Cells }[]>();
    for (const [i, row] of rows.entries()) {
      const mapped = ownFormat(kind).map(row);
      if (!("record" in mapped)) continue;
      const key = importPipelines[kind].keyColumns.map((column) => mapped.record[column] ?? "").join("#");
      groups.set(key, [...(groups.get(key) ?? []), { line: i + 2, record: mapped.record }]);
    }
    return importPipelines[kind].save([...groups.values()], testTenant.tenant, testTenant.store.imports, []);
  };
  const paid = async () =>
    (await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-12-31") }))?.history.receivables.map((one) =>
      one.payments.map((payment) => payment.amountMinor),
    );
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("with one row a record takes the last usable row of an id", async () => {
    const outcome = await save(
      "customers",
      { customerId: "acme", name: "First" },
      { customerId: "acme", name: "Second" },
      { customerId: "acme", name: "Third", currency: "EURO" },
    );
    expect(outcome).toEqual({
      created: 1,
      changed: 0,
      unchanged: 0,
      rejects: [{ line: 4, reason: 'currency "EURO" is not a currency: three capitals like EUR' }],
    });
    expect((await testTenant.store.nightly.profiles([ACME])).get(ACME)?.name).toBe("Second");
  });

  it("of users gives them a name and a role when the file has none", async () => {
    await save("users", { userId: "u-1" }, { userId: "u-2", name: "Sanne", role: "manager" });
    expect(await testTenant.store.nightly.users()).toEqual([
      { userId: "u-1", name: "u-1", role: "rep" },
      { userId: "u-2", name: "Sanne", role: "manager" },
    ]);
  });

  it("of persons and items saves them, with what is wrong in the others", async () => {
    expect(
      await save("persons", { personId: "p-1", customerId: "acme", phone: "+45 1" }, { personId: "p-2" }),
    ).toMatchObject({
      created: 1,
      rejects: [{ line: 3, reason: "customerId is missing" }],
    });
    expect(
      await save("items", { itemId: "rye", discontinuedOn: "2026-02-29" }, { itemId: "oats", replacedBy: "oats-2" }),
    ).toMatchObject({
      created: 1,
      rejects: [{ line: 2, reason: 'discontinuedOn "2026-02-29" is not a day: YYYY-MM-DD' }],
    });
  });

  it("of invoices rejects an invalid day and an invalid amount", async () => {
    const row = { invoiceId: "A", customerId: "acme", invoiceDate: "2026-01-15", total: "10" };
    const outcome = await save(
      "invoices",
      row,
      { ...row, invoiceId: "B", dueDate: "soon" },
      { ...row, invoiceId: "C", total: "10 EUR" },
    );
    expect(outcome).toEqual({
      created: 1,
      changed: 0,
      unchanged: 0,
      rejects: [
        { line: 3, reason: 'dueDate "soon" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z' },
        { line: 4, reason: 'total "10 EUR" is not a number: write it like 1234.56' },
      ],
    });
  });

  describe("of payments", () => {
    beforeEach(() => save("invoices", { invoiceId: "A", customerId: "acme", invoiceDate: "2026-01-15", total: "100" }));

    it("distinguishes equal payments of one day, and the same file again creates none", async () => {
      const rows = [
        { invoiceId: "A", paidAt: "2026-02-01", amount: "10" },
        { invoiceId: "A", paidAt: "2026-02-01", amount: "10.00" },
        { invoiceId: "A", paidAt: "2026-02-02", amount: "10" },
      ];
      expect(await save("payments", ...rows)).toEqual({ created: 3, changed: 0, unchanged: 0, rejects: [] });
      expect(await save("payments", ...rows.toReversed())).toEqual({
        created: 0,
        changed: 0,
        unchanged: 3,
        rejects: [],
        takenForSame: 3,
      });
      expect(await paid()).toEqual([[1_000, 1_000, 1_000]]);
    });

    it("C5: rejects one with more decimals than its invoice's currency has, and saves the others", async () => {
      const rows = [
        { invoiceId: "A", paidAt: "2026-02-01", amount: "10" },
        { invoiceId: "A", paidAt: "2026-02-01", amount: "10.001" },
        { invoiceId: "A", paidAt: "2026-02-01", amount: "10", currency: "USD" },
      ];
      expect(await save("payments", ...rows)).toMatchObject({
        created: 1,
        rejects: [
          { line: 3, reason: 'invoice A: EUR has 2 decimal places: "10.001" has more' },
          { line: 4, reason: "invoice A is in EUR: a payment is in its invoice's currency" },
        ],
      });
    });

    it("E1: keeps equal payments of different ids apart; of two rows with one id the later counts", async () => {
      const row = { invoiceId: "A", paidAt: "2026-02-01" };
      const visa = { ...row, paymentId: "visa", amount: "10" };
      await save("payments", visa);
      expect(await save("payments", { ...row, paymentId: "master", amount: "10" })).toMatchObject({ created: 1 });
      expect(await save("payments", visa, { ...visa, amount: "4" })).toMatchObject({ changed: 1, rejects: [] });
      expect(await paid()).toEqual([[1_000, 400]]);
    });

    it("C2: rejects the invoice in another currency than its payment", async () => {
      await save("payments", { invoiceId: "A", paidAt: "2026-02-01", amount: "10" });
      const again = { invoiceId: "A", customerId: "acme", invoiceDate: "2026-01-15", total: "100", currency: "UAH" };
      expect(await save("invoices", again)).toMatchObject({
        changed: 0,
        rejects: [
          {
            line: 2,
            reason:
              "invoice A has 1 payment in EUR and cannot be in UAH: void it, and send the right one under another id",
          },
        ],
      });
    });

    it("rejects every payment of an unknown invoice, and every invalid one", async () => {
      const outcome = await save(
        "payments",
        { invoiceId: "X", paidAt: "2026-02-01", amount: "10" },
        { invoiceId: "A", paidAt: "2026-02-01", amount: "10" },
        { invoiceId: "X", paidAt: "2026-02-02", amount: "10" },
        { invoiceId: "A", paidAt: "later", amount: "10" },
        { invoiceId: "A", paidAt: "2026-02-01", amount: "" },
      );
      expect([outcome.created, outcome.unchanged]).toEqual([1, 0]);
      expect(outcome.rejects.toSorted((a, b) => a.line - b.line)).toEqual([
        { line: 2, reason: "invoice X is not known: import its invoice first" },
        { line: 4, reason: "invoice X is not known: import its invoice first" },
        { line: 5, reason: 'paidAt "later" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z' },
        { line: 6, reason: "amount is missing" },
      ]);
    });
  });
});
