import { describe, expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { isPossible } from "./key.ts";

describe("a key that no item can have", () => {
  const pk = "T#acme#X";
  const impossible = [
    { pk, sk: "" },
    { pk, sk: "x".repeat(1_025) },
    { pk, sk: "é".repeat(513) },
    { pk: "", sk: "a" },
    { pk: "x".repeat(2_049), sk: "a" },
  ];
  const longest = { pk: `T#acme#${"x".repeat(2_041)}`, sk: "é".repeat(512) };

  it("is empty or longer than the database takes, in bytes", () => {
    expect(impossible.filter(isPossible)).toEqual([]);
    expect(isPossible(longest)).toBe(true);
  });

  it("has no item, and asks the database for none", async () => {
    const { operations } = aTenantStore();
    await operations.put({ ...longest, it: "is there" });
    for (const key of impossible) expect(await operations.get(key)).toBeUndefined();
    expect(await operations.batchGet([...impossible, longest])).toMatchObject([{ it: "is there" }]);
    const found: unknown[] = [];
    for (const { pk: partition, sk } of impossible)
      for await (const item of operations.partition(partition, sk)) found.push(item);
    expect(found).toEqual([]);
    await operations.delete(longest);
  });
});
