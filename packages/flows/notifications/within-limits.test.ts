import { noticeSchema } from "@regulars/core/notifications/message";
import { limitOfTenant } from "@regulars/core/notifications/send-limits";
import { whyText } from "@regulars/core/notifications/why";
import { toInstant } from "@regulars/core/platform/values";
import { aStoredDigest } from "@regulars/render/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { sendDue } from "./send-due.ts";
import { withinLimits } from "./within-limits.ts";

const START = Date.parse("2026-11-23T07:30:00Z");
const MINUTE = 60_000;

describe("what is sent within an hour", () => {
  let testTenant: TestTenant;
  let now: number;
  let sent: string[];

  beforeEach(() => {
    testTenant = aTenantStore();
    now = START;
    sent = [];
  });

  const send = async (fails = false) => {
    await indexesCaughtUp();
    const { outbox, rates } = testTenant.store;
    const clock = (): number => now;
    return sendDue({
      outbox,
      texts: () => undefined,
      clock,
      limits: withinLimits({ rates, outbox, clock }),
      messageSender: {
        deliver: (_message, key) => {
          if (fails) return Promise.reject(new Error("mailbox full"));
          sent.push(key);
          return Promise.resolve({ providerId: key });
        },
      },
    });
  };
  const notice = (userId: string) =>
    noticeSchema.parse({
      type: "notice",
      tenantId: testTenant.tenant.tenantId,
      tenantName: "Acme",
      asOf: "2026-11-22",
      locale: "en",
      userId,
      to: { name: userId, address: `${userId}@acme.example` },
      title: "Something",
      paragraphs: [],
    });
  const queue = (count: number, userId: string) =>
    testTenant.store.nightly.queueNotifications(
      Array.from({ length: count }, (_, i) => ({
        id: `${userId}:${i}`,
        dueAt: toInstant(START),
        queuedAt: toInstant(START),
        isOnHold: false,
        message: notice(userId),
      })),
    );
  const waiting = async () => (await all(testTenant.store.outbox.list())).filter(({ state }) => state === "due");

  it("is at most twenty messages to one person; the rest waits, loses nothing, and the log says why", async () => {
    await queue(25, "olga");
    await queue(3, "mia");
    await send();
    expect(sent.filter((id) => id.startsWith("olga")).length).toBe(20);
    expect(sent.filter((id) => id.startsWith("mia")).length).toBe(3);
    const held = await waiting();
    expect(held.map(({ dueAt }) => dueAt)).toEqual(Array.from({ length: 5 }, () => "2026-11-23T07:33:00.000Z"));
    expect(held.map(({ why }) => why && whyText(why))).toEqual(
      Array.from({ length: 5 }, () => "waits, because one person gets at most 20 messages an hour (as usual)"),
    );
    now = START + 3 * MINUTE;
    await send();
    expect(sent.length).toBe(24);
    now = START + 120 * MINUTE;
    await send();
    expect([sent.length, new Set(sent).size, (await waiting()).length]).toEqual([28, 28, 0]);
  });

  it("counts a message that failed and is tried again once", async () => {
    await queue(20, "olga");
    await send(true);
    now = START + MINUTE;
    await send();
    expect(sent.length).toBe(20);
  });

  it("is at most twenty thousand messages of a tenant; the rest waits, and the log says why", async () => {
    const { rates, nightly } = testTenant.store;
    const { actorId, bucket } = limitOfTenant(20_000);
    expect((await rates.take(actorId, START, bucket)).isAllowed).toBe(true);
    const message = aStoredDigest({ tenantId: testTenant.tenant.tenantId });
    await nightly.queueNotifications([{ id: "digest:1", dueAt: toInstant(START), isOnHold: false, message }]);
    await send();
    expect(sent).toEqual([]);
    const [held] = await waiting();
    expect(held?.why && whyText(held.why)).toBe(
      "waits, because a company sends at most 20000 messages an hour (as usual)",
    );
    now = START + MINUTE;
    await send();
    expect(sent).toEqual(["digest:1"]);
  });

  it("is a digest a day for each of more people than twenty, uncounted", async () => {
    const digests = Array.from({ length: 30 }, (_, i) => ({
      id: `digest:${i}`,
      dueAt: toInstant(START),
      isOnHold: false,
      message: aStoredDigest({ tenantId: testTenant.tenant.tenantId }),
    }));
    await testTenant.store.nightly.queueNotifications(digests);
    await send();
    expect(sent.length).toBe(30);
  });
});
