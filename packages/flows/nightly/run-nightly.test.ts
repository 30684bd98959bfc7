import type { User } from "@regulars/core/access/user";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type UserId, day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const rep = (id: string, parts: Partial<User> = {}): User => ({
  userId: userIdSchema.parse(id),
  name: id,
  email: `${id}@example.com`,
  role: "rep",
  ...parts,
});

/**
 * One customer of each sort on 2026-09-24: silent is medium, debtor medium, late high, quiet watch, disputed disputed.
 */
async function aTroubledTenant(): Promise<InsightTenant> {
  const fixture = anInsightTenant({}, aTenantStore());
  await fixture.testTenant.store.imports.saveUsers([rep("u-1"), rep("u-2"), { ...rep("u-3"), email: undefined }]);
  await fixture.customers({
    silent: "u-1",
    debtor: "u-1",
    late: "u-9",
    quiet: "u-2",
    disputed: "u-2",
    mute: "u-3",
    fine: "u-1",
  });
  await fixture.orders("silent", RHYTHM);
  await fixture.orders(
    "quiet",
    RHYTHM.map((on) => new Date(Date.parse(on) + 15 * 86_400_000).toISOString().slice(0, 10)),
  );
  await fixture.invoice("debtor", "D-1", "2026-09-01");
  await fixture.invoice("late", "L-1", "2026-08-01");
  await fixture.invoice("disputed", "X-1", "2026-08-01", true);
  await fixture.invoice("mute", "M-1", "2026-09-01");
  await fixture.invoice("fine", "F-1", "2026-10-01");
  return fixture;
}

/** What is to act on and in nobody's digest, of this tenant. */
const UNTOLD = [
  { reason: "unknown-user", entries: 1, customers: 1, first: ["late"], users: ["u-9"] },
  { reason: "no-address", entries: 1, customers: 1, first: ["mute"], users: ["u-3"] },
];

describe("a nightly run", () => {
  let fixture: InsightTenant;
  beforeEach(async () => {
    fixture = await aTroubledTenant();
  });

  it("stores the findings of every kind, and counts them", async () => {
    expect(await fixture.nightly("2026-09-24")).toEqual({
      tenantId: fixture.testTenant.tenant.tenantId,
      asOf: "2026-09-24",
      customers: 7,
      findings: { added: 6, ongoing: 0, resolved: 0 },
      kinds: {
        "overdue-payments": { eligible: 5, found: 4, added: 4 },
        "churn-risk": { eligible: 2, found: 2, added: 2 },
        "lost-items": { eligible: 0, found: 0, added: 0 },
      },
      messagesQueued: 2,
      isOnHold: false,
      untold: UNTOLD,
    });
    expect(await fixture.findings()).toEqual({
      "churn-risk quiet": "watch u-2 2026-09-24",
      "churn-risk silent": "medium u-1 2026-09-24",
      "overdue-payments debtor": "medium u-1 2026-09-24",
      "overdue-payments disputed": "watch u-2 2026-09-24",
      "overdue-payments late": "high nobody 2026-09-24",
      "overdue-payments mute": "medium u-3 2026-09-24",
    });
    expect(await fixture.outbox()).toEqual({
      "alert:overdue-payments:late:2026-08-01": "due",
      "digest:u-1:2026-09-24": "due",
    });
  });

  it("holds what it has read of eight shards, of all sixteen only what is packed", async () => {
    const { nightly: store } = fixture.testTenant.store;
    let [held, most] = [0, 0];
    const counting: NightlyStore = {
      ...store,
      snapshots: (...given) => {
        held += 1;
        most = Math.max(most, held);
        return store.snapshots(...given);
      },
      callList: {
        ...store.callList,
        pack: (content) => {
          held -= 1;
          return store.callList.pack(content);
        },
      },
    };
    await fixture.nightly("2026-09-24", { store: counting });
    expect([most, held]).toEqual([8, 0]);
  });

  it("F6: says whom nobody will tell until somebody does", async () => {
    await fixture.nightly("2026-09-24");
    await fixture.testTenant.store.imports.saveUsers([rep("u-9"), rep("u-3")]);
    expect(await fixture.nightly("2026-09-25")).not.toHaveProperty("untold");
    expect(await fixture.testTenant.store.nightly.lastNightly()).not.toHaveProperty("untold");
  });

  it("F6: says of users who have left that nobody stands in for them", async () => {
    await fixture.testTenant.store.imports.saveUsers([rep("u-1", { isActive: false })]);
    const { untold } = await fixture.nightly("2026-09-24");
    expect(untold?.find(({ reason }) => reason === "user-left")).toEqual({
      reason: "user-left",
      entries: 2,
      customers: 2,
      first: ["debtor", "silent"],
      users: ["u-1"],
    });
  });

  it("run twice writes nothing and sends nothing the second time", async () => {
    await fixture.nightly("2026-09-24");
    const before = [await fixture.findings(), await fixture.outbox()];
    let again: Awaited<ReturnType<InsightTenant["nightly"]>> | undefined;
    const writes = await fixture.testTenant.writesOf(async () => {
      again = await fixture.nightly("2026-09-24");
    });
    expect([writes, again?.messagesQueued, again?.findings]).toEqual([0, 0, { added: 0, ongoing: 6, resolved: 0 }]);
    expect([await fixture.findings(), await fixture.outbox()]).toEqual(before);
  });

  it("of the next day, without events, rewrites only what has reached another level", async () => {
    await fixture.nightly("2026-09-24");
    // One finding, and again with its alert, the digest of u-1, a log row for each of these two messages, the nightly
    // run's record, the night's figures, and the lists of the three users and of nobody.
    expect(await fixture.testTenant.writesOf(() => fixture.nightly("2026-09-25"))).toBe(12);
    expect((await fixture.findings())["churn-risk silent"]).toBe("high u-1 2026-09-24");
    expect((await fixture.outbox())["alert:churn-risk:silent:2026-08-10"]).toBe("due");
    // No level changes: the digest with its log row, the record, the figures and the lists.
    expect(await fixture.testTenant.writesOf(() => fixture.nightly("2026-09-26"))).toBe(8);
  });

  it("leaves findings of an unknown rep without a rep, also in alerts", async () => {
    await fixture.nightly("2026-09-24");
    await indexesCaughtUp();
    const listed = async (repId?: UserId) =>
      (await all(fixture.testTenant.store.nightly.ofRep(repId))).map(({ subject }) => subject.id);
    expect(await listed()).toEqual(["late"]);
    expect(await listed(userIdSchema.parse("u-9"))).toEqual([]);
    const alert = (await all(fixture.testTenant.store.outbox.list())).find(
      ({ id }) => id === "alert:overdue-payments:late:2026-08-01",
    );
    expect(alert?.message).toMatchObject({
      type: "alert",
      asOf: "2026-09-24",
      line: { customerName: "LATE", level: "high", isNew: true },
    });
    expect(alert?.message).not.toHaveProperty("rep");
  });

  it("assigns findings to a rep who has become a user", async () => {
    await fixture.nightly("2026-09-24");
    await fixture.testTenant.store.imports.saveUsers([rep("u-9")]);
    await fixture.nightly("2026-09-25");
    expect((await fixture.findings())["overdue-payments late"]).toBe("high u-9 2026-09-24");
  });

  it("removes findings that no longer hold", async () => {
    await fixture.nightly("2026-09-24");
    await fixture.payment("D-1", "2026-09-25");
    await fixture.orders("silent", ["2026-09-25"]);
    expect((await fixture.nightly("2026-09-25")).findings).toEqual({ added: 0, ongoing: 4, resolved: 2 });
    expect(Object.keys(await fixture.findings())).toEqual([
      "churn-risk quiet",
      "overdue-payments disputed",
      "overdue-payments late",
      "overdue-payments mute",
    ]);
    expect(await all(fixture.testTenant.store.nightly.ofRep(userIdSchema.parse("u-1")))).toEqual([]);
  });

  it("does not alert again when the same silence comes back, as after an order that is cancelled", async () => {
    await fixture.nightly("2026-09-25");
    await fixture.orders("silent", ["2026-09-26"]);
    await fixture.nightly("2026-09-26");
    expect(await fixture.findings()).not.toHaveProperty("churn-risk silent");
    await fixture.orders("silent", ["2026-09-26"], "cancelled");
    await fixture.nightly("2026-09-27");
    expect((await fixture.findings())["churn-risk silent"]).toBe("high u-1 2026-09-27");
    const alerts = Object.keys(await fixture.outbox()).filter((id) => id.startsWith("alert:churn-risk"));
    expect(alerts).toEqual(["alert:churn-risk:silent:2026-08-10"]);
  });

  it("lets today's events remove a finding and add none", async () => {
    await fixture.orders("silent", ["2026-09-25"]);
    await fixture.payment("D-1", "2026-09-25");
    await fixture.invoice("fine", "F-2", "2026-09-25");
    await fixture.nightly("2026-09-24");
    expect(Object.keys(await fixture.findings())).toEqual([
      "churn-risk quiet",
      "overdue-payments disputed",
      "overdue-payments late",
      "overdue-payments mute",
    ]);
  });

  it("ignores today's events if its day is further back", async () => {
    await fixture.orders("silent", ["2026-09-25"]);
    await fixture.nightly("2026-09-24", { now: toInstant(Date.parse("2026-09-27T03:00:00Z")) });
    expect((await fixture.findings())["churn-risk silent"]).toBe("medium u-1 2026-09-24");
  });

  it("of a day that is not over is refused before anything is written", async () => {
    const early = fixture.nightly("2026-09-24", { now: toInstant(Date.parse("2026-09-24T23:59:59Z")) });
    await expect(early).rejects.toThrow("2026-09-24 is not over yet in UTC: the last completed day is 2026-09-23");
    expect(await fixture.findings()).toEqual({});
  });

  it("stores its counts as the tenant's last nightly run", async () => {
    await fixture.nightly("2026-09-24");
    expect(await fixture.testTenant.store.nightly.lastNightly()).toEqual({
      ahead: [],
      asOf: day("2026-09-24"),
      customers: 7,
      kinds: {
        "overdue-payments": { eligible: 5, found: 4 },
        "churn-risk": { eligible: 2, found: 2 },
        "lost-items": { eligible: 0, found: 0 },
      },
      untold: UNTOLD,
      callList: { version: expect.any(String), shards: Array.from({ length: 16 }, () => expect.any(String)) },
      lists: expect.any(String),
    });
  });

  it("F0: of a day before the last nightly run's writes and sends nothing", async () => {
    await fixture.customers({ cafe: "rep" });
    await fixture.orders("cafe", RHYTHM);
    await fixture.nightly("2026-09-25");
    const before = { findings: await fixture.findings(), outbox: await fixture.outbox() };
    for (const input of [{}, { isOnHold: true }, { isScheduled: true }]) {
      const late = await fixture.nightly("2026-09-14", input);
      expect(late).toMatchObject({ customers: 0, messagesQueued: 0, laterRunOn: "2026-09-25" });
      expect(await fixture.testTenant.writesOf(() => fixture.nightly("2026-09-14", input))).toBe(0);
    }
    expect({ findings: await fixture.findings(), outbox: await fixture.outbox() }).toEqual(before);
    expect((await fixture.testTenant.store.nightly.lastNightly())?.asOf).toBe("2026-09-25");
  });

  it("F0: of a day before the last nightly run's, when forced, saves findings and keeps its messages on hold", async () => {
    await fixture.customers({ cafe: "rep" });
    await fixture.orders("cafe", RHYTHM);
    await fixture.nightly("2026-09-25");
    const before = await fixture.outbox();
    expect(await fixture.nightly("2026-09-14", { mayRewind: true })).toMatchObject({ isOnHold: true });
    const added = Object.entries(await fixture.outbox()).filter(([id]) => !(id in before));
    expect(added.map(([, state]) => state)).toEqual(added.map(() => "on-hold"));
    expect((await fixture.testTenant.store.nightly.lastNightly())?.asOf).toBe("2026-09-14");
  });
});
