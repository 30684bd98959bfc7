import type { DeliveryContext, MessageSender, Notification } from "@regulars/core/notifications/notification";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { aSender } from "../../../test/fixtures/held-messages.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

/** The tenant is in UTC; quiet hours begin at 20:00 and end at 07:00. */
describe("an alert whose process ended at 19:59, sent or not,", () => {
  const ALERT = "alert:overdue-payments:a:2026-08-01";
  const QUEUED = toInstant(Date.parse("2026-09-25T19:55:00Z"));
  let fixture: InsightTenant;
  let sender: ReturnType<typeof aSender>;
  let earlier: DeliveryContext["earlier"][];
  const looking: MessageSender = {
    deliver: (_message, key, _texts, context) => {
      // A digest of what else is to act on goes too.
      if (key === ALERT) earlier.push(context?.earlier);
      return Promise.resolve({ providerId: "found" });
    },
  };
  const failing: MessageSender = { deliver: () => Promise.reject(new Error("Slack cannot be reached")) };
  const alert = async (): Promise<Notification> => {
    const found = await fixture.testTenant.store.outbox.find(ALERT);
    if (found === undefined) throw new Error("there is no alert");
    return found;
  };
  beforeEach(async () => {
    fixture = anInsightTenant({}, aTenantStore());
    sender = aSender(fixture.testTenant);
    earlier = [];
    const userId = userIdSchema.parse("u-1");
    await fixture.testTenant.store.imports.saveUsers([{ userId, name: "Sanne", email: "s@example.com", role: "rep" }]);
    await fixture.customers({ a: "u-1" });
    await fixture.invoice("a", "I-a", "2026-08-01");
    await fixture.nightly("2026-09-24", { now: QUEUED });
    const lease = toInstant(Date.parse("2026-09-25T20:05:00Z"));
    await fixture.testTenant.store.outbox.claim(await alert(), lease);
  });

  it("waits for the end of quiet hours, and is looked for since it was queued before it is sent again", async () => {
    await sender.sendAt("2026-09-25T20:05:00Z", looking);
    expect(await alert()).toMatchObject({ state: "due", dueAt: "2026-09-26T07:00:00.000Z", mayHaveArrived: true });
    await sender.sendAt("2026-09-26T07:00:00Z", looking);
    expect(earlier).toEqual([{ since: QUEUED, mayHaveArrived: true }]);
    expect(await alert()).toMatchObject({ state: "sent", providerId: "found" });
  });

  it("is still looked for when the attempt in between did not reach its receiver", async () => {
    await sender.sendAt("2026-09-26T07:05:00Z", failing);
    expect(await alert()).toMatchObject({ state: "due", lastError: "Slack cannot be reached" });
    await sender.sendAt("2026-09-26T07:10:00Z", looking);
    expect(earlier).toEqual([{ since: QUEUED, mayHaveArrived: true }]);
    expect(await alert()).toMatchObject({ state: "sent", maybeDuplicate: true });
  });

  it("is not sent when it holds no more, and the log says that it may have arrived", async () => {
    await sender.sendAt("2026-09-25T20:05:00Z", looking);
    await fixture.payment("I-a", "2026-09-26");
    await sender.sendAt("2026-09-26T07:00:00Z", looking);
    expect(earlier).toEqual([]);
    expect(await alert()).toMatchObject({
      state: "dropped",
      note: "resolved while held; an earlier attempt may have arrived",
    });
  });
});
