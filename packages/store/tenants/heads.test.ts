import { expect, it } from "vitest";
import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
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
