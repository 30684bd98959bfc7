import { describe, expect, it } from "vitest";
import { currencySchema } from "../platform/values.ts";
import { MAX_ORDER_LINES, assembleOrder, checkOrderLine } from "./orders.ts";
import { orderLineRowSchema } from "./rows.ts";

const tenant = { timeZone: "Europe/Copenhagen", currency: currencySchema.parse("EUR") };
const aRow = (cells: Readonly<Record<string, string>> = {}) =>
  orderLineRowSchema.parse({
    orderId: "SO-1",
    customerId: "acme",
    orderedAt: "2026-01-05",
    itemId: "rye",
    quantity: "2",
    unitPrice: "5.00",
    ...cells,
  });
const check = (cells: Readonly<Record<string, string>>) => {
  const checked = checkOrderLine(aRow(cells), tenant);
  return checked.ok ? "ok" : `${checked.reason}: ${checked.message}`;
};
const assemble = (...rows: Readonly<Record<string, string>>[]) => {
  const made = assembleOrder(rows.map(aRow), tenant);
  if (!made.ok) throw new Error(made.message);
  return made.value;
};
const firstLine = (cells: Readonly<Record<string, string>>) => assemble(cells).lines[0];

describe("a line", () => {
  it("is refused without a date that exists", () => {
    expect(check({ orderedAt: "2026-02-30" })).toBe(
      'bad-date: orderedAt "2026-02-30" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z',
    );
    expect(check({ orderedAt: "5/1/2026" })).toContain("bad-date");
    expect(check({ orderedAt: "46048" })).toBe(
      'bad-date: orderedAt "46048" is a day as spreadsheets count them: give the column the format of a date there',
    );
    expect(check({ orderedAt: "1900-01-01 00:00" })).toBe(
      'bad-date: orderedAt "1900-01-01 00:00" is before 1970: check the year',
    );
    expect(check({ orderedAt: "9999-12-31" })).toBe('bad-date: orderedAt "9999-12-31" is after 2999: check the year');
    expect(check({ orderedAt: "1969-12-31" })).toContain("bad-date");
    expect(check({ orderedAt: "5.1.2026 9:30" })).toBe("ok");
    expect(check({ orderedAt: "2026-01-05T09:30:00+02:00" })).toBe("ok");
  });

  it("may have six decimals in its quantity, not seven", () => {
    expect(check({ quantity: "0.000001" })).toBe("ok");
    expect(check({ quantity: "0.0000001" })).toBe("bad-quantity: quantity has more than 6 decimals");
  });

  it("may have a quantity of a billion, either way, not more", () => {
    expect([check({ quantity: "1000000000" }), check({ quantity: "-1000000000" })]).toEqual(["ok", "ok"]);
    expect(check({ quantity: "1000000000.1" })).toBe("bad-quantity: quantity is beyond 1000000000");
    expect(check({ quantity: "-1000000001" })).toBe("bad-quantity: quantity is beyond 1000000000");
  });

  it("may have a unit of its own, of so many base units, above 0", () => {
    expect(check({ uomFactor: "24" })).toBe("ok");
    for (const uomFactor of ["0", "-24", "0.0000001"])
      expect(check({ uomFactor })).toBe(
        `bad-factor: uomFactor "${uomFactor}" is not a number above 0 with at most 6 decimals`,
      );
    expect(check({ quantity: "500000000", uomFactor: "2" })).toBe("ok");
    expect(check({ quantity: "500000000", uomFactor: "2.000001" })).toBe(
      "bad-quantity: quantity times uomFactor is beyond 1000000000",
    );
  });
});

describe("an order", () => {
  it("is cancelled in either spelling, whatever the capitals", () => {
    expect(assemble({ status: "CANCELED" }, { status: "Cancelled", itemId: "POST" }).status).toBe("cancelled");
  });

  it("has its rows as lines, in their order", () => {
    expect(
      assemble(
        { status: "Shipped", startedBy: "u-1" },
        { itemId: "POST", kind: "charge", quantity: "1", unitCost: "3" },
      ),
    ).toEqual({
      orderId: "SO-1",
      customerId: "acme",
      orderedAt: "2026-01-04T23:00:00.000Z",
      orderedOn: "2026-01-05",
      type: "sale",
      status: "shipped",
      startedBy: "u-1",
      currency: "EUR",
      lines: [
        { itemId: "rye", kind: "goods", quantity: 2, netMinor: 1_000 },
        { itemId: "POST", kind: "charge", quantity: 1, netMinor: 500, costMinor: 300 },
      ],
    });
  });

  it("has its quantities in base units, whatever units they were sold in, and its values by the price of one sold", () => {
    const quantities = (...rows: Readonly<Record<string, string>>[]) =>
      assemble(...rows).lines.map(({ quantity, netMinor }) => [quantity, netMinor]);
    expect(quantities({ quantity: "48" }, { quantity: "2", uomFactor: "24", unitPrice: "120.00" })).toEqual([
      [48, 24_000],
      [48, 24_000],
    ]);
    expect(quantities({ type: "credit", quantity: "1", uomFactor: "24" })).toEqual([[-24, -500]]);
    // A third of a base unit, to the millionth.
    expect(quantities({ quantity: "2.5", uomFactor: "0.333333" })[0]?.[0]).toBe(0.833332);
  });

  it("is dated by its earliest line, in the tenant's zone", () => {
    const order = assemble(
      { orderedAt: "2026-01-06 10:00" },
      { orderedAt: "2026-01-05T22:59:00Z" },
      { orderedAt: "2026-01-07" },
    );
    expect([order.orderedAt, order.orderedOn]).toEqual(["2026-01-05T22:59:00.000Z", "2026-01-05"]);
    expect(assemble({ orderedAt: "2026-01-05T23:00:00Z" }).orderedOn).toBe("2026-01-06");
  });

  it("that names two customers is refused whole", () => {
    expect(assembleOrder([aRow(), aRow({ customerId: "baker" })], tenant)).toMatchObject({
      ok: false,
      reason: "two-customers",
      message: "order SO-1 names two customers, acme and baker: give it one",
    });
  });

  it("without lines is refused", () => {
    expect(assembleOrder([], tenant)).toMatchObject({ ok: false, reason: "no-lines" });
  });

  it("may have 4000 lines, not one more", () => {
    const rows = Array.from({ length: MAX_ORDER_LINES }, () => aRow());
    expect(assembleOrder(rows, tenant).ok).toBe(true);
    expect(assembleOrder([...rows, aRow()], tenant)).toMatchObject({
      reason: "too-many-lines",
      message: "order SO-1 has 4001 lines; at most 4000 are kept",
    });
  });
});

describe("a credit", () => {
  it("takes back, however its file signs it", () => {
    const [plain, signed] = assemble(
      { type: "credit", quantity: "2", unitCost: "3" },
      { quantity: "-2", unitCost: "3" },
    ).lines;
    expect(plain).toEqual({ itemId: "rye", kind: "goods", quantity: -2, netMinor: -1_000, costMinor: -600 });
    expect(signed).toEqual(plain);
  });

  it("leaves a sale's own returns as they are signed", () => {
    expect(firstLine({ quantity: "-1" })).toEqual({ itemId: "rye", kind: "goods", quantity: -1, netMinor: -500 });
  });
});

describe("an order's value", () => {
  /** A hundred lines of the greatest value that a line may have. */
  const lines = Array.from({ length: 100 }, () => ({ quantity: "1", unitPrice: "9000000000" }));
  const made = (...more: Readonly<Record<string, string>>[]) => assembleOrder([...lines, ...more].map(aRow), tenant);

  it("is of at most 90,000,000,000,000 minor units, with returns taken as what they are worth", () => {
    expect(check({ quantity: "1", unitPrice: "9000000000" })).toBe("ok");
    expect(made()).toMatchObject({ ok: true });
    const refused = {
      ok: false,
      reason: "too-large",
      message: "the lines of order SO-1 come to too large an amount together",
    };
    for (const quantity of ["1", "-1"]) expect(made({ quantity, unitPrice: "0.01" })).toMatchObject(refused);
    const costs = lines.map((line) => ({ ...line, unitPrice: "1", unitCost: line.unitPrice }));
    expect(assembleOrder([...costs, { quantity: "1", unitCost: "0.01" }].map(aRow), tenant)).toMatchObject(refused);
  });
});

describe("a line's value", () => {
  it("is quantity times price, half to even", () => {
    const net = (quantity: string, unitPrice: string) => firstLine({ quantity, unitPrice })?.netMinor;
    expect([net("1", "0.005"), net("1", "0.015"), net("1", "0.025"), net("-1", "0.015"), net("-1", "0.025")]).toEqual([
      0, 2, 2, -2, -2,
    ]);
    expect([net("3", "0.335"), net("0.1", "0.1"), net("1.5", "2.35")]).toEqual([100, 1, 352]);
  });

  it("is in the base currency at the order's own rate, rounded a second time, half to even", () => {
    const net = (cells: Readonly<Record<string, string>>) =>
      firstLine({ currency: "USD", quantity: "1", ...cells })?.netMinor;
    expect(net({ unitPrice: "100", fxToBase: "0.9" })).toBe(9_000);
    expect(net({ unitPrice: "0.01", fxToBase: "0.5" })).toBe(0);
    expect(net({ unitPrice: "0.03", fxToBase: "0.5" })).toBe(2);
    expect(net({ unitPrice: "0.05", fxToBase: "0.5" })).toBe(2);
    expect(net({ currency: "JPY", unitPrice: "1000", fxToBase: "0.0061" })).toBe(610);
  });

  it("is unknown in a foreign currency without a rate, and the quantity stays", () => {
    expect(firstLine({ currency: "USD", unitCost: "1" })).toEqual({ itemId: "rye", kind: "goods", quantity: 2 });
  });

  it("needs no rate in the base currency, and takes none", () => {
    expect(firstLine({ currency: "EUR", fxToBase: "7" })?.netMinor).toBe(1_000);
  });

  it("is unknown without a price, which is not zero", () => {
    expect(firstLine({ unitPrice: "" })).toEqual({ itemId: "rye", kind: "goods", quantity: 2 });
    expect(firstLine({ unitPrice: "0" })?.netMinor).toBe(0);
  });
});
