import { toInstant } from "@regulars/core/values";
import { describe, expect, it } from "vitest";
import { aTable, aTenant, aTenantStore } from "../../test/setup/tenant.ts";
import { openTenantDirectory } from "./tenants.ts";

const at = (time: string) => toInstant(Date.parse(`2026-11-23T${time}:00Z`));

describe("the directory of tenants", () => {
  const directory = openTenantDirectory(aTable());
  const nextNight = async (tenantId: string, now = "23:59") =>
    (await directory.dueBefore(at(now))).find((due) => due.tenantId === tenantId)?.nextNightAt;

  it("makes a tenant once: the one that is there stays", async () => {
    const tenant = aTenant({
      closures: [{ from: "12-24", to: "12-26" }],
      insights: { "churn-risk": { minOrders: 6 } },
    });
    expect(await directory.find(tenant.tenantId)).toBeUndefined();
    expect(await directory.ensure(tenant, at("02:00"))).toEqual(tenant);
    expect(await directory.ensure({ ...tenant, name: "Another" }, at("05:00"))).toEqual(tenant);
    expect(await directory.find(tenant.tenantId)).toEqual(tenant);
    expect(await nextNight(tenant.tenantId)).toBe(at("02:00"));
    expect(await directory.list()).toContain(tenant.tenantId);
  });

  it("is due from the very minute of its night", async () => {
    const tenant = await directory.ensure(aTenant(), at("02:00"));
    expect(await nextNight(tenant.tenantId, "01:59")).toBeUndefined();
    expect(await nextNight(tenant.tenantId, "02:00")).toBe(at("02:00"));
  });

  it("moves a night for one of two who move it at once", async () => {
    const { tenantId } = await directory.ensure(aTenant(), at("02:00"));
    const other = openTenantDirectory(aTable());
    const moved = await Promise.all([
      directory.reschedule(tenantId, at("02:00"), at("03:00")),
      other.reschedule(tenantId, at("02:00"), at("04:00")),
    ]);
    expect(moved.toSorted()).toEqual([false, true]);
    expect(await nextNight(tenantId)).toBe(moved[0] === true ? at("03:00") : at("04:00"));
  });

  it("sets a night whatever it was, and makes no tenant by it", async () => {
    const { tenantId } = await directory.ensure(aTenant(), at("02:00"));
    await directory.scheduleNight(tenantId, at("06:00"));
    expect(await nextNight(tenantId)).toBe(at("06:00"));
    const stranger = aTenant();
    await directory.scheduleNight(stranger.tenantId, at("06:00"));
    expect(await directory.list()).not.toContain(stranger.tenantId);
  });

  it("knows whose notifications are due", async () => {
    const bench = aTenantStore();
    expect(await directory.hasDueNotifications(bench.tenant.tenantId, at("08:00"))).toBe(false);
    await bench.operations.put({ ...bench.keys.notification("a"), g2p: bench.keys.due(), g2s: at("08:00") });
    expect(await directory.hasDueNotifications(bench.tenant.tenantId, at("07:59"))).toBe(false);
    expect(await directory.hasDueNotifications(bench.tenant.tenantId, at("08:00"))).toBe(true);
  });
});
