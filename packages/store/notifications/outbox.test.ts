import { digestSchema } from "@regulars/core/notifications/message";
import type { Notification, NewNotification } from "@regulars/core/notifications/notification";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const at = (time: string) => toInstant(Date.parse(`2026-11-23T${time}:00Z`));

describe("the outbox", () => {
  let testTenant: TestTenant;
  const given = (id: string, { dueAt = at("07:30"), isOnHold = false, asOf = "2026-11-22" } = {}): NewNotification => ({
    id,
    dueAt,
    isOnHold,
    message: digestSchema.parse({
      type: "digest",
      tenantId: testTenant.tenant.tenantId,
      tenantName: "Acme",
      asOf,
      locale: "en",
      userId: "u-1",
      to: { name: "Sanne", address: "sanne@example.com" },
      sections: [],
      link: "https://x.example",
    }),
  });
  const queue = (...notifications: NewNotification[]) => testTenant.store.nightly.queueNotifications(notifications);
  const due = async (time: string, limit = 50) => {
    await indexesCaughtUp();
    return testTenant.store.outbox.due(at(time), limit);
  };
  const only = (notifications: readonly Notification[]): Notification => {
    const [notification, ...more] = notifications;
    if (notification === undefined || more.length > 0) throw new Error(`${notifications.length} deliveries`);
    return notification;
  };
  const listed = async () => only(await all(testTenant.store.outbox.list()));
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("keeps a message with its row in the log for ninety days after it is due", async () => {
    await queue(given("a"));
    const [row] = await testTenant.partition(testTenant.keys.notificationLog());
    const item = await testTenant.item(testTenant.keys.notification("a"));
    // 2027-02-21 07:30 UTC.
    expect([row?.["expiresAt"], item?.["expiresAt"]]).toEqual([1_803_195_000, 1_803_195_000]);
  });

  it("keeps it for the days that the tenant says", async () => {
    testTenant = aTenantStore({ keepDays: 30 });
    await queue(given("a"));
    const item = await testTenant.item(testTenant.keys.notification("a"));
    // 2026-12-23 07:30 UTC.
    expect(item?.["expiresAt"]).toBe(1_798_011_000);
  });

  it("forgets what is older and waits no more, with its rows, and nothing else", async () => {
    await queue(given("sent", { dueAt: at("05:00") }), given("waits", { dueAt: at("05:30") }), given("new"));
    const [first] = await due("05:00");
    if (first === undefined) throw new Error("nothing is due");
    await testTenant.store.outbox.claim(first, at("05:06"));
    await testTenant.store.outbox.markSent(first, at("05:01"), { providerId: "p" });
    expect(await testTenant.store.outbox.forget(at("05:00"))).toBe(0);
    expect(await testTenant.store.outbox.forget(at("07:30"))).toBe(1);
    expect((await all(testTenant.store.outbox.list())).map(({ id }) => id).toSorted()).toEqual(["new", "waits"]);
    const rows = await testTenant.partition(testTenant.keys.notificationLog());
    expect(rows.map((row) => row["id"]).toSorted()).toEqual(["new", "waits"]);
  });

  it("keeps the first click on a message, and none of one that is gone", async () => {
    await queue(given("a"));
    const { outbox } = testTenant.store;
    for (const detail of ["contacted", "snooze-7"]) await outbox.noteClick("a", { at: at("08:00"), detail });
    await outbox.noteClick("gone", { at: at("08:00"), detail: "contacted" });
    expect((await listed()).clicked).toEqual({ at: at("08:00"), detail: "contacted" });
  });

  it("packs a long message, reads it again, and finds it by its reader", async () => {
    const { store, keys } = testTenant;
    const short = given("short");
    const long = {
      ...given("long"),
      message: digestSchema.parse({ ...short.message, tenantName: "Café Ærø ".repeat(200) }),
    };
    await queue(short, long);
    const stored = await testTenant.item(keys.notification("long"));
    expect([stored?.["message"], stored?.["readerId"]]).toEqual([undefined, "u-1"]);
    expect(JSON.stringify(await testTenant.item(keys.notification("short")))).toContain("sanne@example.com");
    await indexesCaughtUp();
    const waiting = await store.outbox.waitingFor(userIdSchema.parse("u-1"));
    expect(waiting.map(({ id, message }) => [id, message])).toEqual([
      ["long", long.message],
      ["short", short.message],
    ]);
    for (const notification of waiting) {
      const other = notification.id === "long" ? short.message : long.message;
      expect(await store.outbox.amend(notification, other)).toBe(true);
      expect((await store.outbox.find(notification.id))?.message).toEqual(other);
    }
    expect(await store.outbox.waitingFor(userIdSchema.parse("u-2"))).toEqual([]);
    expect((await store.outbox.waitingFor(userIdSchema.parse("u-1"))).length).toBe(2);
  });

  it("queues the same notification once", async () => {
    expect(await queue(given("a"), given("b"))).toBe(2);
    expect(await queue(given("b", { dueAt: at("09:00") }), given("c"))).toBe(1);
    expect((await due("23:00")).map(({ id, dueAt }) => [id, dueAt])).toEqual([
      ["a", at("07:30")],
      ["b", at("07:30")],
      ["c", at("07:30")],
    ]);
  });

  it("returns what is due, the exact time included, earliest first, at most the limit", async () => {
    await queue(given("late", { dueAt: at("07:31") }), given("sharp"), given("early", { dueAt: at("06:00") }));
    expect((await due("07:29")).map(({ id }) => id)).toEqual(["early"]);
    expect((await due("07:30")).map(({ id }) => id)).toEqual(["early", "sharp"]);
    expect((await due("08:00", 2)).map(({ id }) => id)).toEqual(["early", "sharp"]);
  });

  it("grants one of two concurrent claims", async () => {
    await queue(given("a"));
    const other = testTenant.another();
    const [mine, theirs] = [only(await due("08:00")), only(await other.store.outbox.due(at("08:00"), 9))];
    const claims = await Promise.all([
      testTenant.store.outbox.claim(mine, at("08:05")),
      other.store.outbox.claim(theirs, at("08:05")),
    ]);
    expect(claims.toSorted()).toEqual([false, true]);
  });

  it("hides a claimed notification until its lease ends; then it may have been sent", async () => {
    await queue(given("a"));
    await testTenant.store.outbox.claim(only(await due("08:00")), at("08:05"));
    expect(await due("08:04")).toEqual([]);
    const again = only(await due("08:05"));
    expect([again.state, again.attempts, again.maybeDuplicate]).toEqual(["sending", 1, undefined]);
    expect(await testTenant.store.outbox.claim(again, at("08:10"))).toBe(true);
    expect(await listed()).toMatchObject({ state: "sending", attempts: 2, maybeDuplicate: true });
  });

  it("keeps a sent notification in the log, and it is not due again", async () => {
    await queue(given("a"));
    const notification = only(await due("08:00"));
    await testTenant.store.outbox.claim(notification, at("08:05"));
    await testTenant.store.outbox.markSent(notification, at("08:01"), { providerId: "ses-1" });
    expect(await listed()).toMatchObject({ state: "sent", sentAt: at("08:01"), providerId: "ses-1", attempts: 1 });
    expect(await due("23:00")).toEqual([]);
  });

  it("makes a failed one due again at its time, with the reason", async () => {
    await queue(given("a"));
    const notification = only(await due("08:00"));
    await testTenant.store.outbox.claim(notification, at("08:05"));
    await testTenant.store.outbox.markFailed(notification, { error: "mailbox full", retryAt: at("08:30") });
    expect(await due("08:29")).toEqual([]);
    expect(only(await due("08:30"))).toMatchObject({ state: "due", attempts: 1, lastError: "mailbox full" });
  });

  it("keeps one that failed for good in the log", async () => {
    await queue(given("a"));
    const notification = only(await due("08:00"));
    await testTenant.store.outbox.claim(notification, at("08:05"));
    await testTenant.store.outbox.markFailed(notification, { error: "no such address" });
    expect(await due("23:00")).toEqual([]);
    expect(await listed()).toMatchObject({ state: "failed", lastError: "no such address" });
  });

  it("does not send again what another process sent after our lease, although our attempt failed", async () => {
    await queue(given("a"));
    const mine = only(await due("08:00"));
    await testTenant.store.outbox.claim(mine, at("08:05"));
    const theirs = only(await due("08:05"));
    await testTenant.store.outbox.claim(theirs, at("08:10"));
    await testTenant.store.outbox.markFailed(mine, { error: "timed out", retryAt: at("08:06") });
    expect(await due("08:09")).toEqual([]);
    await testTenant.store.outbox.markSent(theirs, at("08:06"), { providerId: "ses-2" });
    await testTenant.store.outbox.markFailed(mine, { error: "timed out", retryAt: at("08:07") });
    expect(await listed()).toMatchObject({ state: "sent", providerId: "ses-2" });
  });

  /** All pages of the log, with the usage of reading them. */
  const pages = async (limit: number, state?: Notification["state"]) => {
    const ids: string[][] = [];
    const readBefore = testTenant.store.usage.itemsRead;
    let before: string | undefined;
    do {
      const page = await testTenant.store.outbox.page({ limit, state, before });
      ids.push(page.notifications.map(({ id }) => id));
      before = page.next;
    } while (before !== undefined);
    return { ids, itemsRead: testTenant.store.usage.itemsRead - readBefore };
  };
  const giveUp = async (time: string) => {
    for (const notification of await due(time)) {
      await testTenant.store.outbox.claim(notification, at("23:00"));
      await testTenant.store.outbox.markFailed(notification, { error: "no such address" });
    }
  };

  it("lists the latest due time first, page by page, and reads one page of rows for each", async () => {
    const told25 = Array.from({ length: 25 }, (_, i) => given(`n-${i}`, { dueAt: at(`07:${10 + i}`) }));
    await queue(...told25);
    const newest = told25.map(({ id }) => id).toReversed();
    const { ids, itemsRead } = await pages(10);
    expect(ids).toEqual([newest.slice(0, 10), newest.slice(10, 20), newest.slice(20)]);
    // Each page reads its rows and one more, and their notifications.
    expect(itemsRead).toBe(10 + 1 + 10 + (10 + 1 + 10) + (5 + 5));
    expect((await pages(25)).ids).toEqual([newest]);
  });

  it("lists each once, at its current due time, also after it was released or retried", async () => {
    await queue(
      given("held", { isOnHold: true, dueAt: at("06:00") }),
      given("sharp"),
      given("gone", { dueAt: at("05:00") }),
    );
    await giveUp("06:00");
    expect((await pages(1)).ids.flat()).toEqual(["sharp", "held", "gone"]);
    await testTenant.store.nightly.releaseHeld(day("2026-11-22"), () => at("09:00"), true);
    await indexesCaughtUp();
    expect(await testTenant.store.outbox.retryFailed(at("10:00"))).toBe(1);
    expect((await pages(1)).ids.flat()).toEqual(["gone", "held", "sharp"]);
    expect((await pages(50)).ids.flat()).toEqual(["gone", "held", "sharp"]);
    expect(only(await due("23:00", 1)).id).toBe("sharp");
  });

  it("lists those of one state, however far apart", async () => {
    await queue(given("first", { dueAt: at("06:00") }));
    await giveUp("06:00");
    await queue(...Array.from({ length: 130 }, (_, i) => given(`n-${i}`)));
    await queue(given("last", { dueAt: at("05:00") }));
    await giveUp("05:30");
    expect((await pages(1, "failed")).ids.flat()).toEqual(["first", "last"]);
    expect((await pages(200, "due")).ids.flat()).toHaveLength(130);
    expect((await pages(200, "sent")).ids).toEqual([[]]);
  });

  it("keeps notifications on hold until their day is released", async () => {
    await queue(given("a", { isOnHold: true }), given("b", { isOnHold: true, asOf: "2026-11-21" }));
    expect(await due("23:00")).toEqual([]);
    expect(await testTenant.store.nightly.releaseHeld(day("2026-11-22"), () => at("09:00"), true)).toBe(1);
    expect(await testTenant.store.nightly.releaseHeld(day("2026-11-22"), () => at("10:00"), true)).toBe(0);
    expect(only(await due("09:00"))).toMatchObject({ id: "a", state: "due", dueAt: at("09:00") });
  });
});
