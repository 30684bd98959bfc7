import { expect, it } from "vitest";
import { anOrder } from "@regulars/core/testing";
import { refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import { type CustomerId, customerIdSchema, day, personIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { countCalls } from "../../../test/bench/counted-calls.ts";
import { aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { openTenantStore } from "../tenant-store.ts";
import { type Heads, KeptReads, headsOf, noHeads } from "./heads.ts";

const MINUTE_MS = 60_000;
const user = (id: string) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const });

/** The heads as this process reads them after some minutes. */
const headsAfter = async ({ operations, keys }: TestTenant, minutes: number): Promise<Heads> =>
  headsOf(await operations.get(keys.heads()), minutes * MINUTE_MS);

it("a group has a name once nothing of it was changed for three minutes, until it is changed again", async () => {
  const testTenant = aTenantStore();
  await testTenant.store.imports.saveUsers([user("anna")]);
  const names = [];
  for (const minutes of [0, 2, 3, 4]) names.push((await headsAfter(testTenant, minutes)).nameOf("catalog"));
  expect(names).toEqual([undefined, undefined, expect.stringMatching(/ 1$/), names[2]]);
  await testTenant.another().store.imports.saveUsers([user("bob")]);
  expect((await headsAfter(testTenant, 5)).nameOf("catalog")).toBeUndefined();
  expect((await headsAfter(testTenant, 8)).nameOf("catalog")).toMatch(/ 2$/);
});

it("a changed customer changes the group of customers alone, and an unknown tenant has no names", async () => {
  const testTenant = aTenantStore();
  expect((await headsAfter(testTenant, 0)).nameOf("catalog")).toBeUndefined();
  const customerId = customerIdSchema.parse("acme");
  await testTenant.store.imports.saveUsers([user("anna")]);
  await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme" }]);
  await headsAfter(testTenant, 0);
  await testTenant.another().store.imports.saveCustomers([{ customerId, name: "Acme & Sons" }]);
  const heads = await headsAfter(testTenant, 3);
  expect([heads.nameOf("customers"), typeof heads.nameOf("catalog")]).toEqual([undefined, "string"]);
});

it("what was read of a group is kept for as long as the name stays, and of no group that may be changing", async () => {
  const kept = new KeptReads<{ readonly n: number }>("catalog");
  let n = 0;
  const read = async (name: string | undefined) =>
    (await kept.read({ nameOf: () => name }, () => Promise.resolve({ n: (n += 1) }))).n;
  const numbers = [];
  for (const name of ["a", "a", "b", undefined, "a"]) numbers.push(await read(name));
  expect(numbers).toEqual([1, 1, 2, 3, 1]);
  await expect(kept.read({ nameOf: () => "c" }, () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await read("c")).toBe(4);
});

it("a request that only reads sees users that were saved a moment ago", async () => {
  const testTenant = aTenantStore();
  const { store, table, tenant } = testTenant;
  const names = async (heads: Heads) =>
    (await openTenantStore(table, tenant, { heads }).nightly.users()).map(({ userId }) => userId);
  await store.imports.saveUsers([user("anna")]);
  await headsAfter(testTenant, 0);
  expect(await names(await headsAfter(testTenant, 4))).toEqual(["anna"]);
  await testTenant.another().store.imports.saveUsers([user("bob")]);
  expect(await names(await headsAfter(testTenant, 5))).toEqual(["anna", "bob"]);
  expect(await names(noHeads)).toEqual(["anna", "bob"]);
});

it("a request that only reads sees sales plans and refusal reasons that were saved a moment ago", async () => {
  const fixture = aSalesPlan();
  const { testTenant } = fixture;
  const plan = await fixture.plan("related>even", ["ida"]);
  const seen = async (heads: Heads) => {
    const { salesPlans } = openTenantStore(testTenant.table, testTenant.tenant, { heads }).sales;
    return [(await salesPlans.plan(plan.planId))?.name, [...(await salesPlans.reasons()).keys()]];
  };
  await headsAfter(testTenant, 0);
  const [settled, later] = [await headsAfter(testTenant, 4), await headsAfter(testTenant, 5)];
  expect(typeof settled.nameOf("plans")).toBe("string");
  expect(await seen(settled)).toEqual([plan.name, []]);
  const { salesPlans } = testTenant.another().store.sales;
  await salesPlans.save({ ...plan, name: "Renamed", version: plan.version + 1 }, undefined);
  await salesPlans.saveReason(refusalReasonSchema.parse({ reasonId: "rsn_price", name: "Price" }));
  // A request that read the heads before sees what they were read for.
  expect(await seen(later)).toEqual([plan.name, []]);
  expect(await seen(await headsAfter(testTenant, 6))).toEqual(["Renamed", ["rsn_price"]]);
  expect(await seen(noHeads)).toEqual(["Renamed", ["rsn_price"]]);
});

it("a request that only reads asks for item numbers once, and for no marker of a customer who is known to have none", async () => {
  const testTenant = aTenantStore();
  const [changed, unchanged] = [customerIdSchema.parse("acme"), customerIdSchema.parse("blue")];
  await testTenant.store.imports.saveOrders([anOrder({ on: "2026-01-05" })]);
  await headsAfter(testTenant, 0);
  const calls = countCalls(testTenant.table);
  const callsOf = async (customerId: CustomerId, heads: Heads): Promise<number> => {
    const { nightly } = openTenantStore(testTenant.table, testTenant.tenant, { heads });
    await nightly.callList.changed();
    return (await calls.of(() => nightly.snapshotOf(customerId, { asOf: day("2026-12-31") }))).count;
  };
  try {
    const settled = await headsAfter(testTenant, 4);
    await callsOf(changed, settled);
    const counts: number[][] = [];
    for (const heads of [noHeads, settled])
      counts.push([await callsOf(changed, heads), await callsOf(unchanged, heads)]);
    expect(counts).toEqual([
      [9, 3],
      [3, 1],
    ]);
  } finally {
    calls.stop();
  }
});

it("a request that only reads asks once for a customer's persons, until one of them is saved", async () => {
  const testTenant = aTenantStore();
  const { store, table, tenant } = testTenant;
  const [customerId, personId] = [customerIdSchema.parse("acme"), personIdSchema.parse("p1")];
  await store.imports.savePersons([{ personId, customerId, name: "Eva" }]);
  await headsAfter(testTenant, 0);
  const calls = countCalls(table);
  const seen = async (minutes: number) => {
    const { nightly } = openTenantStore(table, tenant, { heads: await headsAfter(testTenant, minutes) });
    let names: (string | undefined)[] = [];
    const { count } = await calls.of(async () => {
      names = (await nightly.personsOf(customerId)).map(({ name }) => name);
    });
    return { names, count };
  };
  try {
    expect([await seen(2), await seen(4), await seen(5)]).toEqual(
      [1, 1, 0].map((count) => ({ names: ["Eva"], count })),
    );
    await testTenant.another().store.imports.savePersons([{ personId, customerId, name: "Ada" }]);
    expect(await seen(6)).toEqual({ names: ["Ada"], count: 1 });
  } finally {
    calls.stop();
  }
});
