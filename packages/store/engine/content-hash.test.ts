import { describe, expect, it } from "vitest";
import { contentHash } from "./content-hash.ts";

describe("a content's hash", () => {
  it("never changes", () => {
    expect(contentHash({ orderId: "SO-1", lines: [{ itemId: "rye", quantity: 2 }] })).toBe("0SBAkSuQOiTWm_Nk");
  });

  it("does not depend on the order of names, nor on absent values", () => {
    const hash = contentHash({ a: 1, b: { c: 2, d: 3 } });
    expect(contentHash({ b: { d: 3, c: 2 }, a: 1 })).toBe(hash);
    expect(contentHash({ a: 1, b: { c: 2, d: 3, e: undefined } })).toBe(hash);
  });

  it("depends on the order of a list, and on every value", () => {
    const hashes = [{ a: [1, 2] }, { a: [2, 1] }, { a: [1, 2, 0] }, { a: ["1", "2"] }, { a: null }, {}].map(
      contentHash,
    );
    expect(new Set(hashes).size).toBe(6);
  });
});
