import { describe, expect, it } from "vitest";
import { builtInInsights } from "./catalog.ts";
import { changedInsights, settingsChangeSchema } from "./tenant-settings.ts";

describe("settings of insights", () => {
  const stored = { "churn-risk": { minOrders: 6 } };

  it("are changed one by one, and go back to their defaults", () => {
    expect(changedInsights(builtInInsights, stored, { "lost-items": { gate: "score" } })).toEqual({
      ok: true,
      value: { ...stored, "lost-items": { gate: "score" } },
    });
    expect(changedInsights(builtInInsights, stored, { "churn-risk": { baseline: "max" } })).toEqual({
      ok: true,
      value: { "churn-risk": { minOrders: 6, baseline: "max" } },
    });
    expect(changedInsights(builtInInsights, stored, { "churn-risk": { minOrders: null } })).toEqual({
      ok: true,
      value: {},
    });
  });

  it("may have the tenant's own follow-up text, whichever insight it is", () => {
    const own = { followUp: "Dear <name>, call <cont>" };
    for (const kind of builtInInsights.kinds) {
      expect(changedInsights(builtInInsights, {}, { [kind.id]: own })).toEqual({ ok: true, value: { [kind.id]: own } });
      expect(() => kind.configure(own)).not.toThrow();
      expect(kind.faultsOf({ followUp: "" })).toEqual([expect.stringMatching(/^followUp: /)]);
    }
  });

  it("are refused when no insight has them, or out of their bounds", () => {
    const messageOf = (change: Parameters<typeof changedInsights>[2]) => {
      const changed = changedInsights(builtInInsights, stored, change);
      return changed.ok ? "changed" : `${changed.reason}: ${changed.message}`;
    };
    expect(messageOf({ "no-kind": {} })).toMatch(
      /^unusable-setting: there is no insight "no-kind": choose one of .*churn-risk/,
    );
    expect(messageOf({ "churn-risk": { minOrders: 0 } })).toMatch(/^unusable-setting: insight churn-risk, minOrders: /);
    expect(messageOf({ "lost-items": { gait: "score" } })).toMatch(
      /^unusable-setting: insight lost-items, gait: is no property of this: did you mean gate\? There are /,
    );
  });
});

describe("a change of settings", () => {
  const isUsable = (change: object) => settingsChangeSchema.safeParse(change).success;

  it("names only what a tenant may change: not its zone or its edition", () => {
    expect(isUsable({ maxAlertsPerRepPerDay: 5, priceEditing: true, locale: "de-AT", name: "Acme" })).toBe(true);
    for (const name of ["timeZone", "edition", "tenantId"]) expect(isUsable({ [name]: "pro" })).toBe(false);
  });

  it("changes nothing that it does not name", () => {
    expect(settingsChangeSchema.parse({})).toEqual({});
  });

  it("has usable values", () => {
    for (const change of [
      { maxAlertsPerRepPerDay: -1 },
      { maxAlertsPerRepPerDay: 1.5 },
      { maxAlertsPerRepPerDay: 1001 },
      { locale: "no language" },
      { name: "" },
      { name: " " },
      { name: "Acme\r\nBcc: bo@acme.example" },
      { closures: [{ from: "12-24", to: "2026-12-26" }] },
    ])
      expect([change, isUsable(change)]).toEqual([change, false]);
  });
});
