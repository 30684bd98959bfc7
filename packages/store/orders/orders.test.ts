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
    (await testTenant.item(testTenant.keys.snapshotPart(customerId, { part: "year", letter: "D", year })))?.["n"];
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

  it("saved twice are saved once: the second time nothing is written", async () => {
    const orders = [given("2026-01-05"), given("2026-01-06", { orderId: "SO-2" })];
    expect(await save(...orders)).toEqual({ created: 2, changed: 0, unchanged: 0 });
    expect(await testTenant.writesOf(() => save(...orders))).toBe(0);
    expect(await save(...orders)).toEqual({ created: 0, changed: 0, unchanged: 2 });
    expect(await markOf()).toBe(1);
  });

  it("replace their former self when anything in them changed", async () => {
    await save(given("2026-01-05"));
    expect(await save(given("2026-01-05", { lines: ["wheat"] }))).toEqual({ created: 0, changed: 1, unchanged: 0 });
    const [item] = await testTenant.partition(testTenant.keys.orders(ACME));
    expect(item?.["lines"]).toEqual(["wheat|1|1000"]);
    expect(await stored()).toEqual(["2026-01-05#SO-1"]);
  });

  it("count in their mark every transaction that touched the customer-year", async () => {
    await save(given("2026-01-05"));
    await save(given("2026-01-05", { lines: ["wheat"] }), given("2026-02-05", { orderId: "SO-2" }));
    await save(given("2026-03-05", { orderId: "SO-3" }));
    expect(await markOf()).toBe(3);
    expect(await markOf(ACME, 2025)).toBeUndefined();
  });

  it("moved to another day leave the former one, and both years are marked", async () => {
    await save(given("2025-12-31"));
    await save(given("2026-01-01"));
    expect(await stored()).toEqual(["2026-01-01#SO-1"]);
    expect([await markOf(ACME, 2025), await markOf(ACME, 2026)]).toEqual([2, 1]);
  });

  it("moved within a year mark it once", async () => {
    await save(given("2026-01-05"));
    await save(given("2026-01-06"));
    expect(await stored()).toEqual(["2026-01-06#SO-1"]);
    expect(await markOf()).toBe(2);
  });

  it("moved to another customer leave the former one, and both are marked", async () => {
    await save(given("2026-01-05"));
    await save(given("2026-01-05", { customerId: "baker" }));
    expect([await stored(ACME), await stored(BAKER)]).toEqual([[], ["2026-01-05#SO-1"]]);
    expect([await markOf(ACME), await markOf(BAKER)]).toEqual([2, 1]);
  });

  it("cancelled stay in the truth and leave the history", async () => {
    await save(given("2026-01-05"), given("2026-01-06", { orderId: "SO-2" }));
    await save(given("2026-01-05", { status: "cancelled" }));
    const snapshot = await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-12-31") });
    expect(await stored()).toEqual(["2026-01-05#SO-1", "2026-01-06#SO-2"]);
    expect(snapshot?.history.documents.ids).toEqual(["SO-2"]);
  });

  it("of many customers and hundreds at a time are all stored, however they are packed", async () => {
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

  it("saved by two at once are stored once", async () => {
    const other = testTenant.another();
    const orders = Array.from({ length: 40 }, (_, i) => given("2026-01-05", { orderId: `SO-${i}` }));
    const [mine, theirs] = await Promise.all([save(...orders), other.store.imports.saveOrders(orders)]);
    expect(mine.created + theirs.created).toBe(40);
    expect(mine.unchanged + theirs.unchanged).toBe(40);
    expect((await stored()).length).toBe(40);
  });

  it("saved by another between our look and our write are looked at again, and ours replaces theirs", async () => {
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
