import { planIdSchema } from "@regulars/core/platform/ids";
import { toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { aDueMessage } from "../../../test/fixtures/introduction-message.ts";
import { aWaitingDelivery } from "../../../test/fixtures/waiting-delivery.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { aDirectory, aTenantStore, testTenantOf } from "../../../test/fixtures/tenant.ts";

const at = (time: string) => toInstant(Date.parse(`2026-11-24T${time}:00Z`));

function aTenantWithRows() {
  const testTenant = aTenantStore();
  const { tenant, keys, partition, store } = testTenant;
  const rows = async () => (await partition(keys.dueRows())).map(({ sk }) => String(sk));
  const isDue = async (kind: "outgoing" | "plans", time: string) => {
    await indexesCaughtUp();
    return (await aDirectory().dueFor(kind, at(time))).includes(tenant.tenantId);
  };
  const settle = (time: string, isIdle: boolean) => store.dueRows.settle("outgoing", at(time), isIdle);
  const queue = (id: string, time: string) => store.outbox.queue([aDueMessage(id, at(time))]);
  return { ...testTenant, rows, isDue, settle, queue };
}

describe("a tenant's due rows", () => {
  it("OP01: are one for each minute that something waits for, however much it is", async () => {
    const { queue, rows, isDue, tenant } = aTenantWithRows();
    expect(await isDue("outgoing", "23:59")).toBe(false);
    for (const id of ["a", "b", "c"]) await queue(id, "07:30");
    await queue("d", "09:00");
    expect(await rows()).toEqual(["outgoing#2026-11-24T07:30:00.000Z", "outgoing#2026-11-24T09:00:00.000Z"]);
    expect([await isDue("outgoing", "07:29"), await isDue("outgoing", "07:30")]).toEqual([false, true]);
    expect((await aDirectory().dueFor("outgoing", at("23:59"))).filter((one) => one === tenant.tenantId)).toHaveLength(
      1,
    );
  });

  it("OP01: tell since when the oldest is due that nobody has looked at", async () => {
    const { store, tenant } = aTenantWithRows();
    // Before what the other tests make due.
    const long = (time: string) => toInstant(Date.parse(`2001-03-04T${time}:00Z`));
    const due = async (time: string) => {
      await indexesCaughtUp();
      const { tenants, since } = await aDirectory().dueSince("outgoing", long(time));
      return { isDue: tenants.includes(tenant.tenantId), since };
    };
    await store.outbox.queue([aDueMessage("a", long("07:30")), aDueMessage("b", long("09:00"))]);
    expect(await due("07:29")).toEqual({ isDue: false, since: undefined });
    expect(await due("10:00")).toEqual({ isDue: true, since: long("07:30") });
    await store.dueRows.settle("outgoing", long("08:00"), false);
    expect(await due("10:00")).toEqual({ isDue: true, since: long("09:00") });
    await store.dueRows.settle("outgoing", long("10:00"), false);
    expect(await due("10:00")).toEqual({ isDue: true, since: undefined });
  });

  it("OP01: announce the end of a claim, a retry and a later time before they are written", async () => {
    const { queue, rows, store } = aTenantWithRows();
    await queue("a", "07:30");
    await indexesCaughtUp();
    const [waiting] = await store.outbox.due(at("07:30"), 1);
    if (waiting === undefined) throw new Error("nothing is due");
    await store.outbox.claim(waiting, at("07:36"));
    await store.outbox.markFailed(waiting, { error: "busy", retryAt: at("08:10") });
    await indexesCaughtUp();
    const [again] = await store.outbox.due(at("08:10"), 1);
    if (again === undefined) throw new Error("nothing is due again");
    await store.outbox.postpone(again, at("11:00"), { reason: "quiet-hours" } as never);
    expect(await rows()).toEqual(["07:30", "07:36", "08:10", "11:00"].map((time) => `outgoing#${at(time)}`));
  });

  it("OP01: stay until nothing was found for twenty minutes, and rows of later times stay too", async () => {
    const { queue, rows, settle } = aTenantWithRows();
    await queue("a", "07:30");
    await queue("b", "12:00");
    const [first, later] = await rows();
    await settle("07:30", false);
    await settle("07:49", true);
    expect(await rows()).toEqual([first, later]);
    await settle("07:50", false);
    await settle("08:09", true);
    expect(await rows()).toEqual([first, later]);
    await settle("08:10", true);
    expect(await rows()).toEqual([later]);
  });

  it("OP01: are not removed when another process has announced something meanwhile", async () => {
    const { queue, rows, settle, tenant } = aTenantWithRows();
    await queue("a", "07:30");
    await settle("07:30", true);
    await testTenantOf(tenant).store.outbox.queue([aDueMessage("b", at("07:30"))]);
    await settle("07:50", true);
    expect(await rows()).toEqual([`outgoing#${at("07:30")}`]);
    await settle("08:10", true);
    expect(await rows()).toEqual([]);
  });

  it("OP01: announce what a lead, a deal, an operation, a backtest or a webhook may leave to the plans' sweep", async () => {
    const waits = [
      (own: ReturnType<typeof aTenantWithRows>) =>
        own.store.sales.assignment.reserveSequences(planIdSchema.parse("pln_1"), 1),
      (own: ReturnType<typeof aTenantWithRows>) => own.store.webhooks.replay(aWaitingDelivery(at("07:00"))),
    ];
    for (const wait of waits) {
      const own = aTenantWithRows();
      expect(await own.isDue("plans", "07:00")).toBe(false);
      await wait(own);
      expect(await own.isDue("plans", "07:00")).toBe(true);
      expect(await own.isDue("outgoing", "23:59")).toBe(false);
    }
  });

  it("OP01: of a tenant whose records change, but to whom nothing is due, are none", async () => {
    const { store, rows } = aTenantWithRows();
    await store.imports.saveUsers([{ userId: "u-1", name: "Sanne", role: "rep" } as never]);
    expect(await rows()).toEqual([]);
  });
});
