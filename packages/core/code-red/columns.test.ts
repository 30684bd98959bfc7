import { describe, expect, it } from "vitest";
import { aHistory, type OrderInput } from "../testing.ts";
import { addMonths } from "../platform/period.ts";
import { day } from "../platform/values.ts";
import { comparedColumns } from "./columns.ts";
import { customerValues, netOf } from "./customer-values.ts";
import { planComparisons } from "./plan.ts";
import { codeRedSettingsSchema, type CodeRedSettings } from "./settings.ts";

const asOf = "2026-11-15";

/** Monthly values, the last complete month first, each as one order in the middle of its month. */
const monthly = (values: readonly number[]): OrderInput[] =>
  values.map((netMinor, i) => ({
    on: addMonths(day("2026-10-15"), -i),
    orderId: `m${i}`,
    lines: [{ netMinor }],
  }));

const settingsOf = (settings: Partial<CodeRedSettings>): CodeRedSettings => codeRedSettingsSchema.parse(settings);

function columns(orders: readonly OrderInput[], settings: Partial<CodeRedSettings> = {}, on = asOf) {
  const plan = planComparisons(day(on), settingsOf(settings));
  return comparedColumns(customerValues(aHistory({ asOf: on, orders }), plan), plan);
}

const shown = (orders: readonly OrderInput[], settings: Partial<CodeRedSettings> = {}) =>
  columns(orders, settings).map(({ current, previous, light }) => [netOf(current), netOf(previous), light.light]);

const YEARS = [
  900, 1000, 1100, 1200, 1300, 1500, 1400, 1300, 1200, 1250, 1150, 1100, 1500, 1600, 1500, 1200, 1100, 1000, 1400, 1300,
  1200, 1250, 1150, 1100, 500,
];

describe("the columns of a customer", () => {
  it("CR04: compare the last three months with the three before them", () => {
    expect(shown(monthly(YEARS))[1]).toEqual([3000, 4000, "red"]);
  });

  it("CR06: compare 1, 3, 6 and 12 complete months with those before them", () => {
    expect(shown(monthly(YEARS))).toEqual([
      [900, 1000, "amber"],
      [3000, 4000, "red"],
      [7400 - 400, 7400, "green"],
      [14_400, 15_300, "green"],
    ]);
  });

  it("CR07: compare with the same months of the year before", () => {
    expect(shown(monthly(YEARS), { seasonal: true })).toEqual([
      [900, 1500, "red"],
      [3000, 4600, "red"],
      [7000, 7900, "amber"],
      [14_400, 15_300, "green"],
    ]);
  });

  it("leave out the current month, charges and quotes, and subtract credits on their own day", () => {
    const orders: OrderInput[] = [
      { on: "2026-11-02", orderId: "now" },
      { on: "2026-10-02", orderId: "sale", lines: [{ netMinor: 1000 }, { itemId: "freight", kind: "charge" }] },
      { on: "2026-10-09", orderId: "credit", type: "credit", lines: [{ quantity: -1, netMinor: -300 }] },
      { on: "2026-10-10", orderId: "quote", status: "quote" },
      { on: "2026-09-01", orderId: "before", lines: [{ netMinor: 900 }] },
    ];
    expect(columns(orders)[0]).toMatchObject({
      current: { salesMinor: 1000, creditsMinor: 300, orders: 1 },
      previous: { salesMinor: 900, creditsMinor: 0, orders: 1 },
    });
  });

  it("are grey for a customer whose first order lies after the first day of the compared period", () => {
    const first = (on: string): OrderInput[] => [
      { on, orderId: "first" },
      { on: "2026-10-05", orderId: "second" },
    ];
    expect(columns(first("2026-09-02"))[0]?.light).toEqual({ light: "grey", reason: "new" });
    expect(columns(first("2026-09-01"))[0]?.light).toEqual({ light: "green" });
  });

  it("are grey when nothing was bought before, and red when returns exceed purchases", () => {
    const old: OrderInput = { on: "2025-01-01", orderId: "old" };
    expect(columns([old, { on: "2026-10-05", orderId: "new" }])[0]?.light).toEqual({
      light: "grey",
      reason: "nothing-before",
    });
    const returned: OrderInput = {
      on: "2026-10-05",
      orderId: "return",
      type: "credit",
      lines: [{ quantity: -1, netMinor: -100 }],
    };
    expect(columns([old, { on: "2026-09-05", orderId: "sale" }, returned])[0]?.light).toEqual({ light: "red" });
  });

  it("compare totals of invoices with the basis invoice, credit memos subtracted, void and foreign ones left out", () => {
    const history = aHistory({
      asOf,
      receivables: [
        { invoiceId: "i1", invoicedOn: "2026-10-01", totalMinor: 700 },
        { invoiceId: "i2", invoicedOn: "2026-09-01", totalMinor: 1000 },
        { invoiceId: "i3", invoicedOn: "2026-10-20", totalMinor: 100, type: "credit" },
        { invoiceId: "i4", invoicedOn: "2026-10-21", totalMinor: 500, currency: "USD" },
      ],
    });
    const plan = planComparisons(day(asOf), settingsOf({ basis: "invoice" }));
    const values = customerValues(history, plan);
    const [column] = comparedColumns(values, plan);
    expect(column).toMatchObject({ light: { light: "red" } });
    expect(column && [netOf(column.current), netOf(column.previous)]).toEqual([600, 1000]);
    expect(values.withoutRate).toBe(1);
  });

  it("count lines without a rate and never take them as 0", () => {
    const orders: OrderInput[] = [
      { on: "2026-09-01", orderId: "a" },
      { on: "2026-10-01", orderId: "b", lines: [{ netMinor: undefined }] },
    ];
    const plan = planComparisons(day(asOf), settingsOf({}));
    expect(customerValues(aHistory({ asOf, orders }), plan).withoutRate).toBe(1);
  });

  it("wait with a month until it is closed, so that late invoices make nobody red", () => {
    const months = monthly([1000, 1000, 1000]);
    const late: OrderInput = { on: "2026-11-03", orderId: "late", lines: [{ netMinor: 200 }] };
    const onDay = (on: string) => columns([...months, late], { closeDays: 5 }, on)[0];
    expect(onDay("2026-12-02")?.light).toEqual({ light: "green" });
    expect(netOf(onDay("2026-12-04")?.current ?? { salesMinor: 0, creditsMinor: 0, orders: 0 })).toBe(1000);
    expect(netOf(onDay("2026-12-05")?.current ?? { salesMinor: 0, creditsMinor: 0, orders: 0 })).toBe(200);
  });

  it("scenario 4: make nobody red on the 2nd who is not on the 6th, when the month's last invoices are posted on the 4th", () => {
    const invoices = (customer: number) =>
      ["08", "09", "10", "11"].flatMap((month) =>
        ["05", "15", "25"].map((date) => ({
          invoiceId: `${month}-${date}`,
          invoicedOn: `2026-${month}-${date}`,
          totalMinor: 1000 * (customer + 1),
        })),
      );
    const posted = (on: string, customer: number) =>
      invoices(customer).filter(({ invoicedOn }) => on >= "2026-12-04" || invoicedOn < "2026-11-01");
    const red = (on: string, closeDays: number) =>
      [0, 1, 2].filter((customer) => {
        const plan = planComparisons(day(on), settingsOf({ basis: "invoice", closeDays }));
        const values = customerValues(aHistory({ asOf: on, receivables: posted(on, customer) }), plan);
        return comparedColumns(values, plan)[0]?.light.light === "red";
      });
    expect([red("2026-12-02", 0), red("2026-12-02", 5), red("2026-12-06", 5)]).toEqual([[0, 1, 2], [], []]);
  });

  it("scenario 6: are grey for a customer whose first order lies within the compared months, and after the next change", () => {
    const orders = [
      { on: "2026-06-15", orderId: "first", lines: [{ netMinor: 90_000 }] },
      ...["07", "08", "09", "10", "11", "12"].map((month) => ({
        on: `2026-${month}-10`,
        orderId: month,
        lines: [{ netMinor: month < "09" ? 10_000 : 1000 }],
      })),
    ];
    const light = (on: string) => columns(orders, {}, on)[1]?.light;
    const isNew = { light: "grey", reason: "new" };
    // May to July, and June to August; from July on the customer bought in all of the compared months.
    expect([light("2026-11-15"), light("2026-12-15")]).toEqual([isNew, isNew]);
    expect(light("2027-01-15")).toEqual({ light: "red" });
  });

  it("scenario 7: suppress a customer who is closed from November to March, and compare it with the year before", () => {
    const history = aHistory({
      asOf: "2026-02-15",
      orders: monthly(YEARS),
      closures: [{ from: "11-01", to: "03-31" }],
    });
    const lights = (seasonal: boolean) => {
      const plan = planComparisons(day("2026-02-15"), settingsOf({ seasonal }));
      return comparedColumns(customerValues(history, plan), plan).map(({ light }) => light);
    };
    expect(lights(false)[1]).toEqual({ light: "grey", reason: "closed" });
    expect(lights(true)[1]?.light).not.toBe("grey");
  });
});
