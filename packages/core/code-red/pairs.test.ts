import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Baskets, type PairCount, countPairs } from "./pairs.ts";

function basketsOf(given: readonly (readonly number[])[]): Baskets {
  const firstItem = [0];
  for (const items of given) firstItem.push((firstItem.at(-1) ?? 0) + items.length);
  return { count: given.length, firstItem: Int32Array.from(firstItem), items: Int32Array.from(given.flat()) };
}

const textOf = ({ a, b, joint, withA, withB }: PairCount): string =>
  a < b ? `${a} ${b}: ${joint} of ${withA} and ${withB}` : `${b} ${a}: ${joint} of ${withB} and ${withA}`;

const counted = (given: readonly (readonly number[])[], minJoint: number): string[] =>
  [...countPairs(basketsOf(given), minJoint)].map(textOf).toSorted();

/** The same, pair by pair. */
function plainly(given: readonly (readonly number[])[], minJoint: number): string[] {
  const baskets = given.map((items) => new Set(items));
  const items = [...new Set(given.flat())];
  const withAll = (...all: readonly number[]): number =>
    baskets.filter((basket) => all.every((item) => basket.has(item))).length;
  return items
    .flatMap((a) => items.filter((b) => a < b).map((b) => ({ a, b })))
    .map(({ a, b }) => ({ a, b, joint: withAll(a, b), withA: withAll(a), withB: withAll(b) }))
    .filter(({ joint }) => joint >= minJoint)
    .map(textOf)
    .toSorted();
}

describe("countPairs", () => {
  it("CR31: counts every pair of any baskets exactly", () => {
    const baskets = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 12 })), { maxLength: 20 });
    fc.assert(
      fc.property(baskets, fc.integer({ min: 1, max: 4 }), (given, minJoint) => {
        expect(counted(given, minJoint)).toEqual(plainly(given, minJoint));
      }),
    );
  });

  it("CR31: leaves out no rare item, however many passes its counters take", () => {
    const items = 5_000;
    const given = [0, 1].flatMap(() => Array.from({ length: items / 2 }, (_, i) => [2 * i, 2 * i + 1]));
    const pairs = [...countPairs(basketsOf(given), 2)];
    expect(pairs).toHaveLength(items / 2);
    expect(pairs.every(({ a, b, joint }) => Math.abs(a - b) === 1 && joint === 2)).toBe(true);
  });

  it("CR31: counts pairs in more baskets than a byte can count, whatever is asked for", () => {
    const joint = [1, 127, 128, 129, 255, 256, 257, 384, 1_000];
    const given = joint.flatMap((times, i) => Array.from({ length: times }, () => [2 * i, 2 * i + 1]));
    for (const minJoint of [1, 100, 127, 127.5, 128, 129, 255, 256, 257, 500, 1_000, 1_001]) {
      const found = [...countPairs(basketsOf(given), minJoint)];
      expect(found.map((pair) => pair.joint).toSorted((a, b) => a - b)).toEqual(joint.filter((n) => n >= minJoint));
      expect(found.every(({ a, b, withA }) => Math.abs(a - b) === 1 && withA === joint[a >> 1])).toBe(true);
    }
  });
});
