import * as fc from "fast-check";
import { isPlaced } from "@regulars/core/orders/order";
import { addDays } from "@regulars/core/platform/period";
import { day, toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { type InsightTenant, aRep, anInsightTenant, idOf } from "../../../test/fixtures/insight-tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { ordersOfDay } from "./orders-of-day.ts";

const ASOF = day("2026-09-20");
const REPS = ["anna", "bob"] as const;
const CUSTOMERS = ["c0", "c1", "c2", "c3"];
const FIRST = { c0: "anna", c1: "anna", c2: "bob", c3: "nobody" };

/** A tenant of which every customer has an order long ago, after a night. */
async function aTenantAfterANight(): Promise<InsightTenant> {
  const fixture = anInsightTenant();
  await fixture.testTenant.store.imports.saveUsers(REPS.map((rep) => aRep(rep)));
  await fixture.customers(FIRST);
  for (const customerId of CUSTOMERS) await fixture.sales(customerId, [{ on: "2026-08-01" }]);
  await fixture.nightly(ASOF);
  return fixture;
}

/** The orders of a day and the customers whose orders were asked for. */
async function readOrders({ testTenant: { tenant, another } }: InsightTenant, rep: string | undefined, on: string) {
  const { store } = another();
  const asked: string[] = [];
  const orders: typeof store.orderQueries = {
    ...store.orderQueries,
    ofDay: (customerId, of) => (asked.push(customerId), store.orderQueries.ofDay(customerId, of)),
  };
  const found = await ordersOfDay({
    tenant,
    store: store.nightly,
    orders,
    scopeFilter: rep === undefined ? {} : { repId: aRep(rep).userId },
    now: toInstant(Date.parse(`${on}T12:00:00Z`)),
  });
  if (!found.ok) throw new Error(found.message);
  return { ids: found.value.orders.map(({ orderId }) => String(orderId)).toSorted(), asked: asked.toSorted() };
}

/** The same from every customer's own orders. */
async function everyOrder({ testTenant: { another } }: InsightTenant, rep: string | undefined, on: string) {
  const { store } = another();
  const profiles = await store.nightly.profiles(CUSTOMERS.map(idOf));
  const ids: string[] = [];
  for (const customerId of CUSTOMERS.map(idOf)) {
    const owner = profiles.get(customerId)?.repId;
    if (rep !== undefined && owner !== rep) continue;
    for await (const order of store.orderQueries.ofDay(customerId, day(on)))
      if (isPlaced(order)) ids.push(order.orderId);
  }
  return ids.toSorted();
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("order" as const),
      of: fc.constantFrom(...CUSTOMERS),
      ahead: fc.integer({ min: 0, max: 3 }),
      id: fc.constantFrom("A", "B", "C", "D"),
      status: fc.constantFrom("confirmed", "quote", "cancelled", "deleted", "rejected"),
    }),
  },
  fc.record({
    do: fc.constant("move" as const),
    of: fc.constantFrom(...CUSTOMERS),
    to: fc.constantFrom("anna", "bob", "nobody"),
  }),
  fc.record({ do: fc.constant("night" as const) }),
);

describe("the orders of today after a nightly run", () => {
  it("are those of every customer's own, whatever was ordered, moved or run before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
        const fixture = await aTenantAfterANight();
        for (const one of steps)
          if (one.do === "night") await fixture.nightly(ASOF);
          else if (one.do === "move")
            await fixture.testTenant.store.imports.saveCustomers([
              { customerId: idOf(one.of), repId: aRep(one.to).userId },
            ]);
          else
            await fixture.sales(one.of, [{ on: addDays(ASOF, one.ahead), orderId: `o-${one.id}`, status: one.status }]);
        await indexesCaughtUp();
        for (const ahead of [1, 2])
          for (const rep of [...REPS, undefined]) {
            const on = addDays(ASOF, ahead);
            expect((await readOrders(fixture, rep, on)).ids).toEqual(await everyOrder(fixture, rep, on));
          }
      }),
      { numRuns: 3 },
    );
  });

  it("are asked only of customers who have ordered since, or for a day after the night's", async () => {
    const fixture = await aTenantAfterANight();
    expect((await readOrders(fixture, "anna", "2026-09-21")).asked).toEqual([]);
    await fixture.sales("c0", [{ on: "2026-09-21", orderId: "o-today", status: "quote" }]);
    await fixture.sales("c2", [{ on: "2026-09-21", orderId: "o-bobs" }]);
    expect(await readOrders(fixture, "anna", "2026-09-21")).toEqual({ ids: ["o-today"], asked: ["c0"] });
    // The night forgets what changed before it, and names who has ordered for a later day.
    await fixture.nightly(ASOF);
    expect((await fixture.testTenant.store.nightly.lastNightly())?.ahead).toEqual(["c0", "c2"]);
    expect(await readOrders(fixture, "anna", "2026-09-21")).toEqual({ ids: ["o-today"], asked: ["c0"] });
    expect(await readOrders(fixture, undefined, "2026-09-21")).toEqual({
      ids: ["o-bobs", "o-today"],
      asked: ["c0", "c2"],
    });
  });

  it("are asked of all customers of a rep where the night names too many, or none", async () => {
    const fixture = await aTenantAfterANight();
    const { nightly } = fixture.testTenant.store;
    const record = await nightly.lastNightly();
    if (record === undefined) throw new Error("no night has run");
    const { ahead: _named, ...rest } = record;
    await nightly.saveNightly(rest);
    await indexesCaughtUp();
    expect((await readOrders(fixture, "anna", "2026-09-21")).asked).toEqual(["c0", "c1"]);
  });
});
