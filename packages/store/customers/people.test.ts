import { aReceivable, anOrder } from "@regulars/core/testing";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  itemIdSchema,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { countCalls } from "../../../test/bench/counted-calls.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");
const user = (id: string, name = id) => ({ userId: userIdSchema.parse(id), name, role: "rep" as const });
const person = (id: string, customerId = ACME, name = id) => ({ personId: personIdSchema.parse(id), customerId, name });
const item = (id: string) => itemIdSchema.parse(id);

describe("people and items", () => {
  let testTenant: TestTenant;
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("are written once when saved twice, and replaced completely when changed", async () => {
    const { imports, nightly } = testTenant.store;
    expect(await imports.saveUsers([user("u-1"), user("u-2")])).toEqual({ created: 2, changed: 0, unchanged: 0 });
    expect(await testTenant.writesOf(() => imports.saveUsers([user("u-2"), user("u-1")]))).toBe(0);
    expect(await imports.saveUsers([user("u-1", "Sanne"), user("u-2"), user("u-3")])).toEqual({
      created: 1,
      changed: 1,
      unchanged: 1,
    });
    expect((await nightly.users()).map(({ name }) => name)).toEqual(["Sanne", "u-2", "u-3"]);
  });

  it("have activities with any number of persons, whose places are noted without a call for each", async () => {
    const activities = Array.from({ length: 50 }, (_, i) => ({
      activityId: activityIdSchema.parse(`a-${i}`),
      customerId: ACME,
      personId: personIdSchema.parse(`p-${i}`),
      type: "call" as const,
      direction: "in" as const,
      occurredAt: toInstant(Date.UTC(2026, 0, 5)),
      occurredOn: day("2026-01-05"),
      completed: true,
    }));
    const calls = countCalls(testTenant.table);
    try {
      const { count } = await calls.of(() => testTenant.store.imports.saveActivities(activities));
      expect(count).toBeLessThan(20);
    } finally {
      calls.stop();
    }
    expect(await testTenant.writesOf(() => testTenant.store.imports.saveActivities(activities))).toBe(0);
  });

  it("are all saved in batches of hundreds", async () => {
    const customers = Array.from({ length: 130 }, (_, i) => ({
      customerId: customerIdSchema.parse(`c-${i}`),
      name: `Café ${i}`,
    }));
    expect(await testTenant.store.imports.saveCustomers(customers)).toEqual({ created: 130, changed: 0, unchanged: 0 });
    const profiles = await testTenant.store.nightly.profiles(customers.map(({ customerId }) => customerId));
    expect([profiles.size, profiles.get(customerIdSchema.parse("c-129"))?.name]).toEqual([130, "Café 129"]);
    expect(await testTenant.store.imports.saveCustomers(customers)).toEqual({ created: 0, changed: 0, unchanged: 130 });
  });

  it("list a customer as soon as it has an order or an invoice, and keep a profile that was imported", async () => {
    const { imports, customersAfter } = testTenant.store;
    await imports.saveCustomers([{ customerId: BAKER, name: "Baker" }]);
    await imports.saveOrders([
      anOrder({ on: "2026-01-05", customerId: "acme", orderId: "SO-1" }),
      anOrder({ on: "2026-01-06", customerId: "acme", orderId: "SO-2" }),
      anOrder({ on: "2026-01-06", customerId: "baker", orderId: "SO-3" }),
    ]);
    const { payments: _, ...invoice } = aReceivable({ customerId: "cook", dueOn: "2026-02-01" });
    await imports.saveInvoices([{ invoice }]);
    await indexesCaughtUp();
    expect(await customersAfter(undefined, 10)).toEqual([
      { customerId: "acme" },
      { customerId: "baker", name: "Baker" },
      { customerId: "cook" },
    ]);
    expect(await customersAfter(ACME, 1)).toEqual([{ customerId: "baker", name: "Baker" }]);
  });

  it("lose fields that a customer's new row does not have", async () => {
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, name: "Acme", phone: "+45 1" }]);
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, name: "Acme" }]);
    expect((await testTenant.store.nightly.profiles([ACME])).get(ACME)).toEqual({ customerId: "acme", name: "Acme" });
  });

  it("move a person who changed companies", async () => {
    const { imports, nightly } = testTenant.store;
    expect(await imports.savePersons([person("p-1"), person("p-2")])).toEqual({ created: 2, changed: 0, unchanged: 0 });
    expect(await imports.savePersons([person("p-1", BAKER), person("p-2")])).toEqual({
      created: 0,
      changed: 1,
      unchanged: 1,
    });
    const idsAt = async (customerId: typeof ACME) =>
      (await nightly.personsOf(customerId)).map(({ personId }) => personId);
    expect([await idsAt(ACME), await idsAt(BAKER)]).toEqual([["p-2"], ["p-1"]]);
    expect(await testTenant.writesOf(() => imports.savePersons([person("p-1", BAKER)]))).toBe(0);
  });

  it("name items by name, else by id; unknown items have no name", async () => {
    await testTenant.store.imports.saveItems([{ itemId: item("rye"), name: "Rye flour" }, { itemId: item("12/40 B") }]);
    const names = await testTenant.store.nightly.itemNames([item("rye"), item("12/40 B"), item("oats"), item("rye")]);
    expect([...names].toSorted()).toEqual([
      ["12/40 B", "12/40 B"],
      ["rye", "Rye flour"],
    ]);
  });

  it("list items in the index while they have an end or a substitute", async () => {
    const ended = async () =>
      (await testTenant.partition(testTenant.keys.items()))
        .filter((one) => one["g1p"] !== undefined)
        .map((one) => one["sk"]);
    await testTenant.store.imports.saveItems([
      { itemId: item("rye"), replacedBy: item("rye-2") },
      { itemId: item("oats"), discontinuedOn: day("2026-01-01") },
      { itemId: item("wheat") },
    ]);
    expect(await ended()).toEqual(["oats", "rye"]);
    await testTenant.store.imports.saveItems([{ itemId: item("rye") }]);
    expect(await ended()).toEqual(["oats"]);
  });
});
