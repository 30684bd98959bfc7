import { describe, expect, it } from "vitest";
import { gammaTail, logBeta, logGamma, mean, median, sampleVariance } from "./statistics.ts";

describe("logGamma", () => {
  it.each([
    [1, 0],
    [2, 0],
    [5, 3.178_053_830_347_946],
    [0.5, 0.572_364_942_924_700_1],
    [0.25, 1.288_022_524_698_077],
    [100.5, 361.435_540_467_777_6],
  ])("of %d is %d", (x, value) => {
    expect(logGamma(x)).toBeCloseTo(value, 11);
  });
});

describe("logBeta", () => {
  it("of 2 and 3 is the logarithm of 1/12", () => {
    expect(logBeta(2, 3)).toBeCloseTo(-2.484_906_649_788_000_4, 13);
  });
});

describe("gammaTail", () => {
  it.each([
    [2, 1, 1, 0.135_335_283_236_612_7],
    [20, 1, 10, 0.135_335_283_236_612_7],
    [0.1, 1, 1, 0.904_837_418_035_959_5],
    [40, 1, 1, 4.248_354_255_291_589e-18],
  ])("at %d with shape %d and scale %d is the exponential's %d", (x, shape, scale, tail) => {
    expect(gammaTail(x, shape, scale) / tail).toBeCloseTo(1, 12);
  });

  it.each([
    [3, 2, 1, 0.199_148_273_471_455_8],
    [6, 2, 2, 0.199_148_273_471_455_8],
    [10, 3, 1, 0.002_769_395_715_511_576],
    [0.5, 3, 1, 0.985_612_322_033_024],
    [12, 12, 1, 0.461_597_333_063_618_2],
  ])("at %d with shape %d and scale %d is Erlang's %d", (x, shape, scale, tail) => {
    expect(gammaTail(x, shape, scale) / tail).toBeCloseTo(1, 12);
  });

  it.each([
    [1, 0.157_299_207_050_285_13],
    [0.25, 0.479_500_122_186_953_5],
    [4, 0.004_677_734_981_047_266],
  ])("at %d with shape one half is the error function's %d", (x, tail) => {
    expect(gammaTail(x, 0.5, 1) / tail).toBeCloseTo(1, 12);
  });

  it("joins its two methods where they meet", () => {
    expect(gammaTail(4.253 + 1e-9, 3.253, 1)).toBeCloseTo(gammaTail(4.253 - 1e-9, 3.253, 1), 8);
  });

  it("is whole at zero and below", () => {
    expect(gammaTail(0, 3, 5)).toBe(1);
    expect(gammaTail(-1, 3, 5)).toBe(1);
  });
});

describe("median", () => {
  it("is the middle one, or the mean of the two in the middle", () => {
    expect(median([20, 7, 14, 16, 13])).toBe(14);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([5])).toBe(5);
  });

  it.each([1, 2, 3, 47, 48, 49, 50, 1_000])("of the numbers up to %d lies half-way, in whatever order", (count) => {
    const values = Array.from({ length: count }, (_, i) => 1 + ((i * 7_919) % count));
    expect(median(values)).toBe((count + 1) / 2);
  });

  it("leaves its list as it was", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("mean and sampleVariance", () => {
  it("are 14 and 22.5 for the gaps of docs/reference/insights.md 2.2", () => {
    expect(mean([14, 16, 13, 20, 7])).toBe(14);
    expect(sampleVariance([14, 16, 13, 20, 7])).toBe(22.5);
  });
});

describe("too few values", () => {
  it("give nothing rather than zero", () => {
    expect(median([])).toBeUndefined();
    expect(mean([])).toBeUndefined();
    expect(sampleVariance([])).toBeUndefined();
    expect(sampleVariance([3])).toBeUndefined();
  });
});
