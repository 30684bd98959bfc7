import { describe, expect, it } from "vitest";
import { currencySchema, day } from "../platform/values.ts";
import { assembleInvoice, checkPayment, paymentOf } from "./receivables.ts";
import { invoiceRowSchema, paymentRowSchema } from "./rows.ts";

const tenant = { timeZone: "Europe/Copenhagen", currency: currencySchema.parse("EUR") };
const assemble = (cells: Readonly<Record<string, string>> = {}) =>
  assembleInvoice(
    invoiceRowSchema.parse({
      invoiceId: "INV-1",
      customerId: "acme",
      invoiceDate: "2026-01-15",
      total: "123.45",
      ...cells,
    }),
    tenant,
  );
const invoiceOf = (cells: Readonly<Record<string, string>>) => {
  const made = assemble(cells);
  if (!made.ok) throw new Error(made.message);
  return made.value;
};

describe("an invoice", () => {
  it("needs an id, a customer, a date and a total", () => {
    expect(invoiceOf({})).toEqual({
      invoice: {
        invoiceId: "INV-1",
        customerId: "acme",
        invoicedOn: "2026-01-15",
        totalMinor: 12_345,
        currency: "EUR",
        type: "invoice",
        disputed: false,
      },
    });
  });

  it("has the tenant's days", () => {
    const { invoice, settledOn } = invoiceOf({
      invoiceDate: "2026-01-15T23:30:00Z",
      dueDate: "2026-02-14",
      settledAt: "2026-02-10T22:59:00Z",
    });
    expect([invoice.invoicedOn, invoice.dueOn, settledOn]).toEqual(["2026-01-16", "2026-02-14", "2026-02-10"]);
  });

  it.each(["invoiceDate", "dueDate", "settledAt"])("is refused with a %s that is no day", (column) => {
    expect(assemble({ [column]: "2026-13-01" })).toMatchObject({
      ok: false,
      reason: "bad-date",
      message: `${column} "2026-13-01" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z`,
    });
  });

  it("with a negative total is a credit of that size, unless it says otherwise", () => {
    expect(invoiceOf({ total: "-5" }).invoice).toMatchObject({ type: "credit", totalMinor: 500 });
    expect(invoiceOf({ total: "-5", type: "credit" }).invoice).toMatchObject({ type: "credit", totalMinor: 500 });
    expect(invoiceOf({ total: "5", type: "credit" }).invoice).toMatchObject({ type: "credit", totalMinor: 500 });
    expect(invoiceOf({ total: "-5", type: "invoice" }).invoice).toMatchObject({ type: "invoice", totalMinor: -500 });
    expect(invoiceOf({ total: "0" }).invoice).toMatchObject({ type: "invoice", totalMinor: 0 });
  });

  it("counts in its own currency's minor units", () => {
    expect(invoiceOf({ total: "1500", currency: "jpy" }).invoice).toMatchObject({ totalMinor: 1_500, currency: "JPY" });
    expect(invoiceOf({ total: "1.5", currency: "KWD" }).invoice).toMatchObject({ totalMinor: 1_500 });
  });

  it("C5: has no more decimals than its currency", () => {
    expect(() => invoiceOf({ total: "0.125" })).toThrow('EUR has 2 decimal places: "0.125" has more');
    expect(() => invoiceOf({ total: "400.50", currency: "JPY" })).toThrow(
      'JPY has 0 decimal places: "400.50" has more',
    );
    expect(invoiceOf({ total: "10.50", currency: "PKR" }).invoice.totalMinor).toBe(1_050);
  });
});

describe("a payment", () => {
  const row = (cells: Readonly<Record<string, string>> = {}) =>
    paymentRowSchema.parse({ invoiceId: "INV-1", paidAt: "2026-02-01", amount: "10.00", ...cells });

  it("has the tenant's day, or says what is wrong with it", () => {
    expect(checkPayment(row({ paidAt: "2026-02-01T23:00:00Z" }), tenant)).toEqual({ ok: true, value: "2026-02-02" });
    expect(checkPayment(row({ paidAt: "yesterday" }), tenant)).toMatchObject({ ok: false, reason: "bad-date" });
  });

  it("is in its invoice's currency", () => {
    const paid = (currency: string) =>
      paymentOf(
        { row: row({ amount: "10" }), paidOn: day("2026-02-01"), ordinal: 2 },
        { currency: currencySchema.parse(currency) },
      );
    expect(paid("EUR")).toEqual({
      ok: true,
      value: { invoiceId: "INV-1", paidOn: "2026-02-01", amountMinor: 1_000, currency: "EUR", ordinal: 2 },
    });
    expect(paid("JPY")).toMatchObject({ value: { amountMinor: 10, currency: "JPY" } });
    expect(paid("KWD")).toMatchObject({ value: { amountMinor: 10_000, currency: "KWD" } });
  });

  it("C5: has no more decimals than its invoice's currency", () => {
    const given = { row: row({ amount: "400.50" }), paidOn: day("2026-02-01"), ordinal: 1 };
    expect(paymentOf(given, { currency: currencySchema.parse("JPY") })).toEqual({
      ok: false,
      column: "amount",
      reason: "amount-not-exact",
      message: 'invoice INV-1: JPY has 0 decimal places: "400.50" has more',
    });
  });
});
