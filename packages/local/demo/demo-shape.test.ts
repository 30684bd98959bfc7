import { describe, expect, it } from "vitest";
import { day } from "@regulars/core/platform/values";
import { type Scene, sceneOf } from "./demo-scenes.ts";

const scenes = [sceneOf(day("2026-11-22"), 1), sceneOf(day("2027-02-28"), 2), sceneOf(day("2025-07-06"), 3)];

/** The 10th, 50th and 90th percentile. */
function quantiles(values: readonly number[]): { p10: number; p50: number; p90: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

type Bounds = readonly [low: number, high: number];

/** The values outside their bounds, as text; empty when all are within. */
function misfits(values: readonly number[], bounds: { p10: Bounds; p50: Bounds; p90: Bounds }): string[] {
  const measured = quantiles(values);
  return (["p10", "p50", "p90"] as const)
    .filter((name) => measured[name] < bounds[name][0] || measured[name] > bounds[name][1])
    .map((name) => `${name} is ${measured[name]}, not ${bounds[name].join(" to ")}`);
}

const salesOf = ({ company }: Scene) => {
  const lines = company.files.orders.filter(
    (row) => row["type"] === "sale" && row["kind"] === "goods" && /^(invoiced|confirmed)$/.test(row["status"] ?? ""),
  );
  return { lines, orders: [...Map.groupBy(lines, (row) => row["orderId"]).values()] };
};

/** In euro. */
const price = (row: Readonly<Record<string, string>>): number =>
  Number(row["unitPrice"]) * Number(row["fxToBase"] === "" ? 1 : row["fxToBase"]);

const dayOf = (text: string | undefined): number => Date.parse((text ?? "").slice(0, 10)) / 86_400_000;

/** Each title gives p10/p50/p90 of real wholesale data. The demo has more regular customers, so some bounds differ. */
describe.each(scenes)("the shape of $title", (scene) => {
  const { lines, orders } = salesOf(scene);
  const byCustomer = Map.groupBy(orders, (rows) => rows[0]?.["customerId"]);
  const gaps = [...byCustomer.values()].flatMap((own) => {
    const days = own.map((rows) => dayOf(rows[0]?.["orderedAt"])).toSorted((a, b) => a - b);
    return days.length < 5 ? [] : days.slice(1).map((d, i) => d - (days[i] ?? d));
  });

  it("orders per customer: 1/2/9 with a tail to 200, shifted to regulars", () => {
    const counts = [...byCustomer.values()].map((own) => own.length);
    expect(misfits(counts, { p10: [1, 2], p50: [15, 32], p90: [70, 110] })).toEqual([]);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(150);
    expect(Math.max(...counts)).toBeLessThanOrEqual(210);
  });

  it("lines per order: 2/15/48", () => {
    expect(
      misfits(
        orders.map((rows) => rows.length),
        { p10: [2, 4], p50: [10, 18], p90: [38, 54] },
      ),
    ).toEqual([]);
  });

  it("order value: 87/302/812", () => {
    const values = orders.map((rows) => rows.reduce((total, row) => total + Number(row["quantity"]) * price(row), 0));
    expect(misfits(values, { p10: [60, 120], p50: [240, 380], p90: [650, 1000] })).toEqual([]);
  });

  it("quantity: 1/6/24", () => {
    expect(
      misfits(
        lines.map((row) => Number(row["quantity"])),
        { p10: [1, 1], p50: [5, 7], p90: [20, 30] },
      ),
    ).toEqual([]);
  });

  it("unit price: .55/1.95/6.25", () => {
    expect(misfits(lines.map(price), { p10: [0.45, 0.75], p50: [1.6, 2.3], p90: [5, 7.5] })).toEqual([]);
  });

  it("gap days of regulars: 0/17/68 with 14 % on the same day, shifted to weekly and two-weekly rounds", () => {
    expect(misfits(gaps, { p10: [0, 0], p50: [6, 17], p90: [20, 68] })).toEqual([]);
    const sameDay = gaps.filter((gap) => gap === 0).length / gaps.length;
    expect(sameDay).toBeGreaterThan(0.12);
    expect(sameDay).toBeLessThan(0.17);
  });

  it("36 % of invoices are paid late, by a median of 8 days", () => {
    const settled = scene.histories
      .flatMap(({ receivables }) => receivables)
      .filter((one) => one.type === "invoice" && dayOf(one.dueOn) < dayOf(scene.asOf) - 30 && one.payments.length > 0)
      .map((one) => Math.max(...one.payments.map(({ paidOn }) => dayOf(paidOn))) - dayOf(one.dueOn));
    const late = settled.filter((lateDays) => lateDays > 0);
    expect(late.length / settled.length).toBeGreaterThan(0.28);
    expect(late.length / settled.length).toBeLessThan(0.42);
    expect(quantiles(late).p50).toBeGreaterThanOrEqual(7);
    expect(quantiles(late).p50).toBeLessThanOrEqual(10);
  });

  it("most goods lines have a cost, some have none, and some orders have charges", () => {
    const known = lines.filter((row) => row["unitCost"] !== "").length / lines.length;
    const charged = scene.company.files.orders.filter((row) => row["kind"] === "charge").length;
    expect(known).toBeGreaterThan(0.85);
    expect(known).toBeLessThan(0.99);
    expect(charged).toBeGreaterThan(300);
  });
});
