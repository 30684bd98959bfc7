import { describe, expect, it } from "vitest";
import { onlineRetail } from "./online-retail.ts";

const map = (cells: Readonly<Record<string, string>>) =>
  onlineRetail.map({
    InvoiceNo: "536365",
    StockCode: "85123A",
    Description: "WHITE HANGING HEART T-LIGHT HOLDER",
    Quantity: "6",
    InvoiceDate: "2010-12-01 08:26:00",
    UnitPrice: "2.55",
    CustomerID: "17850",
    Country: "United Kingdom",
    ...cells,
  });
const record = (cells: Readonly<Record<string, string>>) => {
  const mapped = map(cells);
  if ("skip" in mapped) throw new Error(`left out as ${mapped.skip}`);
  return mapped.record;
};

describe("the online-retail layout", () => {
  it("makes a sale of an invoice number of digits", () => {
    expect(record({})).toEqual({
      orderId: "536365",
      customerId: "17850",
      orderedAt: "2010-12-01 08:26:00",
      type: "sale",
      itemId: "85123A",
      quantity: "6",
      unitPrice: "2.55",
      kind: "goods",
      currency: "GBP",
    });
  });

  it("names the item by its description, when there is one", () => {
    expect(map({ StockCode: " 84029e ", Description: " RED WOOLLY HOTTIE " })).toMatchObject({
      item: { itemId: "84029E", name: "RED WOOLLY HOTTIE" },
    });
    expect(map({ Description: " " })).not.toHaveProperty("item");
  });

  it("makes a credit of a number that begins with C", () => {
    expect(record({ InvoiceNo: "C536379", Quantity: "-1" })).toMatchObject({
      orderId: "C536379",
      type: "credit",
      quantity: "-1",
    });
  });

  it.each(["A563185", "536365X", "c536379", "-1"])(
    "leaves %s out as an adjustment, also without a customer",
    (InvoiceNo) => {
      expect(map({ InvoiceNo, CustomerID: "", UnitPrice: "-11062.06" })).toEqual({ skip: "adjustment" });
    },
  );

  it("takes 17850.0 for the customer 17850", () => {
    expect(record({ CustomerID: "17850.0" })).toMatchObject({ customerId: "17850" });
    expect(record({ CustomerID: "17850.5" })).toMatchObject({ customerId: "17850.5" });
  });

  it("leaves out a row without a customer", () => {
    expect(map({ CustomerID: " " })).toEqual({ skip: "noCustomer" });
  });

  it.each(["0", "0.000", "-0.01"])("leaves out a row at the price %s", (UnitPrice) => {
    expect(map({ UnitPrice })).toEqual({ skip: "zeroPrice" });
  });

  it("keeps a row with the smallest price above zero, and one with an invalid price, which is refused later with its text", () => {
    expect(record({ UnitPrice: "0.001" })["unitPrice"]).toBe("0.001");
    expect(record({ UnitPrice: "2,55" })["unitPrice"]).toBe("2,55");
    expect(record({ UnitPrice: "" })["unitPrice"]).toBe("");
  });

  it.each([
    ["22423", "22423", "goods"],
    [" 85123a ", "85123A", "goods"],
    ["79323GR", "79323GR", "goods"],
    ["POST", "POST", "charge"],
    ["bank charges", "BANK CHARGES", "charge"],
    ["1234", "1234", "charge"],
    ["DCGS0003", "DCGS0003", "charge"],
  ])("makes of stock code %j the item %s, %s", (StockCode, itemId, kind) => {
    expect(record({ StockCode })).toMatchObject({ itemId, kind });
  });

  it.each([
    ["12/1/2010 8:26", "2010-12-01 08:26"],
    ["1/12/2010 18:05", "2010-01-12 18:05"],
    ["12/9/2011", "2011-12-09"],
    ["2011-12-09 12:50:00", "2011-12-09 12:50:00"],
    ["9. 12. 2011", "9. 12. 2011"],
  ])("reads the date %s as %s", (InvoiceDate, orderedAt) => {
    expect(record({ InvoiceDate })["orderedAt"]).toBe(orderedAt);
  });

  it("leaves an empty invoice number to be refused", () => {
    expect(record({ InvoiceNo: " " })["orderId"]).toBe("");
  });
});
