import { type OrderInput, anOrder } from "@regulars/core/testing";
import type { Order } from "@regulars/core/orders/order";
import { customerIdSchema, orderIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../../test/fixtures/before-command.ts";
import { watchWrites } from "../../../../test/fixtures/table-writes.ts";
import { type TestTenant, aTenantStore } from "../../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../../test/fixtures/unkind-table.ts";

const ACME = customerIdSchema.parse("acme");
const given = (orderId: string, on = "2026-01-05", fixture: Partial<OrderInput> = {}) =>
  anOrder({ on, orderId, ...fixture });
/** Orders of the first ten months of a year. */
const many = (count: number, year = 2026): Order[] =>
  Array.from({ length: count }, (_, i) =>
    given(`SO-${year}-${i}`, `${year}-${String(1 + (i % 10)).padStart(2, "0")}-11`, {
      status: i % 9 === 2 ? "cancelled" : "confirmed",
      lines: [`rye-${i % 7}`, { itemId: "wheat", quantity: i + 1, netMinor: 250 * (i + 1) }],
    }),
  );

describe("orders of whole customers", () => {
  let testTenant: TestTenant;
  const save = (orders: readonly Order[], which = testTenant) => which.store.imports.saveOrdersOfCustomers(orders);
  const keyOf = (which: TestTenant, year: number) => which.keys.snapshotPart(ACME, { part: "year", letter: "H", year });
  const chunkOf = async (which: TestTenant, year = 2026) => {
    const { v, r, l } = (await which.item(keyOf(which, year))) ?? {};
    return { v, r, l };
  };
  const markOf = async (year = 2026) => {
    const { n, c } = (await testTenant.item(testTenant.keys.change(ACME, "D", String(year)))) ?? {};
    return { n, c };
  };
  const shardWork = async (work: "rebuild" | "verify", which = testTenant.another()) => {
    const counts = await Promise.all(which.store.shards.map((shard) => which.store[work](shard)));
    return counts.reduce((sum, one) => sum + ("chunks" in one ? one.mended : one.customerYears), 0);
  };
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it.each([
    ["one transaction holds", 3, 1],
    ["fill a transaction to its end", 48, 1],
    ["need several transactions", 120, 3],
  ])("have the history that a rebuild would make, when they %s", async (_size, count, parts) => {
    expect(await save(many(count))).toEqual({ created: count, changed: 0, unchanged: 0 });
    expect(await markOf()).toEqual({ n: parts, c: parts });
    expect(await shardWork("rebuild")).toBe(0);
    const usual = aTenantStore();
    await usual.store.imports.saveOrders(many(count));
    await shardWork("rebuild", usual);
    expect(await chunkOf(testTenant)).toEqual(await chunkOf(usual));
    expect(await shardWork("verify")).toBe(0);
  });

  it("make the customers whom nobody knows, with all their years", async () => {
    const baker = given("B-1", "2026-02-01", { customerId: "baker" });
    await save([...many(2, 2025), ...many(2), baker]);
    await indexesCaughtUp();
    expect((await testTenant.store.customersAfter(undefined, 9)).map(({ customerId }) => customerId)).toEqual([
      "acme",
      "baker",
    ]);
    expect(await shardWork("verify")).toBe(0);
  });

  it("are read, and not written, when nothing has changed", async () => {
    await save([...many(60, 2025), ...many(3)]);
    expect(await testTenant.writesOf(() => save([...many(60, 2025), ...many(3)]))).toBe(0);
    expect(await save([...many(60, 2025), ...many(3)])).toEqual({ created: 0, changed: 0, unchanged: 63 });
  });

  it("make a year that is stored already dirty, and leave the others", async () => {
    await save([given("A", "2025-03-01"), given("B", "2026-03-01")]);
    const changed = given("B", "2026-03-01", { lines: ["wheat"] });
    expect(await save([given("A", "2025-03-01"), changed, given("C", "2026-04-01"), given("D", "2027-01-01")])).toEqual(
      {
        created: 2,
        changed: 1,
        unchanged: 1,
      },
    );
    expect(await markOf(2025)).toEqual({ n: 1, c: 1 });
    expect(await markOf(2027)).toEqual({ n: 1, c: 1 });
    expect(await shardWork("rebuild")).toBe(1);
    expect(await shardWork("verify")).toBe(0);
  });

  it("are saved as usual where somebody writes an order of the year meanwhile", async () => {
    const other = testTenant.another();
    beforeCommand(testTenant.table, "TransactWriteItems", () => other.store.imports.saveOrders([given("theirs")]));
    expect(await save(many(3))).toEqual({ created: 3, changed: 0, unchanged: 0 });
    expect(await shardWork("rebuild")).toBe(1);
    expect(await shardWork("verify")).toBe(0);
    expect(await testTenant.store.documents.findOrder(orderIdSchema.parse("theirs"))).toBeDefined();
  });

  it("leave a dirty year when the process ends between two transactions, and the next import ends it", async () => {
    // One that others were in the way of is sent again, and is the same transaction.
    const transactions = new Set<string>();
    watchWrites(testTenant.table, ({ keys }) => {
      if (keys.length > 20) transactions.add(JSON.stringify(keys));
      if (transactions.size === 3) throw new Error("killed");
      return "send";
    });
    await expect(save(many(120))).rejects.toThrow("killed");
    expect(await markOf()).toEqual({ n: 2, c: undefined });
    testTenant = testTenant.another();
    expect(await save(many(120))).toEqual({ created: 24, changed: 0, unchanged: 96 });
    expect(await shardWork("rebuild")).toBe(1);
    expect(await shardWork("verify")).toBe(0);
    const usual = aTenantStore();
    await save(many(120), usual);
    expect(await chunkOf(testTenant)).toEqual(await chunkOf(usual));
  });

  it("do not replace a whole order by one that lacks a row", async () => {
    await save([given("A", "2026-03-01", { lines: ["rye", "wheat"] })]);
    const partial = given("A", "2026-03-01", { lines: ["rye"] });
    const counts = await testTenant.store.imports.saveOrdersOfCustomers([partial], new Set([partial.orderId]));
    expect(counts).toEqual({ created: 0, changed: 0, unchanged: 1 });
  });
});
