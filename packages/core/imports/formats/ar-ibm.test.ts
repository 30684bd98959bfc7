import { describe, expect, it } from "vitest";
import { currencySchema } from "../../platform/values.ts";
import { arIbm } from "./ar-ibm.ts";
import { assembleInvoice } from "../receivables.ts";
import { invoiceRowSchema } from "../rows.ts";

const tenant = { timeZone: "UTC", currency: currencySchema.parse("USD") };
const map = (cells: Readonly<Record<string, string>> = {}) => {
  const mapped = arIbm.map({
    countryCode: "391",
    customerID: "0379-NEVHP",
    PaperlessDate: "4/6/2013",
    invoiceNumber: "611365",
    InvoiceDate: "1/2/2013",
    DueDate: "2/1/2013",
    InvoiceAmount: "55.94",
    Disputed: "No",
    SettledDate: "1/15/2013",
    PaperlessBill: "Paper",
    DaysToSettle: "13",
    DaysLate: "0",
    ...cells,
  });
  if ("skip" in mapped) throw new Error(`left out as ${mapped.skip}`);
  return mapped.record;
};

describe("the ar-ibm layout", () => {
  it("makes an invoice of a row, its dates month first", () => {
    expect(map()).toEqual({
      invoiceId: "611365",
      customerId: "0379-NEVHP",
      invoiceDate: "2013-01-02",
      dueDate: "2013-02-01",
      total: "55.94",
      disputed: "No",
      settledAt: "2013-01-15",
      currency: "USD",
    });
  });

  it("makes a payment in full of a settled date", () => {
    const made = assembleInvoice(invoiceRowSchema.parse(map({ Disputed: "Yes" })), tenant);
    expect(made).toEqual({
      ok: true,
      value: {
        invoice: {
          invoiceId: "611365",
          customerId: "0379-NEVHP",
          invoicedOn: "2013-01-02",
          dueOn: "2013-02-01",
          totalMinor: 5_594,
          currency: "USD",
          type: "invoice",
          disputed: true,
        },
        settledOn: "2013-01-15",
      },
    });
  });

  it("leaves an invoice open that has no settled date", () => {
    const made = assembleInvoice(invoiceRowSchema.parse(map({ SettledDate: " " })), tenant);
    expect(made.ok && made.value.settledOn).toBeUndefined();
  });

  it("leaves a date in another form as it is, to be refused with its own text", () => {
    expect(map({ InvoiceDate: "2013.01.02" })["invoiceDate"]).toBe("2013.01.02");
    expect(map({ DueDate: "13/1/2013" })["dueDate"]).toBe("2013-13-01");
    expect(assembleInvoice(invoiceRowSchema.parse(map({ DueDate: "13/1/2013" })), tenant)).toMatchObject({
      reason: "bad-date",
    });
  });
});
