import { toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { aDueMessage } from "../../../test/fixtures/introduction-message.ts";
import { aDirectory, aTable, aTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { startDueNightlyRuns } from "./start-due-nightly-runs.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

/** Long before any other suite's nightly runs, because a tick claims every due tenant of the table. */
const at = (time: string) => Date.parse(`2020-03-10T${time}:00Z`);

describe("the tick", () => {
  const directory = aDirectory();
  const nothing = { nightly: () => Promise.resolve(), outgoing: () => Promise.resolve() };
  const tick = async (time: string, by = directory) => {
    await indexesCaughtUp();
    return startDueNightlyRuns({ directory: by, clock: () => at(time), send: nothing });
  };
  const nightlyRunsOf = async (tenantId: string, ticked: ReturnType<typeof tick>) =>
    (await ticked).nightly.filter((nightly) => nightly.tenantId === tenantId);
  const make = (firstNightly: string, timeZone = "UTC") =>
    directory.ensure(aTenant({ timeZone }), toInstant(at(firstNightly)));

  it("starts a nightly run from the very minute it is due", async () => {
    const { tenantId } = await make("02:00");
    expect(await nightlyRunsOf(tenantId, tick("01:59"))).toEqual([]);
    expect(await nightlyRunsOf(tenantId, tick("02:00"))).toEqual([{ tenantId, asOf: "2020-03-09" }]);
  });

  it("OP01: claims no nightly run that it has not sent, and may send one twice when ticks meet", async () => {
    const { tenantId } = await make("02:00");
    const refusing = { ...nothing, nightly: () => Promise.reject(new Error("the queue takes nothing")) };
    await indexesCaughtUp();
    const refused = await startDueNightlyRuns({ directory, clock: () => at("02:00"), send: refusing });
    expect(refused.failed.map((one) => one.tenantId)).toContain(tenantId);
    expect(refused.nightly).toEqual([]);
    const table = aTable();
    const theirs: unknown[] = [];
    beforeCommand(table, "UpdateItem", async () => theirs.push(...(await nightlyRunsOf(tenantId, tick("02:00")))));
    const mine = await nightlyRunsOf(tenantId, tick("02:00", aDirectory(table)));
    expect([mine, theirs]).toEqual([[{ tenantId, asOf: "2020-03-09" }], [{ tenantId, asOf: "2020-03-09" }]]);
    expect(await nightlyRunsOf(tenantId, tick("02:15"))).toEqual([]);
  });

  it("starts a nightly run again after four hours if its message was lost, not before", async () => {
    const { tenantId } = await make("02:00");
    await tick("02:00");
    expect(await nightlyRunsOf(tenantId, tick("05:59"))).toEqual([]);
    expect(await nightlyRunsOf(tenantId, tick("06:00"))).toHaveLength(1);
  });

  it("does not start a nightly run again that has set the time of the next one", async () => {
    const { tenantId } = await make("02:00");
    await tick("02:00");
    await directory.scheduleNightly(tenantId, toInstant(at("02:00") + 86_400_000));
    expect(await nightlyRunsOf(tenantId, tick("23:59"))).toEqual([]);
  });

  it.each([
    ["Pacific/Kiritimati", "2020-03-10"],
    ["Europe/Copenhagen", "2020-03-09"],
    ["Pacific/Pago_Pago", "2020-03-09"],
    ["America/Adak", "2020-03-09"],
  ])("evaluates yesterday in %s: %s", async (timeZone, asOf) => {
    const { tenantId } = await make("11:30", timeZone);
    expect(await nightlyRunsOf(tenantId, tick("11:30"))).toEqual([{ tenantId, asOf }]);
  });

  it("evaluates the day before yesterday where it is still yesterday", async () => {
    const { tenantId } = await make("09:59", "Pacific/Pago_Pago");
    expect(await nightlyRunsOf(tenantId, tick("10:59"))).toEqual([{ tenantId, asOf: "2020-03-08" }]);
  });

  it("calls a nightly run late when it is not finished four hours after it was due, and no longer when it is", async () => {
    const { tenantId } = await make("02:00");
    const isLate = async (time: string) => (await tick(time)).late.includes(tenantId);
    expect([await isLate("02:00"), await isLate("06:00"), await isLate("06:01")]).toEqual([false, false, true]);
    await directory.scheduleNightly(tenantId, toInstant(at("02:00") + 86_400_000));
    expect(await isLate("06:15")).toBe(false);
  });

  it("finds the tenants with notifications that a lost message left, and no others", async () => {
    const testTenant = aTenantStore();
    await directory.ensure(testTenant.tenant, toInstant(at("23:00")));
    const idle = await make("23:00");
    await testTenant.store.outbox.queue([aDueMessage("a", toInstant(at("08:00")))]);
    const asked = async (time: string) => (await tick(time)).outgoing;
    expect(await asked("07:59")).not.toContain(testTenant.tenant.tenantId);
    expect(await asked("08:00")).toContain(testTenant.tenant.tenantId);
    expect(await asked("08:00")).not.toContain(idle.tenantId);
  });
});
