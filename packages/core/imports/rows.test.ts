import { describe, expect, it } from "vitest";
import { customerRowSchema, itemRowSchema, orderLineRowSchema, userRowSchema, invoiceRowSchema } from "./rows.ts";

const issueOf = (parsed: {
  readonly error?:
    { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } | undefined;
}) => parsed.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
const line = (cells: Readonly<Record<string, string>> = {}) =>
  orderLineRowSchema.safeParse({
    orderId: "SO-1",
    customerId: "acme",
    orderedAt: "2026-01-05",
    itemId: "rye",
    quantity: "2",
    ...cells,
  });

describe("rows", () => {
  it("take an empty cell for an absent value", () => {
    expect(line({ unitPrice: " ", type: "", status: "", kind: "", currency: "", startedBy: "" }).data).toEqual({
      orderId: "SO-1",
      customerId: "acme",
      orderedAt: "2026-01-05",
      itemId: "rye",
      quantity: { units: 2n, scale: 0 },
    });
  });

  it("read choices and currencies whatever their case, and trim", () => {
    expect(line({ type: " Credit ", kind: "CHARGE", currency: "usd", orderId: " SO-1 " }).data).toMatchObject({
      type: "credit",
      kind: "charge",
      currency: "USD",
      orderId: "SO-1",
    });
    expect(userRowSchema.parse({ userId: "u-1", role: "Manager" }).role).toBe("manager");
  });

  it.each([
    [{ quantity: "two" }, 'quantity "two" is not a number: write it like 1234.56'],
    [{ quantity: "1,5" }, 'quantity "1,5" is not a number: write it like 1234.56'],
    [{ quantity: "" }, "quantity is missing"],
    [{ unitPrice: "1e3" }, 'unitPrice "1e3" is not a number: write it like 1234.56'],
    [{ type: "return" }, "type is not one of sale, credit"],
    [{ currency: "EURO" }, "currency is not a currency: three capitals like EUR"],
    [{ orderId: "SO\u00071" }, "orderId is not an id: it has the character U+0007, which cannot be printed"],
    [{ orderId: "x".repeat(129) }, "orderId is not an id: it has 129 characters, at most 128 can be"],
    [{ itemId: "rye\u200B" }, "itemId is not an id: it has the character U+200B, which cannot be printed"],
    [{ status: "x".repeat(1_001) }, "status is longer than 1000 characters"],
  ])("refuse %o", (cells, says) => {
    expect(issueOf(line(cells))).toEqual([says]);
  });

  it("accept ids of 64 characters and items with blanks, strokes and plusses", () => {
    expect(line({ orderId: "x".repeat(64), itemId: "BANK CHARGES 12/40+B" }).success).toBe(true);
  });

  it("read yes and no in their usual forms", () => {
    const disputed = (cell: string) =>
      invoiceRowSchema.safeParse({
        invoiceId: "A",
        customerId: "acme",
        invoiceDate: "2026-01-05",
        total: "1",
        disputed: cell,
      });
    expect(["yes", "TRUE", "1", "no", "False", "0", ""].map((cell) => disputed(cell).data?.disputed)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      undefined,
    ]);
    expect(issueOf(disputed("maybe"))).toEqual(["disputed is not yes or no"]);
    const said = (cells: readonly string[]) => cells.map((cell) => disputed(cell).data?.disputed);
    expect(said(["ja", "Sim", "ТАК", "WAHR", "y"])).toEqual([true, true, true, true, true]);
    expect(said(["nein", "nej", "Não", "ні", "FALSCH", "n"])).toEqual([false, false, false, false, false, false]);
  });

  it("take closed days of one year or of every year", () => {
    const customer = (closedFrom: string) => customerRowSchema.safeParse({ customerId: "acme", closedFrom });
    expect([customer("12-24").success, customer("2026-12-24").success]).toEqual([true, true]);
    expect(issueOf(customer("24.12."))).toEqual([
      "closedFrom is not a closed day: YYYY-MM-DD, or MM-DD for every year",
    ]);
  });

  it("take an item's end as a day", () => {
    expect(issueOf(itemRowSchema.safeParse({ itemId: "rye", discontinuedOn: "2026-02-29" }))).toEqual([
      "discontinuedOn is not a day: YYYY-MM-DD",
    ]);
  });
});
