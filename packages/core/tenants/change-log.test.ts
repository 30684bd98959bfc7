import { describe, expect, it } from "vitest";
import { tenantSchema } from "./tenant.ts";
import { changedValues, wholeChange } from "./change-log.ts";

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

describe("an entry of a log of many", () => {
  const changed = (setting: string, from: unknown, to: unknown) => ({ changes: [{ setting, from, to }] });

  it("tells of one that came or went where it says so of what each one has", () => {
    expect(wholeChange("users", changed("name", null, "Nina"))).toBe("added");
    expect(wholeChange("users", changed("name", "Nina", "Nina Beck"))).toBeUndefined();
    expect(wholeChange("users", changed("email", null, "nina@example.com"))).toBeUndefined();
    expect(wholeChange("webhooks", changed("url", "https://erp.example/", null))).toBe("removed");
    expect(wholeChange("settings", changed("name", null, "Acme"))).toBeUndefined();
  });
});
