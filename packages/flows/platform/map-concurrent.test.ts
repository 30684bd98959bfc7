import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { mapConcurrent } from "./map-concurrent.ts";

it("gives what comes of each in their order, so many at once", async () => {
  let atOnce = 0;
  let most = 0;
  const doubled = await mapConcurrent(
    [3, 1, 2],
    async (one) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      for (let turns = one; turns > 0; turns -= 1) await nextTurn();
      atOnce -= 1;
      return one * 2;
    },
    2,
  );
  expect([doubled, most]).toEqual([[6, 2, 4], 2]);
});

it("begins nothing after a fault, which it throws when what was under way has ended", async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const slow = Promise.withResolvers<undefined>();
  const work = async (one: number): Promise<void> => {
    begun.push(one);
    if (one === 2) throw new Error("two failed");
    await slow.promise;
    ended.push(one);
  };
  let isOver = false;
  const all = mapConcurrent([1, 2, 3, 4, 5], work, 2).finally(() => {
    isOver = true;
  });
  all.catch(() => undefined);
  await nextTurn();
  expect([begun, isOver]).toEqual([[1, 2], false]);
  slow.resolve(undefined);
  await expect(all).rejects.toThrow("two failed");
  expect([begun, ended]).toEqual([[1, 2], [1]]);
});
