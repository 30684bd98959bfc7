import { describe, expect, it } from "vitest";
import { changePercent, lightOf } from "./light.ts";

describe("lightOf", () => {
  it.each([
    [8000, 10_000, "red"],
    [8001, 10_000, "amber"],
    [9000, 10_000, "amber"],
    [9001, 10_000, "green"],
    [-100, 1000, "red"],
    [0, 1000, "red"],
    [12_000, 10_000, "green"],
  ] as const)("CR05: compares %d with %d at 20 percent as %s, without rounding", (current, previous, light) => {
    expect(lightOf(current, previous, 20)).toBe(light);
  });

  it("CR05: is red from the percent on: 8000 of 10000, and not 8001", () => {
    expect([8000, 8001].map((current) => lightOf(current, 10_000, 20))).toEqual(["red", "amber"]);
  });

  it("CR26: is red at the customer's own percent, from 1 to 100", () => {
    expect(lightOf(99, 100, 1)).toBe("red");
    expect(lightOf(1, 100, 100)).toBe("amber");
    expect(lightOf(0, 100, 100)).toBe("red");
  });

  it("compares amounts beyond the exact range of a product exactly", () => {
    const previous = 9_000_000_000_000_000;
    expect(lightOf(previous * 0.8, previous, 20)).toBe("red");
    expect(lightOf(previous * 0.8 + 1, previous, 20)).toBe("amber");
  });
});

describe("changePercent", () => {
  it("shows one decimal", () => {
    expect(changePercent(3000, 4000)).toBe(-25);
    expect(changePercent(7000, 7400)).toBe(-5.4);
    expect(changePercent(5, 0)).toBeUndefined();
  });
});
