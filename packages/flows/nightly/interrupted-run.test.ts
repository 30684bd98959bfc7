import type { NightStore } from "@regulars/core/nightly/nightly-store";
import { userIdSchema } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { all, aTenantStore } from "../../../test/fixtures/tenant.ts";

const CUSTOMERS = Array.from({ length: 40 }, (_, i) => `c-${i}`);

/** Twenty customers owe money since August, twenty have been silent. */
async function aStory(budget = 50): Promise<InsightTenant> {
  const story = anInsightTenant({}, aTenantStore({ maxAlertsPerRepPerDay: budget }));
  await story.bench.store.intake.saveUsers([
    { userId: userIdSchema.parse("u-1"), name: "Sanne", email: "s@example.com", role: "rep" },
  ]);
  await story.customers(Object.fromEntries(CUSTOMERS.map((id) => [id, "u-1"])));
  for (const [i, id] of CUSTOMERS.entries())
    await (i % 2 === 0 ? story.invoice(id, `I-${id}`, "2026-08-01") : story.orders(id, RHYTHM));
  return story;
}

/** The night's store of a process that ends after so many saves. */
function endingAfter(saves: number, store: NightStore): NightStore {
  let left = saves;
  return {
    ...store,
    saveFindings: async (changes) => {
      if (left === 0) throw new Error("the process ended");
      left -= 1;
      return store.saveFindings(changes);
    },
    queueNotifications: async (notifications) => {
      if (left === 0) throw new Error("the process ended");
      return store.queueNotifications(notifications);
    },
  };
}

/** All that a night leaves: findings, notifications, its record. */
async function endOf(story: InsightTenant): Promise<unknown> {
  const state = {
    findings: await story.findings(),
    outbox: await all(story.bench.store.outbox.list()),
    record: await story.bench.store.night.lastNight(),
  };
  return JSON.parse(JSON.stringify(state).replaceAll(story.bench.tenant.tenantId, "tenant"));
}

describe("a night that is cut off", () => {
  it("is completed by the next run, as if nothing had happened, however many saves it had done", async () => {
    const undisturbed = await aStory();
    expect((await undisturbed.night("2026-09-25")).messagesQueued).toBe(41);
    const end = await endOf(undisturbed);
    for (const saves of [0, 1, 17, 40]) {
      const story = await aStory();
      const store = endingAfter(saves, story.bench.store.night);
      await expect(story.night("2026-09-25", { store })).rejects.toThrow("the process ended");
      await story.night("2026-09-25", { store: story.bench.another().store.night });
      expect(await endOf(story)).toEqual(end);
    }
  });

  it("between saving and telling is told by the next run within the budget, and a third run writes nothing", async () => {
    const undisturbed = await aStory(5);
    expect((await undisturbed.night("2026-09-25")).messagesQueued).toBe(6);
    const story = await aStory(5);
    const store = endingAfter(40, story.bench.store.night);
    await expect(story.night("2026-09-25", { store })).rejects.toThrow("the process ended");
    expect([Object.keys(await story.findings()).length, await story.outbox()]).toEqual([40, {}]);
    expect((await story.night("2026-09-25")).messagesQueued).toBe(6);
    expect(await endOf(story)).toEqual(await endOf(undisturbed));
    expect(await story.bench.writesOf(() => story.night("2026-09-25"))).toBe(0);
  });

  it("between saving and telling is told by the next day's night when nobody runs it again", async () => {
    const story = await aStory(5);
    const store = endingAfter(40, story.bench.store.night);
    await expect(story.night("2026-09-25", { store })).rejects.toThrow("the process ended");
    expect((await story.night("2026-09-26")).messagesQueued).toBe(6);
    expect(await story.bench.writesOf(() => story.night("2026-09-26"))).toBe(0);
  });

  it("ends as one when two runs of it overlap", async () => {
    const undisturbed = await aStory();
    await undisturbed.night("2026-09-25");
    const story = await aStory();
    const runs = await Promise.all([
      story.night("2026-09-25"),
      story.night("2026-09-25", { store: story.bench.another().store.night }),
    ]);
    expect(await endOf(story)).toEqual(await endOf(undisturbed));
    expect(runs.reduce((sum, { messagesQueued }) => sum + messagesQueued, 0)).toBe(41);
  });
});
