import { type OrderInput, anOrder } from "@regulars/core/testing";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");
const given = (on: string, fixture: Partial<OrderInput> = {}) => anOrder({ on, orderId: "SO-1", ...fixture });

describe("orders", () => {
  let testTenant: TestTenant;
  const save = (...orders: ReturnType<typeof anOrder>[]) => testTenant.store.imports.saveOrders(orders);
  const stored = async (customerId = ACME) =>
    (await testTenant.partition(testTenant.keys.orders(customerId))).map((item) => item["sk"]);
  const markOf = async (customerId = ACME, year = 2026) =>
    (await testTenant.item(testTenant.keys.change(customerId, "D", String(year))))?.["n"];
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("are stored readable, one item each with its lines", async () => {
    await save(
      given("2026-01-05", {
        lines: [
          { itemId: "rye", quantity: 2, netMinor: 500, costMinor: 300 },
          { itemId: "POST", kind: "charge", netMinor: undefined },
        ],
      }),
    );
    expect(await testTenant.partition(testTenant.keys.orders(ACME))).toEqual([
      {
        pk: testTenant.keys.orders(ACME),
        sk: "2026-01-05#SO-1",
        orderId: "SO-1",
        customerId: "acme",
        orderedAt: "2026-01-05T00:00:00.000Z",
        orderedOn: "2026-01-05",
        type: "sale",
        status: "confirmed",
        currency: "EUR",
        lines: ["rye|2|500|300", "POST|1|||charge"],
      },
    ]);
  });

  it("are written once when saved twice", async () => {
    const orders = [given("2026-01-05"), given("2026-01-06", { orderId: "SO-2" })];
    expect(await save(...orders)).toEqual({ created: 2, changed: 0, unchanged: 0 });
    expect(await testTenant.writesOf(() => save(...orders))).toBe(0);
    expect(await save(...orders)).toEqual({ created: 0, changed: 0, unchanged: 2 });
    expect(await markOf()).toBe(1);
  });

  it("replace the stored order when anything changed", async () => {
    await save(given("2026-01-05"));
    expect(await save(given("2026-01-05", { lines: ["wheat"] }))).toEqual({ created: 0, changed: 1, unchanged: 0 });
    const [item] = await testTenant.partition(testTenant.keys.orders(ACME));
    expect(item?.["lines"]).toEqual(["wheat|1|1000"]);
    expect(await stored()).toEqual(["2026-01-05#SO-1"]);
  });

  it("count every transaction of the customer-year in its dirty marker", async () => {
    await save(given("2026-01-05"));
    await save(given("2026-01-05", { lines: ["wheat"] }), given("2026-02-05", { orderId: "SO-2" }));
    await save(given("2026-03-05", { orderId: "SO-3" }));
    expect(await markOf()).toBe(3);
    expect(await markOf(ACME, 2025)).toBeUndefined();
  });

  it("leave the old day when moved to another, and both years are marked dirty", async () => {
    await save(given("2025-12-31"));
    await save(given("2026-01-01"));
    expect(await stored()).toEqual(["2026-01-01#SO-1"]);
    expect([await markOf(ACME, 2025), await markOf(ACME, 2026)]).toEqual([2, 1]);
  });

  it("mark a year dirty once when moved within it", async () => {
    await save(given("2026-01-05"));
    await save(given("2026-01-06"));
    expect(await stored()).toEqual(["2026-01-06#SO-1"]);
    expect(await markOf()).toBe(2);
  });

  it("leave the old customer when moved to another, and both are marked dirty", async () => {
    await save(given("2026-01-05"));
    await save(given("2026-01-05", { customerId: "baker" }));
    expect([await stored(ACME), await stored(BAKER)]).toEqual([[], ["2026-01-05#SO-1"]]);
    expect([await markOf(ACME), await markOf(BAKER)]).toEqual([2, 1]);
  });

  it("stay stored when cancelled, and leave the history", async () => {
    await save(given("2026-01-05"), given("2026-01-06", { orderId: "SO-2" }));
    await save(given("2026-01-05", { status: "cancelled" }));
    const snapshot = await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-12-31") });
    expect(await stored()).toEqual(["2026-01-05#SO-1", "2026-01-06#SO-2"]);
    expect(snapshot?.history.documents.ids).toEqual(["SO-2"]);
  });

  it("are all stored in batches of hundreds for many customers", async () => {
    const orders = Array.from({ length: 250 }, (_, i) =>
      given("2026-01-05", { orderId: `SO-${i}`, customerId: `c-${i % 60}` }),
    );
    expect(await save(...orders)).toEqual({ created: 250, changed: 0, unchanged: 0 });
    const counts = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => (await stored(customerIdSchema.parse(`c-${i}`))).length),
    );
    expect(counts).toEqual(Array.from({ length: 60 }, (_, i) => (i < 10 ? 5 : 4)));
    expect(await save(...orders)).toEqual({ created: 0, changed: 0, unchanged: 250 });
  });

  it("keep an order with four thousand lines", async () => {
    const lines = Array.from({ length: 4_000 }, (_, i) => `item-${i % 700}`);
    await save(given("2026-01-05", { lines }));
    const snapshot = await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-12-31") });
    expect(snapshot?.history.documents.firstLine[1]).toBe(4_000);
  });

  it("are stored once when two processes save them at once", async () => {
    const other = testTenant.another();
    const orders = Array.from({ length: 40 }, (_, i) => given("2026-01-05", { orderId: `SO-${i}` }));
    const [mine, theirs] = await Promise.all([save(...orders), other.store.imports.saveOrders(orders)]);
    expect(mine.created + theirs.created).toBe(40);
    expect(mine.unchanged + theirs.unchanged).toBe(40);
    expect((await stored()).length).toBe(40);
  });

  it("are read again when another process saves them between our read and our write, which then replaces theirs", async () => {
    const other = testTenant.another();
    beforeCommand(testTenant.table, "TransactWriteItems", () => other.store.imports.saveOrders([given("2026-01-07")]));
    expect(await save(given("2026-01-05"), given("2026-01-06", { orderId: "SO-2" }))).toEqual({
      created: 1,
      changed: 1,
      unchanged: 0,
    });
    expect(await stored()).toEqual(["2026-01-05#SO-1", "2026-01-06#SO-2"]);
  });
});
