import { digestSchema } from "@regulars/core/notifications/message";
import type { MessageSender, Notification, Outbox } from "@regulars/core/notifications/notification";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import { jobs } from "../../../infra/jobs.ts";
import { LEASE_MS, sendDue } from "./send-due.ts";
import { outboxOf } from "../../../test/fixtures/outbox-parts.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const START = Date.parse("2026-11-23T07:30:00Z");
const MINUTE = 60_000;

describe("sending what is due", () => {
  let testTenant: TestTenant;
  let now: number;
  let sent: string[];
  const messageSender: MessageSender = {
    deliver: (_message, key) => {
      sent.push(key);
      return Promise.resolve({ providerId: `provider-${sent.length}` });
    },
  };
  const failing: MessageSender = { deliver: () => Promise.reject(new Error("mailbox full")) };
  const send = async (by: MessageSender = messageSender, outbox: Outbox = testTenant.store.outbox, limit?: number) => {
    await indexesCaughtUp();
    return sendDue({
      outbox,
      messageSender: by,
      texts: () => undefined,
      clock: () => now,
      ...(limit === undefined ? {} : { limit }),
    });
  };
  const queue = (...ids: string[]) =>
    testTenant.store.nightly.queueNotifications(
      ids.map((id) => ({
        id,
        dueAt: toInstant(START),
        isOnHold: false,
        message: digestSchema.parse({
          type: "digest",
          tenantId: testTenant.tenant.tenantId,
          tenantName: "Acme",
          asOf: "2026-11-22",
          locale: "en",
          userId: "u-1",
          to: { name: "Sanne", address: "s@example.com" },
          sections: [],
          link: "https://x.example",
        }),
      })),
    );
  const only = async (): Promise<Notification> => {
    const [notification] = await all(testTenant.store.outbox.list());
    if (notification === undefined) throw new Error("the outbox is empty");
    return notification;
  };
  beforeEach(() => {
    testTenant = aTenantStore();
    now = START;
    sent = [];
  });

  it("sends each once and records when and under which id", async () => {
    await queue("a", "b");
    expect(await send()).toEqual({ sent: 2, failed: 0, maybeDuplicates: 0, hasMore: false });
    expect(await send()).toEqual({ sent: 0, failed: 0, maybeDuplicates: 0, hasMore: false });
    expect(sent.toSorted()).toEqual(["a", "b"]);
    expect(await only()).toMatchObject({ state: "sent", sentAt: "2026-11-23T07:30:00.000Z", attempts: 1 });
  });

  it("sends nothing before its time", async () => {
    await queue("a");
    now = START - 1;
    expect((await send()).sent).toBe(0);
    now = START;
    expect((await send()).sent).toBe(1);
  });

  it("reports that there may be more when its limit is reached", async () => {
    await queue("a", "b", "c");
    expect(await send(messageSender, testTenant.store.outbox, 3)).toMatchObject({ sent: 3, hasMore: true });
    expect(await send(messageSender, testTenant.store.outbox, 3)).toMatchObject({ sent: 0, hasMore: false });
  });

  it("sends once what two workers find at the same time", async () => {
    await queue(...Array.from({ length: 20 }, (_, i) => `n-${i}`));
    const reports = await Promise.all([send(), send(messageSender, testTenant.another().store.outbox)]);
    expect(reports.reduce((sum, report) => sum + report.sent, 0)).toBe(20);
    expect(new Set(sent).size).toBe(20);
    expect(sent).toHaveLength(20);
  });

  it("retries a failed one with delays doubling up to an hour", async () => {
    await queue("a");
    for (const wait of [0.5, 1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await send(failing)).toMatchObject({ sent: 0, failed: 1, retryInMs: wait * MINUTE });
      now += wait * MINUTE - 1;
      expect(await send(failing)).toMatchObject({ sent: 0, failed: 0 });
      now += 1;
    }
    expect(await only()).toMatchObject({ state: "due", attempts: 9, lastError: "mailbox full" });
  });

  it("gives up after a week, with the reason, and sends it again after its release", async () => {
    await queue("a");
    now += 7 * 24 * 60 * MINUTE;
    expect(await send(failing)).toMatchObject({ failed: 1, retryInMs: 0.5 * MINUTE });
    now += MINUTE;
    expect(await send(failing)).toMatchObject({ failed: 1 });
    expect(await only()).toMatchObject({ state: "failed", attempts: 2, lastError: "mailbox full" });
    now += 365 * 24 * 60 * MINUTE;
    expect(await send()).toMatchObject({ sent: 0 });
    expect(await testTenant.store.outbox.retryFailed(toInstant(now))).toBe(1);
    expect(await send()).toMatchObject({ sent: 1 });
    expect(await testTenant.store.outbox.retryFailed(toInstant(now))).toBe(0);
  });

  it("retries when the receiver asks, however often", async () => {
    await queue("a");
    const busy: MessageSender = { deliver: () => Promise.reject(new TryLaterError("slow down", 3_000)) };
    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect(await send(busy)).toMatchObject({ failed: 1, retryInMs: 3_000 });
      now += 3_000;
    }
    expect(await send()).toMatchObject({ sent: 1 });
  });

  it("tries no further one of a batch once the receiver takes no more, and goes on when it does", async () => {
    await queue(...Array.from({ length: 30 }, (_, i) => `n-${String(i).padStart(2, "0")}`));
    let asked = 0;
    const busy: MessageSender = {
      deliver: (...given) => {
        asked += 1;
        return asked > 3
          ? Promise.reject(new TryLaterError("slow down", 3_000, "mail"))
          : messageSender.deliver(...given);
      },
    };
    expect(await send(busy)).toMatchObject({ sent: 3, retryInMs: 3_000 });
    // Those that were on their way when it said so, eight at a time, and no other.
    expect(asked).toBeLessThanOrEqual(11);
    const waiting = (await all(testTenant.store.outbox.list())).filter(({ state }) => state === "due");
    expect(waiting).toHaveLength(27);
    expect(waiting.filter(({ attempts }) => attempts === 0).length).toBeGreaterThanOrEqual(19);
    expect(await send()).toMatchObject({ sent: 0 });
    now += 3_000;
    expect(await send()).toMatchObject({ sent: 27 });
    expect(new Set(sent).size).toBe(30);
  });

  it("sends what is for another receiver than the one that takes no more", async () => {
    await queue("a", "b");
    const slack: MessageSender = {
      deliver: (message, key, texts) =>
        key === "a"
          ? Promise.reject(new TryLaterError("slow down", 3_000, "slack"))
          : messageSender.deliver(message, key, texts),
    };
    expect(await send(slack)).toMatchObject({ sent: 1, failed: 1 });
  });

  it("sends a failed one when it works again, and not another time", async () => {
    await queue("a");
    await send(failing);
    now += MINUTE;
    expect(await send()).toMatchObject({ sent: 1, maybeDuplicates: 0 });
    expect(await only()).toMatchObject({ state: "sent", attempts: 2 });
  });

  it("has a lease that is longer than the function which sends may run", () => {
    expect(LEASE_MS).toBeGreaterThan(jobs.deliver.timeoutSeconds * 1000);
  });

  it("takes the receiver's turn before it claims, so that no claim waits, and gives it back", async () => {
    await queue("a", "b");
    const steps: string[] = [];
    const inTurn: MessageSender = {
      takeTurn: async () => {
        steps.push(`turn while ${(await all(testTenant.store.outbox.list())).map(({ state }) => state).join(",")}`);
        return () => steps.push("back");
      },
      deliver: (_message, key) => {
        steps.push(`deliver ${key}`);
        return key === "a" ? Promise.resolve({ providerId: "1" }) : Promise.reject(new Error("no"));
      },
    };
    await send(inTurn, testTenant.store.outbox);
    expect(steps.filter((step) => step.startsWith("turn"))[0]).toBe("turn while due,due");
    expect(steps.filter((step) => step === "back")).toHaveLength(2);
    expect(steps.filter((step) => step.startsWith("deliver")).toSorted()).toEqual(["deliver a", "deliver b"]);
  });

  it("tells the sender of an attempt whose answer was lost, and records that the message may be a duplicate", async () => {
    await queue("a");
    const lost: MessageSender = { deliver: () => Promise.reject(new UnknownOutcomeError("no answer")) };
    await send(lost);
    expect(await only()).toMatchObject({ state: "due", mayHaveArrived: true });
    now += MINUTE;
    const told: unknown[] = [];
    const again: MessageSender = {
      deliver: (_message, _key, _texts, context) => {
        told.push(context?.earlier);
        return Promise.resolve({ providerId: "2", maybeDuplicate: true });
      },
    };
    await send(again);
    expect(told).toEqual([{ since: toInstant(START), mayHaveArrived: true }]);
    expect(await only()).toMatchObject({ state: "sent", providerId: "2", maybeDuplicate: true });
  });

  it("sends the others if one fails", async () => {
    await queue("a", "b", "c");
    const picky: MessageSender = {
      deliver: (message, key, texts) => (key === "b" ? failing : messageSender).deliver(message, key, texts),
    };
    expect(await send(picky)).toMatchObject({ sent: 2, failed: 1 });
    expect(sent.toSorted()).toEqual(["a", "c"]);
  });

  it("sends again after the lease what a process sent but did not mark, as a possible duplicate", async () => {
    await queue("a");
    const ending: Outbox = {
      ...outboxOf(testTenant.store.outbox),
      markSent: () => Promise.reject(new Error("the process ended")),
    };
    await expect(send(messageSender, ending)).rejects.toThrow("the process ended");
    now += 6 * MINUTE - 1;
    expect(await send()).toMatchObject({ sent: 0 });
    now += 1;
    expect(await send()).toMatchObject({ sent: 1, maybeDuplicates: 1 });
    expect(sent).toEqual(["a", "a"]);
    expect(await only()).toMatchObject({ state: "sent", attempts: 2, maybeDuplicate: true });
  });
});
