import { alertSchema, digestSchema } from "@regulars/core/notifications/message";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { noteMailEvent } from "./note-mail-event.ts";
import { readLog } from "./read-log.ts";
import { resend } from "./resend.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const at = (time: string) => toInstant(Date.parse(`2026-11-23T${time}:00Z`));
const ID = "digest:anna:2026-11-22";
let testTenant: TestTenant;

beforeEach(async () => {
  testTenant = aTenantStore();
  await testTenant.store.nightly.queueNotifications([
    { id: ID, dueAt: at("07:30"), isOnHold: false, message: digest() },
  ]);
});

const digest = () =>
  digestSchema.parse({
    type: "digest",
    tenantId: testTenant.tenant.tenantId,
    tenantName: "Acme",
    asOf: "2026-11-22",
    locale: "en",
    userId: "anna",
    to: { name: "Anna", address: "Anna@we.example" },
    sections: [],
    link: "https://x.example",
  });
const outbox = () => testTenant.store.outbox;
const claimed = async (time = "08:00") => {
  await indexesCaughtUp();
  const [due] = await outbox().due(at(time), 1);
  if (due === undefined) throw new Error("nothing is due");
  await outbox().claim(due, at("09:06"));
  return due;
};
const send = async () => outbox().markSent(await claimed(), at("08:00"), { providerId: "ses-1" });
const again = (notificationId = ID, time = "09:00") =>
  resend({
    log: outbox(),
    suppressions: testTenant.store.suppressions,
    addressOfUser: (userId) => Promise.resolve(`${userId}@we.example`),
    notificationId,
    by: "user:ada",
    now: at(time),
  });
const log = async () =>
  (await readLog({ outbox: outbox(), most: 50 })).notifications.map(({ id, state, note }) => [id, state, note]);
const bounce = () =>
  noteMailEvent({
    ...testTenant.store,
    event: { id: "e", at: at("08:01"), fate: "bounced", isPermanent: true, addresses: ["anna@we.example"] },
  });

describe("sending one message again", () => {
  it("makes a further message of one that was sent, with a line of its own that says who did it", async () => {
    await send();
    const resent = await again();
    expect(resent).toEqual({ ok: true, value: { notificationId: `again:2026-11-23T09:00:00.000Z|${ID}` } });
    expect(await log()).toEqual([
      [`again:2026-11-23T09:00:00.000Z|${ID}`, "due", "sent again by user:ada"],
      [ID, "sent", undefined],
    ]);
    expect(await again()).toMatchObject({ ok: false, reason: "changed-meanwhile" });
  });

  it("names the first one also when what was sent again is sent once more", async () => {
    await send();
    const first = await again();
    await outbox().markSent(await claimed("09:00"), at("09:01"), { providerId: "ses-2" });
    expect(first.ok && (await again(first.value.notificationId, "10:00"))).toEqual({
      ok: true,
      value: { notificationId: `again:2026-11-23T10:00:00.000Z|${ID}` },
    });
  });

  it("tries a failed one itself again, which keeps its one line", async () => {
    await outbox().markFailed(await claimed(), { error: "mailbox full" });
    expect(await again()).toEqual({ ok: true, value: { notificationId: ID } });
    expect(await log()).toEqual([[ID, "due", undefined]]);
    expect(await again()).toMatchObject({
      ok: false,
      reason: "not-sent",
      message: expect.stringMatching(/due at 2026-11-23T09:00/),
    });
  });

  it("refuses an address that takes no mail, with the reason, and an alert that went there", async () => {
    await send();
    await bounce();
    const refused = {
      ok: false,
      reason: "suppressed",
      message: expect.stringMatching(
        /^no mail is sent to anna@we\.example: the address does not take mail \(2026-11-23\)\. Send to the address again first$/i,
      ),
    };
    expect(await again()).toEqual(refused);
    const { tenantId } = testTenant.tenant;
    const alert = alertSchema.parse({
      ...digest(),
      type: "alert",
      kind: "churn-risk",
      rep: { userId: userIdSchema.parse("anna"), name: "Anna" },
      line: {
        findingId: "churn-risk:acme",
        level: "high",
        isNew: true,
        customerId: "acme",
        customerName: "Acme",
        why: { text: "a", variables: {} },
        atStakeMinor: 0,
        currency: "EUR",
        link: `https://x.example/${tenantId}`,
        followUp: { text: "", variables: {} },
      },
    });
    await testTenant.store.nightly.queueNotifications([
      { id: "alert", dueAt: at("07:40"), isOnHold: false, message: alert },
    ]);
    await send();
    expect(await again("alert")).toEqual(refused);
    expect(await log()).toHaveLength(2);
  });

  it("refuses what is not there, waits, was told with others or was not to be sent", async () => {
    const said = async (id?: string) => {
      const refused = await again(id);
      return refused.ok ? "" : refused.message;
    };
    expect(await said("nothing")).toBe('there is no message "nothing" in the log');
    expect(await said()).toBe(`the message ${ID} is not sent yet: it is due at 2026-11-23T07:30:00.000Z`);
    const due = await claimed();
    expect(await said()).toBe(`the message ${ID} is being sent: look at the log again`);
    await outbox().end(due, "dropped", "resolved while held");
    expect(await said()).toBe(`the message ${ID} was not to be sent: resolved while held`);
    expect(await all(outbox().list())).toHaveLength(1);
  });
});
