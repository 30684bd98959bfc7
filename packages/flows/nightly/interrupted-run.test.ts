import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { memo } from "@regulars/core/platform/memo";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { copyOf, pasteTo } from "../../../test/fixtures/copied-tenant.ts";
import { RHYTHM, links } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { all } from "../../../test/fixtures/tenant.ts";
import { threeKinds } from "../../../test/fixtures/three-kinds.ts";
import { nightHelper } from "./night-share.ts";
import { runNightly } from "./run-nightly.ts";

const CUSTOMERS = Array.from({ length: 40 }, (_, i) => `c-${i}`);

const aWorld = memo(async () => {
  const fixture = anInsightTenant();
  await fixture.testTenant.store.imports.saveUsers([
    { userId: userIdSchema.parse("u-1"), name: "Sanne", email: "s@example.com", role: "rep" },
  ]);
  await fixture.customers(Object.fromEntries(CUSTOMERS.map((id) => [id, "u-1"])));
  for (const [i, id] of CUSTOMERS.entries())
    await (i % 2 === 0 ? fixture.invoice(id, `I-${id}`, "2026-08-01") : fixture.orders(id, RHYTHM));
  return copyOf(fixture.testTenant.tenant);
});

/** Twenty customers with debts since August, and twenty silent ones. */
async function aStory(budget = 50): Promise<InsightTenant> {
  const fixture = anInsightTenant({ maxAlertsPerRepPerDay: budget });
  pasteTo(fixture.testTenant.tenant, await aWorld());
  return fixture;
}

/** A store of a process that is killed after `saves` saves. */
function endingAfter(saves: number, store: NightlyStore): NightlyStore {
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

/** Everything that a nightly run stores: findings, notifications, its record. */
async function endOf(fixture: InsightTenant): Promise<unknown> {
  const state = {
    findings: await fixture.findings(),
    outbox: await all(fixture.testTenant.store.outbox.list()),
    record: await fixture.testTenant.store.nightly.lastNightly(),
  };
  return JSON.parse(JSON.stringify(state).replaceAll(fixture.testTenant.tenant.tenantId, "tenant"));
}

describe("an interrupted nightly run", () => {
  it("is completed by the next run, as if nothing had happened, however many saves it had done", async () => {
    const undisturbed = await aStory();
    expect((await undisturbed.nightly("2026-09-25")).messagesQueued).toBe(41);
    const end = await endOf(undisturbed);
    for (const saves of [0, 1, 17, 40]) {
      const fixture = await aStory();
      const store = endingAfter(saves, fixture.testTenant.store.nightly);
      await expect(fixture.nightly("2026-09-25", { store })).rejects.toThrow("the process ended");
      await fixture.nightly("2026-09-25", { store: fixture.testTenant.another().store.nightly });
      expect(await endOf(fixture)).toEqual(end);
    }
  });

  it("between saving and queueing messages is completed by the next run within the budget, and a third run writes nothing", async () => {
    const undisturbed = await aStory(5);
    expect((await undisturbed.nightly("2026-09-25")).messagesQueued).toBe(6);
    const fixture = await aStory(5);
    const store = endingAfter(40, fixture.testTenant.store.nightly);
    await expect(fixture.nightly("2026-09-25", { store })).rejects.toThrow("the process ended");
    expect([Object.keys(await fixture.findings()).length, await fixture.outbox()]).toEqual([40, {}]);
    expect((await fixture.nightly("2026-09-25")).messagesQueued).toBe(6);
    expect(await endOf(fixture)).toEqual(await endOf(undisturbed));
    expect(await fixture.testTenant.writesOf(() => fixture.nightly("2026-09-25"))).toBe(0);
  });

  it("between saving and queueing messages is completed by the next day's nightly run if it is not repeated", async () => {
    const fixture = await aStory(5);
    const store = endingAfter(40, fixture.testTenant.store.nightly);
    await expect(fixture.nightly("2026-09-25", { store })).rejects.toThrow("the process ended");
    expect((await fixture.nightly("2026-09-26")).messagesQueued).toBe(6);
    expect(await fixture.testTenant.writesOf(() => fixture.nightly("2026-09-26"))).toBe(0);
  });

  it("has the result of one run when two overlap", async () => {
    const undisturbed = await aStory();
    await undisturbed.nightly("2026-09-25");
    const fixture = await aStory();
    const runs = await Promise.all([
      fixture.nightly("2026-09-25"),
      fixture.nightly("2026-09-25", { store: fixture.testTenant.another().store.nightly }),
    ]);
    expect(await endOf(fixture)).toEqual(await endOf(undisturbed));
    expect(runs.reduce((sum, { messagesQueued }) => sum + messagesQueued, 0)).toBe(41);
  });

  it.each(["the run itself", "its helper"])(
    "saves nothing more once %s has failed, and is completed by the next run",
    async (failing) => {
      const undisturbed = await aStory();
      await undisturbed.nightly("2026-09-25");
      const fixture = await aStory();
      const { testTenant } = fixture;
      const [otherSaves, stopped] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
      let isStopped = false;
      const [saved, savedLater]: [number[], number[]] = [[], []];
      const storeOf = (name: string, store: NightlyStore): NightlyStore => ({
        ...store,
        saveFindings: async (changes) => {
          if (name === failing) {
            await otherSaves.promise;
            throw new Error("the disk is full");
          }
          (isStopped ? savedLater : saved).push(changes.put.length);
          otherSaves.resolve(undefined);
          await stopped.promise;
          return store.saveFindings(changes);
        },
      });
      const asked = {
        tenant: testTenant.tenant,
        catalog: threeKinds,
        asOf: day("2026-09-25"),
        now: toInstant(Date.parse("2026-09-26T03:00:00Z")),
        links,
        isScheduled: false,
        isOnHold: false,
      };
      const own = { ...asked, store: storeOf("the run itself", testTenant.store.nightly) };
      const helper = nightHelper({ ...asked, store: storeOf("its helper", testTenant.another().store.nightly) });
      const stop = (): void => {
        helper.stop();
        isStopped = true;
        stopped.resolve(undefined);
      };
      await expect(runNightly(own, [{ ...helper, stop }])).rejects.toThrow("the disk is full");
      expect(saved.length).toBeGreaterThan(0);
      expect(savedLater).toEqual([]);
      await fixture.nightly("2026-09-25", { store: testTenant.another().store.nightly });
      expect(await endOf(fixture)).toEqual(await endOf(undisturbed));
    },
  );
});
