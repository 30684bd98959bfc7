import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { changeTenantPreferences } from "./change-preferences.ts";
import { rescheduleWaiting } from "./reschedule.ts";

const NOW = Date.parse("2026-09-25T03:30:00Z");

/** The tenant is in UTC; the digests of two reps wait for 07:30. */
describe("what waits", () => {
  let fixture: InsightTenant;
  const reps = ["u-1", "u-2"].map((userId) => ({
    userId: userIdSchema.parse(userId),
    name: userId,
    email: `${userId}@example.com`,
    role: "rep" as const,
  }));
  const due = async () => {
    const found = reps.map(({ userId }) => fixture.testTenant.store.outbox.find(`digest:${userId}:2026-09-24`));
    return (await Promise.all(found)).map((one) => one?.dueAt);
  };
  beforeEach(async () => {
    fixture = anInsightTenant({}, aTenantStore());
    await fixture.testTenant.store.imports.saveUsers(reps);
    await fixture.customers({ a: "u-1", b: "u-2" });
    for (const id of ["a", "b"]) await fixture.invoice(id, `I-${id}`, "2026-09-01");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await indexesCaughtUp();
  });

  it("is brought forward for everybody by a change of the tenant's preferences, and for nobody put back", async () => {
    const { store, tenant } = fixture.testTenant;
    const change = (digestAt: string) =>
      changeTenantPreferences({ store, patch: { digestAt }, by: "user:ada", now: toInstant(NOW) });
    await change("06:15");
    expect(await rescheduleWaiting({ tenant, store, now: NOW })).toBe(2);
    expect(await due()).toEqual(["2026-09-25T06:15:00.000Z", "2026-09-25T06:15:00.000Z"]);
    await indexesCaughtUp();
    await change("09:00");
    expect(await rescheduleWaiting({ tenant, store, now: NOW })).toBe(0);
    expect(await due()).toEqual(["2026-09-25T06:15:00.000Z", "2026-09-25T06:15:00.000Z"]);
  });

  it("is brought forward for a rep whose zone is another by now, and for no one else", async () => {
    const { store, tenant } = fixture.testTenant;
    await store.imports.saveUsers(reps.map((rep) => (rep.name === "u-1" ? { ...rep, timeZone: "Europe/Kyiv" } : rep)));
    expect(await rescheduleWaiting({ tenant, store, now: NOW })).toBe(1);
    expect(await due()).toEqual(["2026-09-25T04:30:00.000Z", "2026-09-25T07:30:00.000Z"]);
  });
});
