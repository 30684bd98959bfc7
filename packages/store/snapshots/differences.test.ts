import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDifferences, toDifferences } from "./differences.ts";

describe("values as differences", () => {
  it("say only what is another than in the one before", () => {
    const [first, second] = [
      { id: "a", told: { name: "A", order: [1, 2] }, on: 1 },
      { id: "b", told: { name: "A", order: [1, 3] }, on: 1 },
    ];
    expect(toDifferences([first, second, second, { id: "c" }])).toEqual([
      [first],
      { id: ["b"], told: { order: [[1, 3]] } },
      {},
      [{ id: "c" }],
    ]);
  });

  it("have no names without a value", () => {
    const values = [{ id: "a", to: { b: 1 } }, { id: "a", to: undefined }, { id: "a" }, { id: "b", to: undefined }];
    const stored: unknown = JSON.parse(JSON.stringify(toDifferences(values)));
    expect(fromDifferences(stored as unknown[])).toEqual(JSON.parse(JSON.stringify(values)));
  });

  it("are what they were, whatever they are", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const alike = fc
      .array(fc.record({ a: value, b: fc.record({ c: value, d: fc.constantFrom(0, [], {}, null) }) }))
      .map((list): unknown[] => list);
    fc.assert(
      fc.property(fc.oneof(fc.array(value), alike), (values) => {
        const stored: unknown = JSON.parse(JSON.stringify(toDifferences(values)));
        expect(JSON.stringify(fromDifferences(stored as unknown[]))).toBe(JSON.stringify(values));
      }),
    );
  });
});
