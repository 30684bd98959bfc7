import { customerIdSchema, minor, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { all, aTenantStore } from "../../../test/fixtures/tenant.ts";

const rep = (id: string, timeZone?: string) => ({
  userId: userIdSchema.parse(id),
  name: id,
  email: `${id}@example.com`,
  role: "rep" as const,
  timeZone,
});

describe("a nightly run's messages", () => {
  let fixture: InsightTenant;
  const listed = () => all(fixture.testTenant.store.outbox.list());
  const digestOf = async (id: string) => {
    const message = (await listed()).find((one) => one.id === id)?.message;
    if (message?.type !== "digest") throw new Error(`there is no digest ${id}`);
    return {
      counts: message.sections.map(({ kind, count, newCount }) => [kind, count, newCount]),
      lines: message.lines.map((line) => [line.customerId, line.isNew]),
    };
  };
  beforeEach(async () => {
    fixture = anInsightTenant({}, aTenantStore());
    await fixture.testTenant.store.imports.saveUsers([rep("u-1"), rep("u-2", "Pacific/Kiritimati")]);
  });

  it("A2: of a rep who has left go to the active manager of the team, the rep gets nothing", async () => {
    const { store } = fixture.testTenant;
    const manager = { role: "manager" as const, teamId: "north" };
    await store.imports.saveUsers([
      { ...rep("u-1"), teamId: "north", isActive: false },
      { ...rep("m-1"), ...manager, isActive: false },
      { ...rep("m-2"), ...manager },
      { ...rep("m-3"), ...manager, teamId: "south" },
    ]);
    await fixture.customers({ silent: "u-1" });
    await fixture.orders("silent", RHYTHM);
    await fixture.nightly("2026-09-24");
    const messages = (await listed()).map(({ message }) => message);
    expect(messages.flatMap((one) => (one.type === "digest" ? [one.to.address] : []))).toEqual(["m-2@example.com"]);
    expect(
      (
        await store.nightly.finding({
          kind: "churn-risk",
          subject: { type: "customer", id: customerIdSchema.parse("silent") },
        })
      )?.repId,
    ).toBe("u-1");
  });

  it("FY05, FY22, FY26 end with the week's sales and the lowest performers of the rep's own page", async () => {
    const page = anInsightTenant();
    const { store } = page.testTenant;
    await store.imports.saveUsers([rep("u-1"), rep("u-2")]);
    await page.customers({ silent: "u-1", low: "u-1", best: "u-1", other: "u-2" });
    await page.orders("silent", RHYTHM);
    const sold = (quantity: number, netMinor: number) => [{ itemId: "rye", quantity, netMinor: minor(netMinor) }];
    await page.sales("low", [{ on: "2026-09-24", lines: sold(2, 4_000) }]);
    await page.sales("best", [
      { on: "2026-09-17", lines: sold(9, 9_000) },
      { on: "2026-09-18", lines: sold(30, 8_000) },
    ]);
    await page.sales("other", [{ on: "2026-09-24", lines: sold(1, 100) }]);
    await page.nightly("2026-09-24");
    const notifications = await all(store.outbox.list());
    const digest = notifications.find(({ id }) => id === "digest:u-1:2026-09-24")?.message;
    const shown = await page.page("2026-09-24", { rep: "u-1" });
    const { weeklySales, lowestPerformers } = shown.insights;
    expect(digest).toMatchObject({
      sales: {
        from: "2026-09-18",
        to: "2026-09-24",
        salesMinor: 12_000,
        previousMinor: 9_000,
        changePct: 33.3,
        lowest: {
          windowDays: 30,
          customers: 2,
          rows: [
            { customerName: "LOW", units: 2, salesMinor: 4_000 },
            { customerName: "BEST", units: 39, salesMinor: 17_000 },
          ],
        },
      },
    });
    expect(weeklySales).toMatchObject({ salesMinor: 12_000, previousMinor: 9_000, changePct: 33.3 });
    expect(lowestPerformers.lowest.map(({ customerId }) => customerId)).toEqual(["low", "best"]);
    expect(JSON.stringify(digest)).not.toContain("grossProfit");
    // Sales figures alone are no reason for a digest.
    expect(notifications.map(({ id }) => id)).not.toContain("digest:u-2:2026-09-24");
  });

  it("are one digest per rep with open findings of medium and high new ones first and marked, then in the order of the list", async () => {
    await fixture.customers({ silent: "u-1", debtor: "u-1", late: "u-1", quarrel: "u-1", other: "u-2", happy: "u-1" });
    await fixture.orders("silent", RHYTHM);
    await fixture.orders(
      "happy",
      RHYTHM.map((on) => on.replace("2026", "2025")),
    );
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    await fixture.invoice("late", "L-1", "2026-08-01");
    await fixture.invoice("quarrel", "Q-1", "2026-08-01", true);
    await fixture.invoice("other", "O-1", "2026-09-24");
    await fixture.nightly("2026-09-24");
    const digests = (await listed()).filter(({ message }) => message.type === "digest").map(({ id }) => id);
    expect(digests).toEqual(["digest:u-1:2026-09-24", "digest:u-2:2026-09-24"]);
    // The late one is high, and told at once: it is counted and has no line, today and later.
    expect(await digestOf("digest:u-1:2026-09-24")).toEqual({
      counts: [
        ["overdue-payments", 2, 2],
        ["churn-risk", 1, 1],
      ],
      lines: [
        ["debtor", true],
        ["silent", true],
      ],
    });
    // The silent one is high from this day on.
    await fixture.invoice("happy", "H-1", "2026-09-25");
    await fixture.nightly("2026-09-25");
    expect(await digestOf("digest:u-1:2026-09-25")).toEqual({
      counts: [
        ["overdue-payments", 3, 1],
        ["churn-risk", 1, 0],
      ],
      lines: [
        ["happy", true],
        ["debtor", false],
      ],
    });
  });

  it("show the first ten entries of the list and count the others", async () => {
    const ids = Array.from({ length: 14 }, (_, i) => `c-${String(i).padStart(2, "0")}`);
    await fixture.customers(Object.fromEntries(ids.map((id) => [id, "u-1"])));
    for (const [i, id] of ids.entries())
      await fixture.invoice(id, `I-${id}`, `2026-09-${String(5 + i).padStart(2, "0")}`);
    await fixture.nightly("2026-09-24");
    expect(await digestOf("digest:u-1:2026-09-24")).toEqual({
      counts: [["overdue-payments", 14, 14]],
      lines: ids.slice(0, 10).map((id) => [id, true]),
    });
  });

  it("are none without findings", async () => {
    await fixture.customers({ quarrel: "u-1" });
    await fixture.invoice("quarrel", "Q-1", "2026-08-01", true);
    expect((await fixture.nightly("2026-09-24")).messagesQueued).toBe(0);
    expect(await fixture.outbox()).toEqual({});
  });

  it("wait for each rep's own morning when the clock starts the nightly run, alerts for the end of quiet hours", async () => {
    await fixture.customers({ late: "u-1", other: "u-2" });
    await fixture.invoice("late", "L-1", "2026-08-01");
    await fixture.invoice("late", "L-2", "2026-09-24");
    await fixture.invoice("other", "O-1", "2026-09-24");
    await fixture.customers({ debtor: "u-1" });
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    const dueAt = Object.fromEntries((await listed()).map((one) => [one.id, one.dueAt]));
    expect(dueAt).toEqual({
      "alert:overdue-payments:late:2026-08-01": "2026-09-25T07:00:00.000Z",
      "digest:u-1:2026-09-24": "2026-09-25T07:30:00.000Z",
      // Sent at once: that morning has passed on Kiritimati, where it is 17:00. The next runs find theirs queued.
      "digest:u-2:2026-09-24": "2026-09-25T03:00:00.000Z",
      "digest:u-2:2026-09-25": "2026-09-25T17:30:00.000Z",
    });
  });

  it("are put on hold without sending, and released once by the same nightly run with sending", async () => {
    await fixture.customers({ late: "u-1", debtor: "u-1" });
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    await fixture.invoice("late", "L-1", "2026-08-01");
    expect((await fixture.nightly("2026-09-24", { isOnHold: true })).messagesQueued).toBe(2);
    expect(await fixture.outbox()).toEqual({
      "alert:overdue-payments:late:2026-08-01": "on-hold",
      "digest:u-1:2026-09-24": "on-hold",
    });
    expect((await fixture.nightly("2026-09-24", { isOnHold: true })).messagesQueued).toBe(0);
    expect((await fixture.nightly("2026-09-24")).messagesQueued).toBe(2);
    expect(await fixture.outbox()).toEqual({
      "alert:overdue-payments:late:2026-08-01": "due",
      "digest:u-1:2026-09-24": "due",
    });
    expect((await fixture.nightly("2026-09-24")).messagesQueued).toBe(0);
  });

  it("are not sent by a nightly run of another day", async () => {
    await fixture.customers({ late: "u-1" });
    await fixture.invoice("late", "L-1", "2026-08-01");
    await fixture.nightly("2026-09-24", { isOnHold: true });
    await fixture.nightly("2026-09-25");
    expect(await fixture.outbox()).toEqual({
      "alert:overdue-payments:late:2026-08-01": "on-hold",
      "digest:u-1:2026-09-24": "on-hold",
      "digest:u-1:2026-09-25": "due",
    });
  });
});
