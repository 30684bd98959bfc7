import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { TransactWrite } from "./transact-write.ts";
import { packTransactions, runGrouped } from "./packing.ts";

const put = (sk: string, text = ""): TransactWrite => ({ Put: { Item: { pk: "p", sk, text } } });
const group = (id: number, writes: number, dirtyMarkers: readonly string[], text = "") => ({
  id,
  writes: Array.from({ length: writes }, (_, i) => put(`${id}-${i}`, text)),
  shared: new Map(dirtyMarkers.map((mark) => [mark, put(mark)])),
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

  it("never splits a group", () => {
    const packs = packTransactions([group(1, 60, []), group(2, 60, []), group(3, 40, [])]);
    expect(packs.map(({ groups }) => groups.map(({ id }) => id))).toEqual([[1], [2, 3]]);
  });

  it("begins another transaction before three megabytes", () => {
    const packs = packTransactions([1, 2, 3].map((id) => group(id, 1, [], "x".repeat(1_400_000))));
    expect(packs.map(({ groups }) => groups.map(({ id }) => id))).toEqual([[1, 2], [3]]);
  });

  it("makes no transaction for no groups", () => {
    expect(packTransactions([])).toEqual([]);
  });
});

describe("running transactions in groups", () => {
  it("runs each once, in sequence within a group key and in parallel across keys", async () => {
    const done: number[] = [];
    const running = new Map<number, number>();
    let most = 0;
    const groups = Array.from({ length: 120 }, (_, id) => ({ ...group(id, 40, ["mark"]), groupKey: id % 3 }));
    await runGrouped(
      groups,
      ({ groupKey }) => groupKey,
      async ({ groups: [first, ...others] }) => {
        const groupKey = first?.groupKey ?? -1;
        expect(running.get(groupKey) ?? 0).toBe(0);
        running.set(groupKey, 1);
        most = Math.max(
          most,
          [...running.values()].reduce((sum, one) => sum + one, 0),
        );
        await sleep(1);
        running.set(groupKey, 0);
        done.push(...[first, ...others].map((one) => one?.id ?? -1));
      },
    );
    expect(done.toSorted((a, b) => a - b)).toEqual(groups.map(({ id }) => id));
    expect(most).toBe(3);
  });

  it("starts no transaction after an error, and leaves none running", async () => {
    let begun = 0;
    const groups = Array.from({ length: 20 }, (_, id) => group(id, 100, []));
    const work = async (): Promise<void> => {
      begun += 1;
      await sleep(1);
      throw new Error("no");
    };
    await expect(runGrouped(groups, ({ id }) => id % 2, work)).rejects.toThrow("no");
    expect(begun).toBe(2);
  });
});
