import { describe, expect, it } from "vitest";
import { tenantSchema } from "./tenant.ts";
import { changedValues } from "./change-log.ts";

const tenant = tenantSchema.parse({
  tenantId: "acme",
  name: "Acme",
  timeZone: "UTC",
  currency: "EUR",
  locale: "en",
  edition: "pro",
});

describe("changed settings", () => {
  it("are named with their old and new value, null standing for the usual one", () => {
    const before = { ...tenant, codeRed: { percent: 25, mode: "rolling" }, insights: { "churn-risk": { lag: 3 } } };
    const after = {
      ...tenant,
      name: "Acme Ltd",
      codeRed: { percent: 30, seasonal: true },
      insights: { "churn-risk": { lag: 3 } },
      closures: [{ from: "12-24", to: "12-26" }],
    };
    expect(changedValues(before, after)).toEqual([
      { setting: "closures", from: [], to: [{ from: "12-24", to: "12-26" }] },
      { setting: "codeRed.mode", from: "rolling", to: null },
      { setting: "codeRed.percent", from: 25, to: 30 },
      { setting: "codeRed.seasonal", from: null, to: true },
      { setting: "name", from: "Acme", to: "Acme Ltd" },
    ]);
  });

  it("are none where everything is equal", () => {
    expect(changedValues(tenant, { ...tenant })).toEqual([]);
  });
});
