import { toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { aTable, aTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { minorUnits } from "@regulars/core/platform/currencies";
import { Operations } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";
import { tenantsDue } from "./keys.ts";
import { openTenantDirectory } from "./tenants.ts";
import { dueKinds } from "@regulars/core/tenants/due-rows";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const at = (time: string) => toInstant(Date.parse(`2026-11-23T${time}:00Z`));

/** Records which table sends each request. */
function watched(scopeFilter: string, asked: string[]): Table {
  const table = aTable();
  table.raw.middlewareStack.add(
    (next, context) => (args) => {
      asked.push(`${scopeFilter} ${String(context["commandName"]).replace(/Command$/, "")}`);
      return next(args);
    },
    { step: "initialize" },
  );
  return table;
}

describe("the directory of tenants", () => {
  const directory = openTenantDirectory(aTable());
  const nextNightly = async (tenantId: string, now = "23:59") => {
    await indexesCaughtUp();
    return (await directory.dueBefore(at(now))).find((due) => due.tenantId === tenantId)?.nextNightlyAt;
  };
  const schedulesOf = async (tenantId: string) => {
    await indexesCaughtUp();
    return (await directory.schedules()).filter((row) => row.tenantId === tenantId);
  };

  it("creates a tenant once; an existing one stays as it is", async () => {
    const tenant = aTenant({
      closures: [{ from: "12-24", to: "12-26" }],
      insights: { "churn-risk": { minOrders: 6 } },
    });
    expect(await directory.find(tenant.tenantId)).toBeUndefined();
    expect(await directory.ensure(tenant, at("02:00"))).toEqual(tenant);
    expect(await directory.ensure({ ...tenant, name: "Another" }, at("05:00"))).toEqual(tenant);
    expect(await directory.find(tenant.tenantId)).toEqual(tenant);
    expect(await nextNightly(tenant.tenantId)).toBe(at("02:00"));
    await indexesCaughtUp();
    expect(await directory.list()).toContain(tenant.tenantId);
  });

  it("C1: keeps the units of its amounts, and reads no tenant whose units have changed since", async () => {
    const tenant = aTenant();
    await directory.ensure(tenant, at("02:00"));
    const operations = new Operations(aTable(), noUsage());
    const key = keysOf(tenant.tenantId).tenant();
    expect((await operations.get(key))?.["minorUnits"]).toBe(minorUnits);
    await directory.change(tenant.tenantId, { name: "Another" });
    const stored = await operations.get(key);
    expect(stored?.["minorUnits"]).toBe(minorUnits);
    await operations.put({ ...stored, ...key, minorUnits: minorUnits.replace("EUR2", "EUR3") });
    const refusal = `amounts of tenant ${tenant.tenantId} are stored in other units (EUR3 is EUR2 now): convert them first`;
    await expect(directory.find(tenant.tenantId)).rejects.toThrow(refusal);
    await expect(directory.change(tenant.tenantId, { name: "Third" })).rejects.toThrow(refusal);
  });

  it("lists a tenant as due from the exact minute of its nightly run", async () => {
    const tenant = await directory.ensure(aTenant(), at("02:00"));
    expect(await nextNightly(tenant.tenantId, "01:59")).toBeUndefined();
    expect(await nextNightly(tenant.tenantId, "02:00")).toBe(at("02:00"));
  });

  it("lets one of two concurrent processes move a nightly run", async () => {
    const { tenantId } = await directory.ensure(aTenant(), at("02:00"));
    const other = openTenantDirectory(aTable());
    const moved = await Promise.all([
      directory.claim(tenantId, at("02:00"), at("03:00")),
      other.claim(tenantId, at("02:00"), at("04:00")),
    ]);
    expect(moved.toSorted()).toEqual([false, true]);
    expect(await nextNightly(tenantId)).toBe(moved[0] === true ? at("03:00") : at("04:00"));
  });

  it("sets the next nightly run unconditionally, and creates no tenant by it", async () => {
    const { tenantId } = await directory.ensure(aTenant(), at("02:00"));
    await directory.scheduleNightly(tenantId, at("06:00"));
    expect(await nextNightly(tenantId)).toBe(at("06:00"));
    const stranger = aTenant();
    await directory.scheduleNightly(stranger.tenantId, at("06:00"));
    expect(await directory.list()).not.toContain(stranger.tenantId);
  });

  it("lists tenants with an unfinished nightly run, since its first claim", async () => {
    const { tenantId } = await directory.ensure(aTenant(), at("02:00"));
    const unfinished = async () => (await schedulesOf(tenantId))[0]?.dueSince;
    expect(await unfinished()).toBeUndefined();
    await directory.claim(tenantId, at("02:00"), at("06:00"));
    await directory.claim(tenantId, at("06:00"), at("10:00"));
    expect(await unfinished()).toBe(at("02:00"));
    await directory.scheduleNightly(tenantId, at("23:00"));
    expect(await unfinished()).toBeUndefined();
  });

  it("OP01: reads and writes a tenant's items with the tenant's table; lists and claims with the platform's, so that no session is needed", async () => {
    const asked: string[] = [];
    const own = openTenantDirectory(watched("platform", asked), () => watched("tenant", asked));
    const { tenantId } = await own.ensure(aTenant(), at("02:00"));
    await own.scheduleNightly(tenantId, at("04:00"));
    expect(new Set(asked)).toEqual(new Set(["tenant TransactWriteItems", "tenant GetItem", "tenant UpdateItem"]));
    asked.length = 0;
    await own.list();
    await own.dueBefore(at("04:00"));
    await own.schedules();
    await own.dueFor("outgoing", at("04:00"));
    await own.claim(tenantId, at("04:00"), at("05:00"));
    expect(asked).toEqual([...Array.from({ length: 4 }, () => "platform Query"), "platform UpdateItem"]);
  });

  it("says the time zone in the schedule, and changes it there with the tenant", async () => {
    const { tenantId } = await directory.ensure(aTenant({ timeZone: "Europe/Copenhagen" }), at("02:00"));
    const zone = async () => (await schedulesOf(tenantId))[0]?.timeZone;
    expect(await zone()).toBe("Europe/Copenhagen");
    await directory.change(tenantId, { timeZone: "Asia/Tokyo" });
    expect(await zone()).toBe("Asia/Tokyo");
  });

  describe("a tenant from before its schedule could be claimed without a session", () => {
    async function anOldTenant() {
      const testTenant = aTenantStore({ timeZone: "Asia/Tokyo" });
      const { tenant, keys, operations } = testTenant;
      await directory.ensure(tenant, at("02:00"));
      await operations.delete(keys.schedule());
      const index = { g2p: tenantsDue(), g2s: at("02:00") };
      await operations.put({ ...keys.oldSchedule(), tenantId: tenant.tenantId, ...index, dueSince: at("01:00") });
      return testTenant;
    }
    it("OP01: is listed, and keeps its time, its zone and what is unfinished when it is settled in", async () => {
      const { tenant, keys, item } = await anOldTenant();
      const { tenantId } = tenant;
      const before = { tenantId, nextNightlyAt: at("02:00"), dueSince: at("01:00") };
      expect(await schedulesOf(tenantId)).toEqual([before]);
      expect(await directory.settleIn(tenantId)).toBe(true);
      expect(await schedulesOf(tenantId)).toEqual([{ ...before, timeZone: "Asia/Tokyo" }]);
      expect(await item(keys.oldSchedule())).toBeUndefined();
      expect(await directory.settleIn(tenantId)).toBe(false);
      await indexesCaughtUp();
      for (const kind of dueKinds) expect(await directory.dueFor(kind, at("00:00"))).toContain(tenantId);
    });

    it("OP01: is settled in by the end of a nightly run, and by a change of its zone", async () => {
      const [{ tenant: one }, { tenant: other }] = [await anOldTenant(), await anOldTenant()];
      await directory.scheduleNightly(one.tenantId, at("05:00"));
      expect(await schedulesOf(one.tenantId)).toEqual([
        { tenantId: one.tenantId, nextNightlyAt: at("05:00"), timeZone: "Asia/Tokyo" },
      ]);
      await directory.change(other.tenantId, { timeZone: "UTC" });
      expect(await schedulesOf(other.tenantId)).toMatchObject([{ nextNightlyAt: at("02:00"), timeZone: "UTC" }]);
    });
  });
});
