import { describe, expect, it } from "vitest";
import { isWithMarket } from "./book.ts";

const value = (salesMinor: number) => ({ salesMinor, creditsMinor: 0, orders: 1 });
const book = (previous: number, current: number) => ({
  customers: 9,
  previous: value(previous),
  current: value(current),
});

describe("a column that fell with the market", () => {
  it("fell no more than the book, exactly at the edge, also where products are too large for a number", () => {
    const falls = (now: number, scale: number) =>
      isWithMarket({ previous: value(2 * scale), current: value(now) }, book(4 * scale, 2 * scale));
    for (const scale of [1_000, 3_000_000_000])
      expect([falls(scale - 1, scale), falls(scale, scale)]).toEqual([false, true]);
    // The products a * a and (a - 1) * (a + 1) differ by 1, and are equal as numbers.
    const a = 2 ** 30;
    expect(isWithMarket({ previous: value(a), current: value(a - 1) }, book(a + 1, a))).toBe(false);
    expect(isWithMarket({ previous: value(a + 1), current: value(a) }, book(a, a - 1))).toBe(true);
  });

  it("is none without a book, or beside one that had no value", () => {
    const column = { previous: value(10), current: value(5) };
    expect([isWithMarket(column, undefined), isWithMarket(column, book(0, 0))]).toEqual([false, false]);
  });
});
