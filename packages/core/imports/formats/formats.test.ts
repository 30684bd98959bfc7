import { describe, expect, it } from "vitest";
import { formatIdsOf, formatOf, ownFormat } from "./formats.ts";
import { importKinds } from "../rows.ts";

describe("file formats", () => {
  it("are our own for every kind, and those of others", () => {
    expect(formatIdsOf("orders")).toEqual([
      "regulars",
      "shopify-orders",
      "woocommerce-orders",
      "online-retail",
      "cdnow",
    ]);
    expect(formatIdsOf("invoices")).toEqual([
      "regulars",
      "odoo-invoices",
      "quickbooks-invoices",
      "xero-invoices",
      "ar-ibm",
    ]);
    expect(formatIdsOf("users")).toEqual(["regulars", "maven"]);
    expect(formatIdsOf("customers")).toEqual(["regulars", "maven"]);
    expect(importKinds.map((kind) => formatOf("regulars", kind)?.kind)).toEqual([
      "users",
      "customers",
      "persons",
      "items",
      "orders",
      "invoices",
      "payments",
      "activities",
      "sales",
      "requests",
      "projects",
      "links",
      "leads",
    ]);
  });

  it("of others are for their own kind only", () => {
    expect(formatOf("online-retail", "orders")?.currency).toBe("GBP");
    expect(formatOf("ar-ibm", "invoices")?.currency).toBe("USD");
    expect([
      formatOf("online-retail", "invoices"),
      formatOf("ar-ibm", "orders"),
      formatOf("nobody's", "orders"),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it("of our own have the documented columns and need only ids, dates, quantities and amounts", () => {
    expect(ownFormat("orders").columns.join()).toBe(
      "orderId,customerId,orderedAt,type,status,startedBy,itemId,quantity,uomFactor,unitPrice,unitCost,kind,currency,fxToBase",
    );
    expect(ownFormat("invoices").columns.join()).toBe(
      "invoiceId,customerId,invoiceDate,dueDate,total,currency,type,disputed",
    );
    expect(ownFormat("customers").columns.join()).toBe(
      "customerId,name,category,repId,assignedUserId,teamId,territoryId,phone,email,currency,closedFrom,closedTo,creditHold",
    );
    expect(ownFormat("payments").required).toEqual(["invoiceId", "paidAt", "amount"]);
    for (const kind of importKinds) {
      const { columns, required } = ownFormat(kind);
      expect(required.filter((column) => !columns.includes(column))).toEqual([]);
    }
  });

  it("of our own give every column, empty when the file has none, and drop what nobody reads", () => {
    expect(ownFormat("payments").map({ invoiceId: "A", amount: "1", colour: "red" })).toEqual({
      record: { invoiceId: "A", paymentId: "", paidAt: "", amount: "1", currency: "" },
    });
  });
});
