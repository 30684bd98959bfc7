import { describe, expect, it } from "vitest";
import { typedAmount } from "./typed-amount.ts";

describe("an amount that somebody types", () => {
  it.each([
    ["12,50", "12.50"],
    [" 12,5 ", "12.5"],
    ["-0,99", "-0.99"],
    ["12.50", "12.50"],
    ["1250", "1250"],
  ])("may have a decimal comma: %s", (typed, read) => {
    expect(typedAmount(typed)).toBe(read);
  });

  it.each(["1,234", "1,234.50", "1.234,50", "12,", "a,50", ""])("stays where it is not clear: %s", (typed) => {
    expect(typedAmount(typed)).toBe(typed);
  });
});
