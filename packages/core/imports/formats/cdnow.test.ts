import { describe, expect, it } from "vitest";
import { tenantSchema } from "../../tenants/tenant.ts";
import { cdnow } from "./cdnow.ts";
import { assembleOrder, checkOrderLine } from "../orders.ts";
import { orderLineRowSchema } from "../rows.ts";

const tenant = tenantSchema.parse({ tenantId: "t", name: "T", timeZone: "UTC", currency: "USD", edition: "pro" });

function orderOf(text: string) {
  const mapped = cdnow.map(cdnow.readLine?.(text) ?? {});
  if (!("record" in mapped)) throw new Error("it was skipped");
  const row = checkOrderLine(orderLineRowSchema.parse(mapped.record), tenant);
  if (!row.ok) throw new Error(row.message);
  const order = assembleOrder([row.value], tenant);
  if (!order.ok) throw new Error(order.message);
  return order.value;
}

describe("a line of the CDNOW file", () => {
  it("is what a customer bought on a day, with the value that the file gives", () => {
    expect(orderOf(" 00004 0001 19970118  2   29.73")).toMatchObject({
      orderId: "00004-19970118",
      customerId: "00004",
      orderedOn: "1997-01-18",
      currency: "USD",
      lines: [{ itemId: "CD", kind: "goods", quantity: 2, netMinor: 2_973 }],
    });
  });

  it("has four cells in the whole file, where the sample has a second customer number", () => {
    expect(orderOf("00021 19970101  3   63.34").lines).toMatchObject([{ quantity: 3, netMinor: 6_334 }]);
  });

  it("keeps its value through a price that is no whole number of cents", () => {
    for (const value of ["29.33", "0.01", "99.99", "1286.01"])
      for (const count of [1, 3, 7, 11])
        expect([value, count, orderOf(`1 19970101 ${count} ${value}`).lines[0]?.netMinor]).toEqual([
          value,
          count,
          Math.round(Number(value) * 100),
        ]);
  });

  it("is none with fewer or more cells", () => {
    expect(["", "1 2", "1 2 3 4 5 6"].map((text) => cdnow.readLine?.(text))).toEqual([undefined, undefined, undefined]);
  });
});
