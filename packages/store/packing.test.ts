import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { NamelessWrite } from "./operations.ts";
import { inParallel, packTransactions } from "./packing.ts";

const put = (sk: string, text = ""): NamelessWrite => ({ Put: { Item: { pk: "p", sk, text } } });
const group = (id: number, writes: number, marks: readonly string[], text = "") => ({
  id,
  writes: Array.from({ length: writes }, (_, i) => put(`${id}-${i}`, text)),
  shared: new Map(marks.map((mark) => [mark, put(mark)])),
});
const sizes = (packs: ReturnType<typeof packTransactions>) => packs.map(({ writes }) => writes.length);

describe("packing writes into transactions", () => {
  it("fills a transaction to exactly 100 writes", () => {
    expect(sizes(packTransactions(Array.from({ length: 50 }, (_, i) => group(i, 2, []))))).toEqual([100]);
    expect(sizes(packTransactions(Array.from({ length: 51 }, (_, i) => group(i, 2, []))))).toEqual([100, 2]);
  });

  it("puts a shared write into each transaction once", () => {
    const packs = packTransactions(Array.from({ length: 50 }, (_, i) => group(i, 2, ["mark"])));
    expect(sizes(packs)).toEqual([99, 3]);
  });

  it("never parts a group", () => {
    const packs = packTransactions([group(1, 60, []), group(2, 60, []), group(3, 40, [])]);
    expect(packs.map(({ groups }) => groups.map(({ id }) => id))).toEqual([[1], [2, 3]]);
  });

  it("begins another transaction before three megabytes", () => {
    const packs = packTransactions([1, 2, 3].map((id) => group(id, 1, [], "x".repeat(1_400_000))));
    expect(packs.map(({ groups }) => groups.map(({ id }) => id))).toEqual([[1, 2], [3]]);
  });

  it("makes nothing of nothing", () => {
    expect(packTransactions([])).toEqual([]);
  });
});

describe("working in parallel", () => {
  it("does everything once, and at most so many at a time", async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (one) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(2);
      running -= 1;
      done.push(one);
    });
    expect([done.toSorted(), most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
  });

  it("fails when one piece of work fails", async () => {
    await expect(inParallel([1], 8, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});
