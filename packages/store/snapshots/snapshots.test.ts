import { aReceivable, anOrder } from "@regulars/core/testing";
import { customerIdSchema, day, itemIdSchema, toDay, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { shardOf } from "../engine/key.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const ACME = customerIdSchema.parse("acme");
const item = (id: string) => itemIdSchema.parse(id);

describe("a customer snapshot", () => {
  let testTenant: TestTenant;
  const read = async (at: { asOf: string; liveOn?: string; today?: string }) => {
    const [liveOn, today] = [at.liveOn, at.today].map((on) => (on === undefined ? undefined : day(on)));
    const snapshot = await testTenant.store.nightly.snapshotOf(ACME, { asOf: day(at.asOf), liveOn, today });
    if (snapshot === undefined) throw new Error("there is no block");
    return snapshot;
  };
  const idsOn = async (asOf: string) => {
    const { documents } = (await read({ asOf })).history;
    return documents.ids.slice(0, documents.count);
  };
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("does not exist for an unknown customer", async () => {
    expect(await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-11-22") })).toBeUndefined();
  });

  it("has documents of all years up to and including the as-of day", async () => {
    const on = ["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"];
    await testTenant.store.imports.saveOrders(on.map((orderedOn) => anOrder({ on: orderedOn, orderId: orderedOn })));
    expect(await idsOn("2024-12-30")).toEqual([]);
    expect(await idsOn("2024-12-31")).toEqual(["2024-12-31"]);
    expect(await idsOn("2025-12-31")).toEqual(["2024-12-31", "2025-01-01", "2025-12-31"]);
    expect(await idsOn("2026-11-22")).toEqual(on);
  });

  it("has lines as they were saved: items, quantities, money and costs, absent where unknown", async () => {
    const lines = [
      { itemId: "rye", quantity: 2, netMinor: 500, costMinor: 300 },
      { itemId: "wheat", quantity: 1.5, netMinor: 333 },
      { itemId: "rye", quantity: -1, netMinor: -250 },
    ];
    await testTenant.store.imports.saveOrders([anOrder({ on: "2026-01-05", lines })]);
    const { documents, itemOf } = (await read({ asOf: "2026-11-22" })).history;
    const given = [0, 1, 2].map((l) => [
      itemOf(documents.item[l] ?? -1).itemId,
      documents.quantity[l],
      documents.netMinor[l],
      documents.costMinor[l],
    ]);
    expect(given).toEqual([
      ["rye", 2, 500, 300],
      ["rye", -1, -250, Number.NaN],
      ["wheat", 1.5, 333, Number.NaN],
    ]);
  });

  it("has each order day once, of goods only", async () => {
    await testTenant.store.imports.saveOrders([
      anOrder({ on: "2026-01-05", orderId: "A" }),
      anOrder({ on: "2026-01-05", orderId: "B" }),
      anOrder({ on: "2026-01-06", lines: [{ itemId: "POST", kind: "charge" }] }),
      anOrder({ on: "2026-01-07", type: "credit" }),
      anOrder({ on: "2026-01-08" }),
    ]);
    const { orderDays, orderDayCount, documents } = (await read({ asOf: "2026-11-22" })).history;
    expect(Array.from(orderDays.slice(0, orderDayCount), toDay)).toEqual(["2026-01-05", "2026-01-08"]);
    expect(documents.count).toBe(5);
  });

  it("has of the live day only which goods were ordered", async () => {
    await testTenant.store.imports.saveOrders([
      anOrder({ on: "2026-11-22", orderId: "A", lines: ["rye"] }),
      anOrder({
        on: "2026-11-23",
        orderId: "B",
        lines: ["rye", { itemId: "oats", quantity: -1 }, { itemId: "POST", kind: "charge" }],
      }),
      anOrder({ on: "2026-11-23", orderId: "C", type: "credit", lines: ["wheat"] }),
      anOrder({ on: "2026-11-24", orderId: "D", lines: ["spelt"] }),
    ]);
    const { history } = await read({ asOf: "2026-11-22", liveOn: "2026-11-23" });
    expect([history.documents.count, history.orderDayCount]).toEqual([1, 1]);
    expect([...(history.orderedSince ?? [])].map((number) => history.itemOf(number).itemId)).toEqual(["rye"]);
    expect((await read({ asOf: "2026-11-22" })).history.orderedSince).toBeUndefined();
  });

  it("E2: has the last of the next 400 days with goods on order, the same today and of a day that has passed", async () => {
    const awaitedOn = async (asOf: string, today: string, liveOn?: string) => {
      const { history } = await read({ asOf, today, ...(liveOn === undefined ? {} : { liveOn }) });
      return history.awaitedOn === undefined ? undefined : toDay(history.awaitedOn);
    };
    const order = (on: string, type: "sale" | "credit" = "sale") => anOrder({ on, orderId: on, type });
    await testTenant.store.imports.saveOrders([
      order("2026-11-01"),
      order("2026-11-10"),
      order("2062-03-01"),
      order("2026-12-05", "credit"),
    ]);
    expect(await awaitedOn("2026-11-22", "2026-11-23", "2026-11-23")).toBeUndefined();
    expect(await awaitedOn("2026-11-05", "2026-11-23")).toBeUndefined();
    // 400 days after 2026-11-23 are 2027-12-28.
    await testTenant.store.imports.saveOrders([order("2027-12-29")]);
    expect(await awaitedOn("2026-11-22", "2026-11-23", "2026-11-23")).toBeUndefined();
    await testTenant.store.imports.saveOrders([order("2027-12-28"), order("2026-12-24")]);
    expect(await awaitedOn("2026-11-22", "2026-11-23", "2026-11-23")).toBe("2027-12-28");
    expect(await awaitedOn("2026-11-21", "2026-11-23")).toBe("2026-12-24");
    expect(await idsOn("2026-11-22")).toEqual(["2026-11-01", "2026-11-10"]);
  });

  it("has nothing of a live day without an order of goods", async () => {
    await testTenant.store.imports.saveOrders([
      anOrder({ on: "2026-11-22", orderId: "A" }),
      anOrder({ on: "2026-11-23", orderId: "B", type: "credit" }),
    ]);
    expect((await read({ asOf: "2026-11-22", liveOn: "2026-11-23" })).history.orderedSince).toBeUndefined();
  });

  it("has payments of the live day, and none of its invoices", async () => {
    await testTenant.store.imports.saveInvoices([
      { invoice: aReceivable({ invoiceId: "A", invoicedOn: "2026-10-01" }), settledOn: day("2026-11-23") },
      { invoice: aReceivable({ invoiceId: "B", invoicedOn: "2026-11-23" }) },
    ]);
    const paid = async (liveOn?: string) =>
      (await read({ asOf: "2026-11-22", ...(liveOn === undefined ? {} : { liveOn }) })).history.receivables.map(
        (one) => [one.invoiceId, one.payments.length],
      );
    expect(await paid()).toEqual([["A", 0]]);
    expect(await paid("2026-11-23")).toEqual([["A", 1]]);
  });

  it("has the closures of the tenant and of the customer", async () => {
    testTenant = aTenantStore({ closures: [{ from: "12-24", to: "01-02" }] });
    await testTenant.store.imports.saveCustomers([
      { customerId: ACME, name: "Acme", repId: userIdSchema.parse("u-1") },
    ]);
    expect((await read({ asOf: "2026-11-22" })).history.closures).toEqual([{ from: "12-24", to: "01-02" }]);
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, closedFrom: "07-01", closedTo: "07-31" }]);
    const { history, customer } = await read({ asOf: "2026-11-22" });
    expect(history.closures).toEqual([
      { from: "12-24", to: "01-02" },
      { from: "07-01", to: "07-31" },
    ]);
    expect(customer.name).toBeUndefined();
  });

  it("knows which items are replaced, no longer sold or out of stock", async () => {
    await testTenant.store.imports.saveItems([
      { itemId: item("rye"), replacedBy: item("rye-2") },
      { itemId: item("oats"), discontinuedOn: day("2026-03-01") },
      { itemId: item("spelt"), outOfStockFrom: day("2026-02-01"), outOfStockTo: day("2026-02-03") },
      { itemId: item("wheat"), name: "Wheat" },
    ]);
    await testTenant.store.imports.saveOrders([
      anOrder({ on: "2026-01-05", lines: ["oats", "rye", "spelt", "wheat"] }),
    ]);
    await indexesCaughtUp();
    const { itemOf } = (await read({ asOf: "2026-11-22" })).history;
    const plain = { isGoods: true };
    expect([0, 1, 2, 3].map(itemOf)).toEqual([
      { itemId: "oats", ...plain, discontinuedOn: "2026-03-01" },
      { itemId: "rye", ...plain, replacedBy: "rye-2" },
      { itemId: "spelt", ...plain, outOfStockFrom: "2026-02-01", outOfStockTo: "2026-02-03" },
      { itemId: "wheat", ...plain },
    ]);
  });

  it("can be read after another process has numbered its items", async () => {
    await testTenant.store.imports.saveOrders([anOrder({ on: "2026-01-05", orderId: "A", lines: ["rye"] })]);
    await read({ asOf: "2026-11-22" });
    const other = testTenant.another();
    await other.store.imports.saveOrders([anOrder({ on: "2026-01-06", orderId: "B", lines: ["quite-new"] })]);
    await other.store.rebuild(shardOf(ACME));
    const { documents, itemOf } = (await read({ asOf: "2026-11-22" })).history;
    expect(itemOf(documents.item[1] ?? -1).itemId).toBe("quite-new");
  });
});

describe("the customer snapshots of a shard", () => {
  it("come in the order of customer ids, each once, in its shard", async () => {
    const testTenant = aTenantStore();
    const ids = Array.from({ length: 200 }, (_, i) =>
      customerIdSchema.parse(`c${i % 3 === 0 ? "-" : ""}${(i * 7919) % 1000}`),
    );
    await testTenant.store.imports.saveCustomers(ids.map((customerId) => ({ customerId })));
    const found = [];
    for (const shard of testTenant.store.shards) {
      const snapshots = await all(
        testTenant.store.nightly.snapshots(shard, { asOf: day("2026-11-22") }, { repair: true }),
      );
      const inShard = snapshots.map(({ customer }) => customer.customerId);
      expect(inShard).toEqual(inShard.toSorted());
      expect(inShard.every((id) => shardOf(id) === shard)).toBe(true);
      found.push(...inShard);
    }
    expect(found.toSorted()).toEqual(ids.toSorted());
  });

  it("do not show one customer's lines to the next, although the arrays are reused", async () => {
    const testTenant = aTenantStore();
    const ids = Array.from({ length: 60 }, (_, i) => `c-${i}`);
    await testTenant.store.imports.saveOrders(
      ids.map((customerId, i) =>
        anOrder({
          on: "2026-01-05",
          orderId: `SO-${i}`,
          customerId,
          lines: Array.from({ length: 1 + ((i * 37) % 300) }, () => `item-${i}`),
        }),
      ),
    );
    for (const shard of testTenant.store.shards)
      for await (const { customer, history } of testTenant.store.nightly.snapshots(
        shard,
        { asOf: day("2026-11-22") },
        { repair: true },
      )) {
        const i = Number(customer.customerId.slice(2));
        const { documents } = history;
        const items = Array.from(
          documents.item.slice(0, documents.firstLine[documents.count]),
          (number) => history.itemOf(number).itemId,
        );
        expect(items).toEqual(Array.from({ length: 1 + ((i * 37) % 300) }, () => `item-${i}`));
      }
  });

  it("belong to one tenant", async () => {
    const [mine, theirs] = [aTenantStore(), aTenantStore()];
    await mine.store.imports.saveOrders([anOrder({ on: "2026-01-05" })]);
    expect(await theirs.store.nightly.snapshotOf(ACME, { asOf: day("2026-11-22") })).toBeUndefined();
    expect(
      await all(theirs.store.nightly.snapshots(shardOf(ACME), { asOf: day("2026-11-22") }, { repair: true })),
    ).toEqual([]);
  });
});
