import { expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { mustBeNew } from "../engine/own-write.ts";
import { replaceItem } from "./replace-item.ts";

it("OP03: an item is replaced by one that says nothing of its last write, again and again, unless it has changed", async () => {
  const { operations, keys } = aTenantStore();
  const key = keys.erasure("era_1");
  await operations.put({ ...key, name: "Ann", n: 1 }, mustBeNew);
  const read = async () => (await operations.get(key)) ?? {};
  for (const name of ["Bea", "Cora"])
    expect(await replaceItem(operations, await read(), { ...key, name, n: 1 })).toBe(true);
  const before = await read();
  expect(before).toMatchObject({ name: "Cora", n: 1 });
  await operations.put({ ...key, name: "Dora", n: 1 });
  expect(await replaceItem(operations, before, { ...key, n: 1 })).toBe(false);
});
