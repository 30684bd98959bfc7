import { customerIdSchema, itemIdSchema, personIdSchema } from "@regulars/core/platform/values";
import { noUsage } from "../engine/table.ts";
import { Operations } from "../engine/operations.ts";
import { keysOf } from "../keys.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const customer = (id: string, name?: string) => ({ customerId: customerIdSchema.parse(id), name });
const person = (id: string, name: string, customerId = "acme") => ({
  personId: personIdSchema.parse(id),
  customerId: customerIdSchema.parse(customerId),
  name,
});
const item = (id: string, name?: string) => ({ itemId: itemIdSchema.parse(id), name });

describe("a search by name", () => {
  let testTenant: TestTenant;
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  const names = () => testTenant.store.names;
  // A name is found soon after it was saved.
  const soon = async <T>(search: () => AsyncIterable<T>): Promise<T[]> => {
    await indexesCaughtUp();
    return all(search());
  };
  const customersOf = (text: string) => soon(() => names().customers(text));
  const personsOf = async (text: string) => (await soon(() => names().persons(text))).map(({ personId }) => personId);
  const itemsOf = async (text: string) => (await soon(() => names().items(text))).map(({ itemId }) => itemId);

  it("finds customers by how their name or id begins, then by what is in the name", async () => {
    const { imports } = testTenant.store;
    await imports.saveCustomers([
      customer("c-1", "Bistro Åkerblad"),
      customer("c-2", "Åkerblad & Co"),
      customer("c-3"),
    ]);
    expect(await customersOf("akerblad")).toEqual(["c-2", "c-1"]);
    expect(await customersOf("BISTRO å")).toEqual(["c-1"]);
    expect(await customersOf("c-")).toEqual(["c-1", "c-2", "c-3"]);
    await imports.saveCustomers([customer("c-1", "Hotel Vest"), { customerId: customerIdSchema.parse("c-2") }]);
    expect([await customersOf("akerblad"), await customersOf("hotel")]).toEqual([[], ["c-1"]]);
  });

  it("finds persons by first and last name, by the name that they have now", async () => {
    const { imports } = testTenant.store;
    await imports.savePersons([person("p-1", "Eva Dahl"), person("p-2", "Dahlia Berg"), person("p-3", "Ina Van Dahl")]);
    expect(await personsOf("dahl")).toEqual(["p-2", "p-1", "p-3"]);
    expect(await personsOf("an da")).toEqual(["p-3"]);
    await imports.savePersons([person("p-1", "Eva Holm", "blue")]);
    expect([await personsOf("eva d"), await personsOf("holm")]).toEqual([[], ["p-1"]]);
  });

  it("finds what an earlier version stored with letters like ø, by these and by plain ones", async () => {
    const { table, tenant } = testTenant;
    await testTenant.store.imports.saveItems([
      item("X-1", "Øl fra Bøg"),
      item("X-2", "Ølkasse"),
      item("X-3", "Alt om øl"),
    ]);
    const operations = new Operations(table, noUsage());
    const key = keysOf(tenant.tenantId).item(itemIdSchema.parse("X-1"));
    await operations.put({ ...(await operations.get(key)), ...key, g2s: "øl fra bøg" });
    expect([await itemsOf("øl f"), await itemsOf("ØL"), await itemsOf("bog"), await itemsOf("ol f")]).toEqual([
      ["X-1"],
      ["X-2", "X-1", "X-3"],
      ["X-1"],
      ["X-1"],
    ]);
  });

  it("finds items by name and by how their id begins, ended ones too", async () => {
    const { imports } = testTenant.store;
    const ended = { ...item("X-9", "Old coffee"), replacedBy: itemIdSchema.parse("X-1") };
    await imports.saveItems([item("X-1", "Coffee, 1 kg"), ended, item("Y-1")]);
    expect(await itemsOf("coffee")).toEqual(["X-1", "X-9"]);
    expect(await itemsOf("X-")).toEqual(["X-1", "X-9"]);
    expect([await itemsOf("#"), await itemsOf("\u0301"), await itemsOf("Y")]).toEqual([[], [], ["Y-1"]]);
  });

  it("reads at most 2,000 names to look inside them, says when it left some, and finds any by how it begins", async () => {
    const { imports } = testTenant.store;
    const { usage } = testTenant.operations;
    await imports.saveItems(
      Array.from({ length: 2_100 }, (_, i) => item(`i-${i}`, `Item ${String(i).padStart(4, "0")}`)),
    );
    await indexesCaughtUp();
    const before = usage.itemsRead;
    let told = 0;
    const onLeft = () => void (told += 1);
    expect(await all(names().items("2099", onLeft))).toEqual([]);
    expect([usage.itemsRead - before <= 2_000, told]).toEqual([true, 1]);
    expect(await itemsOf("item 2099")).toEqual(["i-2099"]);
    for await (const one of names().items("item", onLeft)) if (one.itemId === "i-9") break;
    expect([await all(names().customers("2099", onLeft)), told]).toEqual([[], 1]);
  });
});
