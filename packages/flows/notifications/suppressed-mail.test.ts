import { type User, userSchema } from "@regulars/core/access/user";
import type { AlertRoute, AlertRouting, SlackTold } from "@regulars/core/notifications/alert-route";
import { readerOf } from "@regulars/core/notifications/readers-language";
import type { MailEvent } from "@regulars/core/notifications/mail-event";
import { digestSchema } from "@regulars/core/notifications/message";
import type { MessageSender, Notification } from "@regulars/core/notifications/notification";
import { toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { liftSuppression, noteMailEvent } from "./note-mail-event.ts";
import { noticeEmail } from "@regulars/render/notice";
import { aStoredAlert } from "@regulars/render/testing";
import { sendDue } from "./send-due.ts";
import { withWay, withoutSuppressed } from "./unless-suppressed.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const MONDAY = Date.parse("2026-11-23T07:30:00.000Z");

const user = (userId: string, role: string, parts: object = {}): User =>
  userSchema.parse({ userId, name: userId.toUpperCase(), role, email: `${userId}@acme.example`, ...parts });

/** Everybody's address is made of their id. */
const mailboxOf = (message: SlackTold): AlertRoute["mail"] => {
  const userId = readerOf(message);
  return userId === undefined ? undefined : { name: userId.toUpperCase(), address: `${userId}@acme.example` };
};

describe("a message to an address that mail came back from", () => {
  let testTenant: TestTenant;
  let sent: string[];

  const messageSender: MessageSender = {
    deliver: (message) => {
      sent.push(message.type === "alert" ? "slack" : `${message.type} to ${message.to.address}`);
      return Promise.resolve({ providerId: "p" });
    },
  };
  const note = (parts: Partial<MailEvent> = {}, other: TestTenant = testTenant) =>
    noteMailEvent({
      suppressions: other.store.suppressions,
      outbox: other.store.outbox,
      event: {
        id: "f-1",
        at: toInstant(MONDAY),
        fate: "bounced",
        isPermanent: true,
        addresses: ["Ase@ACME.example"],
        detail: "550 unknown user",
        notificationId: "digest:1",
        ...parts,
      },
    });
  const queueDigest = (id: string, dueAtMs = MONDAY, userId = "ase") =>
    testTenant.store.nightly.queueNotifications([
      {
        id,
        dueAt: toInstant(dueAtMs),
        isOnHold: false,
        message: digestSchema.parse({
          type: "digest",
          tenantId: testTenant.tenant.tenantId,
          tenantName: "Acme",
          asOf: "2026-11-22",
          locale: "en",
          userId,
          to: { name: userId.toUpperCase(), address: `${userId}@acme.example` },
          sections: [],
          link: "https://x.example",
        }),
      },
    ]);
  const send = async (nowMs = MONDAY) => {
    await indexesCaughtUp();
    const { store, tenant } = testTenant;
    const now = toInstant(nowMs);
    const input = { outbox: store.outbox, messageSender, texts: () => undefined, clock: () => nowMs };
    const byMail: AlertRouting = {
      routeOf: (message) => Promise.resolve({ places: [], mail: mailboxOf(message) }),
    };
    const alerts = withoutSuppressed(byMail, store.suppressions);
    return sendDue({ ...input, addressed: (message) => withWay(message, { tenant, store, alerts, now }) });
  };
  const logged = async (id: string): Promise<Notification | undefined> =>
    (await all(testTenant.store.outbox.list())).find((one) => one.id === id);

  beforeEach(async () => {
    testTenant = aTenantStore();
    sent = [];
    await testTenant.store.imports.saveUsers([
      user("ase", "rep", { teamId: "north" }),
      user("bo", "rep"),
      user("mia", "manager", { teamId: "north" }),
      user("olga", "admin"),
    ]);
  });

  it("BX18: is not sent but logged with the reason, and the manager of the team is told once", async () => {
    expect(await note()).toEqual(["ase@acme.example"]);
    await queueDigest("digest:2");
    await send();
    expect(sent).toEqual([]);
    expect(await logged("digest:2")).toMatchObject({
      state: "suppressed",
      lastError: "no mail is sent to ase@acme.example: the address does not take mail (2026-11-23: 550 unknown user)",
    });
    await queueDigest("digest:3");
    await send();
    await send();
    expect(sent).toEqual(["notice to mia@acme.example"]);
    const notices = (await all(testTenant.store.outbox.list())).filter(({ message }) => message.type === "notice");
    expect(notices.map(({ message }) => message)).toMatchObject([{ reader: "manager", userId: "mia" }]);
    const told = notices.map(({ message }) => (message.type === "notice" ? noticeEmail(message, () => undefined) : ""));
    expect(told).toMatchObject([{ subject: "Acme Foods: ASE gets no e-mail" }]);
    expect(JSON.stringify(told)).toContain(
      "No mail is sent to ASE at ase@acme.example: since Nov 23, 2026 the address does not take mail (550 unknown user).",
    );
  });

  it("BX18: tells the manager of an alert that can go nowhere else, and logs why", async () => {
    await note();
    await testTenant.store.nightly.queueNotifications([
      {
        id: "alert:1",
        dueAt: toInstant(MONDAY),
        isOnHold: false,
        message: aStoredAlert({ tenantId: testTenant.tenant.tenantId, rep: { userId: "ase", name: "ASE" } }),
      },
    ]);
    await send();
    await send();
    expect(await logged("alert:1")).toMatchObject({
      state: "suppressed",
      lastError: "no mail is sent to ase@acme.example: the address does not take mail (2026-11-23: 550 unknown user)",
    });
    expect(sent).toEqual(["notice to mia@acme.example"]);
  });

  it("BX18: tells the admins where the manager's address takes no mail either", async () => {
    await note();
    await note({ id: "f-2", addresses: ["mia@acme.example"] });
    await queueDigest("digest:2");
    await send();
    await send();
    expect(sent).toEqual(["notice to olga@acme.example"]);
  });

  it("is told to the admins where there is no manager, and anew each week", async () => {
    await note({ addresses: ["bo@acme.example"] });
    await queueDigest("digest:bo:1", MONDAY, "bo");
    await send();
    await send();
    const nextWeek = MONDAY + 7 * 86_400_000;
    await queueDigest("digest:bo:2", nextWeek, "bo");
    await send(nextWeek);
    await send(nextWeek);
    expect(sent).toEqual(["notice to olga@acme.example", "notice to olga@acme.example"]);
  });

  it("is sent again once an admin has lifted it, also when the old bounce is told again", async () => {
    await note();
    const now = toInstant(MONDAY + 60_000);
    const { suppressions } = testTenant.store;
    expect(await liftSuppression({ suppressions, address: "ASE@acme.example", by: "olga", now })).toMatchObject({
      ok: true,
      value: { suppressed: { reason: "permanent-bounce" } },
    });
    expect(await note()).toEqual([]);
    await queueDigest("digest:2");
    await send();
    expect(sent).toEqual(["digest to ase@acme.example"]);
    expect(await liftSuppression({ suppressions, address: "ase@acme.example", by: "olga", now })).toMatchObject({
      ok: false,
      reason: "not-suppressed",
    });
  });

  it("does not stop another tenant's mail to the same address", async () => {
    await note({}, aTenantStore());
    await queueDigest("digest:2");
    await send();
    expect(sent).toEqual(["digest to ase@acme.example"]);
  });

  it("lists the addresses with page after page, without those that may still be written to", async () => {
    const { suppressions } = testTenant.store;
    for (const name of ["cy", "ase", "bo"]) await note({ id: name, addresses: [`${name}@acme.example`] });
    await note({ id: "once", addresses: ["dan@acme.example"], isPermanent: false });
    const first = await suppressions.page({ limit: 2 });
    expect(first.records.map(({ address }) => address)).toEqual(["ase@acme.example", "bo@acme.example"]);
    const rest = await suppressions.page({ limit: 2, after: first.next });
    expect(rest).toMatchObject({ records: [{ address: "cy@acme.example" }] });
    expect(rest.next).toBeUndefined();
  });

  it("keeps what happened to a mail in its log, the first report of each fate", async () => {
    await queueDigest("digest:1");
    await send();
    const at = toInstant(MONDAY + 1_000);
    await note({ fate: "delivered", at, detail: "250 ok" });
    await note({ fate: "delivered", at: toInstant(MONDAY + 9_000) });
    await note();
    expect(await logged("digest:1")).toMatchObject({
      state: "sent",
      delivered: { at, detail: "250 ok" },
      bounced: { at: "2026-11-23T07:30:00.000Z", detail: "550 unknown user" },
    });
    await note({ notificationId: "of nobody" });
    expect(await logged("of nobody")).toBeUndefined();
  });

  it("is counted once by writers at the same time", async () => {
    const bounces = Array.from({ length: 8 }, (_, i) => note({ id: `b-${i % 3}`, isPermanent: false }));
    await Promise.all(bounces);
    expect((await testTenant.store.suppressions.find("ase@acme.example"))?.suppressed?.reason).toBe("repeated-bounces");
  });
});
