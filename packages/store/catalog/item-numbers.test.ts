import { anOrder } from "@regulars/core/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { ItemNumbers } from "./item-numbers.ts";

const linesOf = (...lines: Parameters<typeof anOrder>[0]["lines"] & object) =>
  anOrder({ on: "2026-01-05", lines }).lines;
const many = (prefix: string, count: number) =>
  linesOf(...Array.from({ length: count }, (_, i) => `${prefix}-${String(i).padStart(4, "0")}`));

describe("item numbers", () => {
  let testTenant: TestTenant;
  const open = () => new ItemNumbers(testTenant.another().operations, testTenant.keys);
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("are assigned in the order in which items first occur", async () => {
    const numbers = open();
    await numbers.intern(linesOf("rye", "wheat", "rye"));
    await numbers.intern(linesOf("oats", "wheat"));
    expect(linesOf("rye", "wheat", "oats").map((line) => numbers.numberOf(line))).toEqual([0, 1, 2]);
    expect(numbers.at(1)?.itemId).toBe("wheat");
    expect(numbers.at(3)).toBeUndefined();
  });

  it("requested twice are the same, also in another process, and are written once", async () => {
    await open().intern(linesOf("rye", "wheat"));
    const [before] = await testTenant.partition(testTenant.keys.itemNumbers());
    const later = open();
    await later.intern(linesOf("wheat", "rye"));
    expect(linesOf("rye", "wheat").map((line) => later.numberOf(line))).toEqual([0, 1]);
    expect(await testTenant.partition(testTenant.keys.itemNumbers())).toEqual([before]);
  });

  it("differ for goods and a charge with the same id", async () => {
    const numbers = open();
    const lines = linesOf({ itemId: "POST" }, { itemId: "POST", kind: "charge" });
    await numbers.intern(lines);
    expect(lines.map((line) => numbers.numberOf(line))).toEqual([0, 1]);
    const later = open();
    await later.load();
    expect([later.at(0)?.kind, later.at(1)?.kind]).toEqual(["goods", "charge"]);
  });

  it("keep the price of the first line when it is a whole number of minor units above zero", async () => {
    const numbers = open();
    await numbers.intern(
      linesOf(
        { itemId: "whole", quantity: 4, netMinor: 1000 },
        { itemId: "broken", quantity: 3, netMinor: 1000 },
        { itemId: "free", quantity: 1, netMinor: 0 },
        { itemId: "returned", quantity: -2, netMinor: -500 },
        { itemId: "none", netMinor: undefined },
        { itemId: "nothing", quantity: 0, netMinor: 0 },
        { itemId: "whole", quantity: 1, netMinor: 999 },
      ),
    );
    const later = open();
    await later.load();
    expect([0, 1, 2, 3, 4, 5, 6].map(later.unitPriceOf)).toEqual([
      250,
      undefined,
      undefined,
      250,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("are stored 256 to a chunk", async () => {
    await open().intern(many("first", 255));
    await open().intern(many("more", 300));
    const chunks = await testTenant.partition(testTenant.keys.itemNumbers());
    expect(chunks.map((chunk) => [chunk["sk"], Array.isArray(chunk["items"]) ? chunk["items"].length : 0])).toEqual([
      ["000000", 256],
      ["000001", 256],
      ["000002", 43],
    ]);
    const numbers = open();
    await numbers.load();
    const named = Array.from({ length: 555 }, (_, i) => numbers.at(i)?.itemId);
    expect(named).toEqual([...many("first", 255), ...many("more", 300)].map((line) => line.itemId));
  });

  it("begin a new chunk after one that is exactly full", async () => {
    await open().intern(many("a", 256));
    await open().intern(many("b", 1));
    expect((await testTenant.partition(testTenant.keys.itemNumbers())).map((chunk) => chunk["sk"])).toEqual([
      "000000",
      "000001",
    ]);
  });

  it("are consistent when two processes assign them at once", async () => {
    const [one, other] = [open(), open()];
    await Promise.all([one.load(), other.load()]);
    await Promise.all([
      one.intern([...many("mine", 200), ...many("shared", 100)]),
      other.intern([...many("shared", 100), ...many("yours", 200)]),
    ]);
    const late = open();
    await late.load();
    const all = [...many("mine", 200), ...many("shared", 100), ...many("yours", 200)];
    expect(new Set(all.map((line) => late.numberOf(line)))).toEqual(new Set(Array.from({ length: 500 }, (_, i) => i)));
    for (const line of many("shared", 100)) {
      expect(one.numberOf(line)).toBe(late.numberOf(line));
      expect(other.numberOf(line)).toBe(late.numberOf(line));
    }
  });

  it("are not lost when another process assigns some between our read and our write", async () => {
    await open().intern(many("first", 3));
    const mine = testTenant.another();
    const numbers = new ItemNumbers(mine.operations, testTenant.keys);
    beforeCommand(mine.table, "PutItem", () => open().intern(many("theirs", 2)));
    await numbers.intern(many("mine", 2));
    const late = open();
    await late.load();
    const named = [0, 1, 2, 3, 4, 5, 6].map((number) => late.at(number)?.itemId);
    expect(named).toEqual([
      "first-0000",
      "first-0001",
      "first-0002",
      "theirs-0000",
      "theirs-0001",
      "mine-0000",
      "mine-0001",
    ]);
    expect(many("mine", 2).map((line) => numbers.numberOf(line))).toEqual([5, 6]);
  });

  it("are not assigned twice by concurrent calls in one process", async () => {
    const numbers = open();
    await Promise.all([numbers.intern(many("x", 40)), numbers.intern(many("x", 50)), numbers.intern(many("x", 45))]);
    expect(many("x", 50).map((line) => numbers.numberOf(line))).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect((await testTenant.partition(testTenant.keys.itemNumbers())).length).toBe(1);
  });

  it("are refused for an item that has none", async () => {
    const numbers = open();
    await numbers.load();
    expect(() => linesOf("rye").map((line) => numbers.numberOf(line))).toThrow("item rye has no number yet");
  });
});
