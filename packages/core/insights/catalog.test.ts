import { describe, expect, it } from "vitest";
import { builtInInsights } from "./catalog.ts";

describe("the registry", () => {
  it("gives every kind an id and a place of its own", () => {
    expect(new Set(builtInInsights.kinds.map((kind) => kind.id)).size).toBe(builtInInsights.kinds.length);
    expect(builtInInsights.kinds.map((kind) => kind.position)).toEqual(
      [...new Set(builtInInsights.kinds.map((kind) => kind.position))].toSorted((a, b) => a - b),
    );
  });

  it("finds a kind by its id, and none by another text", () => {
    for (const kind of builtInInsights.kinds) expect(builtInInsights.kindOf(kind.id)).toBe(kind);
    expect(builtInInsights.kindOf("constructor")).toBeUndefined();
  });

  it("configures every kind, with a tenant's settings or without", () => {
    expect(builtInInsights.configure({}).map((kind) => kind.id)).toEqual(builtInInsights.kinds.map((kind) => kind.id));
    expect(
      builtInInsights.configure({ insights: { "churn-risk": { minOrders: 7 }, "no-such-kind": {} } }),
    ).toHaveLength(builtInInsights.kinds.length);
  });

  it("names the kind and the field of a setting that is wrong", () => {
    expect(() => builtInInsights.configure({ insights: { "churn-risk": { minOrders: "five" } } })).toThrow(
      /the settings of insight churn-risk are invalid: .*minOrders/s,
    );
  });
});
