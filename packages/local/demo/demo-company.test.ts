import { describe, expect, it } from "vitest";
import { type ImportKind, rowSchemas } from "@regulars/core/imports/rows";
import { day } from "@regulars/core/platform/values";
import type { Cells } from "./catalogue.ts";
import { demoCompany, demoKinds } from "./demo-company.ts";
import { sceneOf } from "./demo-scenes.ts";

const asOf = day("2026-11-22");
const scenes = [sceneOf(asOf, 1), sceneOf(day("2027-02-28"), 2), sceneOf(day("2025-07-06"), 3)];

const idsOf = (rows: readonly Cells[], column: string) => rows.map((row) => row[column]);

const columnsOf = (schema: (typeof rowSchemas)[ImportKind]): string[] =>
  Object.keys(schema.shape).filter((column) => column !== "settledAt");

describe("a demo company", () => {
  it("is the same twice for the same seed and day", () => {
    expect(demoCompany({ seed: 7, asOf })).toEqual(demoCompany({ seed: 7, asOf }));
  });

  it("is another one for another seed", () => {
    expect(demoCompany({ seed: 7, asOf }).files.orders).not.toEqual(demoCompany({ seed: 8, asOf }).files.orders);
  });
});

describe.each(scenes)("the files of $title", (scene) => {
  const { files } = scene.company;

  it("have rows that the import accepts, with exactly the columns of their schema", () => {
    for (const kind of demoKinds) {
      const schema = rowSchemas[kind];
      expect(files[kind].filter((row) => !schema.safeParse(row).success)).toEqual([]);
      expect(Object.keys(files[kind][0] ?? {}).toSorted()).toEqual(columnsOf(schema).toSorted());
    }
  });

  it("are as large as a small wholesaler's", () => {
    const orders = new Set(idsOf(files.orders, "orderId")).size;
    expect(files.users.map((user) => user["role"])).toEqual(["rep", "rep", "rep", "manager", "admin"]);
    expect(files.customers).toHaveLength(93);
    expect(files.items.length).toBeGreaterThanOrEqual(150);
    expect(files.items.length).toBeLessThanOrEqual(250);
    expect(orders).toBeGreaterThanOrEqual(2_500);
    expect(orders).toBeLessThanOrEqual(4_500);
    expect(files.orders.length).toBeGreaterThanOrEqual(20_000);
    expect(files.orders.length).toBeLessThanOrEqual(60_000);
  });

  it("have unique ids, and refer only to ids that exist", () => {
    const customers = new Set(idsOf(files.customers, "customerId"));
    const items = new Set(idsOf(files.items, "itemId"));
    const invoices = new Set(idsOf(files.invoices, "invoiceId"));
    expect([customers.size, items.size, invoices.size]).toEqual(
      [files.customers, files.items, files.invoices].map((rows) => rows.length),
    );
    expect(new Set(idsOf(files.persons, "customerId"))).toEqual(customers);
    expect(new Set(idsOf(files.orders, "customerId"))).toEqual(customers);
    expect(idsOf(files.orders, "itemId").filter((itemId) => !items.has(itemId ?? ""))).toEqual([]);
    expect(idsOf(files.payments, "invoiceId").filter((invoiceId) => !invoices.has(invoiceId ?? ""))).toEqual([]);
  });

  it("have no document after the as-of day, and 18 months of them before it", () => {
    const ordered = idsOf(files.orders, "orderedAt").map((at) => at?.slice(0, 10) ?? "");
    const dated = [...ordered, ...idsOf(files.invoices, "invoiceDate"), ...idsOf(files.payments, "paidAt")];
    expect(dated.filter((date) => (date ?? "") > scene.asOf)).toEqual([]);
    const first = Date.parse(ordered[0] ?? "");
    expect(Math.round((Date.parse(scene.asOf) - first) / 86_400_000)).toBeGreaterThanOrEqual(540);
  });

  it("have orders in business hours of the tenant's own time", () => {
    const times = idsOf(files.orders, "orderedAt").map((at) => at?.slice(10) ?? "");
    expect(times.filter((time) => !/^T(0[7-9]|1[0-6]):[0-5]\d$/.test(time))).toEqual([]);
  });

  it("have no invoice that is paid more than once", () => {
    const paid = scene.histories.flatMap(({ receivables }) => receivables);
    const over = paid.filter(
      ({ payments, totalMinor }) => payments.reduce((a, p) => a + p.amountMinor, 0) > totalMinor,
    );
    expect(over).toEqual([]);
  });

  it("give every customer's person a unique phone number", () => {
    const phones = idsOf(files.persons, "phone");
    expect(new Set(phones).size).toBe(phones.length);
  });
});
