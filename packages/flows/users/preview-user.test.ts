import type { User } from "@regulars/core/access/user";
import { readerOf } from "@regulars/core/notifications/readers-language";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { type SalesPlanFixture, aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { addressedToday } from "../notifications/addressed-today.ts";
import { type GoesTo, type UserEffects, previewUser } from "./preview-user.ts";

/** The tenant is in UTC; its night of Friday 25 September leaves digests until 07:30. */
const NOW = Date.parse("2026-09-26T05:00:00Z");

const user = (name: string, given: Partial<User> = {}): User => ({
  userId: userIdSchema.parse(name),
  name: name.toUpperCase(),
  email: `${name}@example.com`,
  role: "rep",
  teamId: "north",
  ...given,
});
const gone = { isActive: false };

let insights: InsightTenant;
let sales: SalesPlanFixture;

beforeEach(async () => {
  const testTenant = aTenantStore();
  insights = anInsightTenant({}, testTenant);
  sales = aSalesPlan({}, {}, testTenant);
  sales.nowMs = NOW;
});

const saveUsers = (...users: readonly User[]) => insights.testTenant.store.imports.saveUsers(users);

async function preview(saved: User): Promise<UserEffects> {
  await indexesCaughtUp();
  const { store } = insights.testTenant;
  return previewUser({ context: sales.context, store, user: saved, visibleIn: () => Promise.resolve("all") });
}

async function save(saved: User): Promise<void> {
  await insights.testTenant.store.saveUser(saved, () => undefined, { at: toInstant(NOW), by: "user:ada" });
  await indexesCaughtUp();
}

const readers = (going: readonly GoesTo[]) => going.map(({ to, count }) => [to?.userId, count]);
const names = (plans: UserEffects["leads"]["ended"]) => plans.map(({ name }) => name);

describe("what saving a user would change", () => {
  it("names the open deals that a leaver keeps, by plan with their number, and ten of them", async () => {
    const [two, own] = [
      await sales.plan("random>even", ["anna", "bo"], { name: "Two" }),
      await sales.plan("random>even", ["anna"], { name: "Own" }),
    ];
    await saveUsers(user("anna"), user("bo"));
    const held = { assign: { managerId: "anna" } };
    for (let index = 1; index <= 9; index += 1) await sales.add(two, held);
    for (let index = 1; index <= 3; index += 1) await sales.add(own, held);
    await sales.add(two, { assign: { managerId: "bo" } });
    const won = two.statuses.find(({ kind }) => kind === "won")?.name ?? "";
    await sales.move(two, await sales.add(two, held), won);
    const { deals, leads } = await preview(user("anna", gone));
    expect(deals.plans.map(({ plan, count }) => [plan.name, count]).toSorted()).toEqual([
      ["Own", 3],
      ["Two", 9],
    ]);
    const named = deals.plans.flatMap(({ first }) => first);
    expect([deals.count, named.length]).toEqual([12, 10]);
    expect([names(leads.ended).toSorted(), names(leads.unassigned)]).toEqual([["Own", "Two"], ["Own"]]);

    await save(user("anna", gone));
    const [stays] = named;
    expect(stays && (await sales.context.store.deals.deal(stays.dealId))?.managerId).toBe("anna");
    await sales.add(two, {});
    await sales.add(own, {});
    expect([(await sales.managersInOrder(two)).at(-1), (await sales.managersInOrder(own)).at(-1)]).toEqual(["bo", "-"]);
    const back = await preview(user("anna"));
    expect([names(back.leads.tried), back.leads.ended, back.deals.count]).toEqual([["Own"], [], 0]);
  });

  it("counts no deal and no plan for who stays, whatever else is changed of them", async () => {
    const plan = await sales.plan("random>even", ["anna"]);
    await saveUsers(user("anna"));
    await sales.add(plan, {});
    const { deals, leads, news, messages, digest } = await preview(user("anna", { name: "Other", role: "manager" }));
    expect([deals.count, leads, news, messages, digest]).toEqual([
      0,
      { ended: [], unassigned: [], tried: [] },
      [],
      [],
      { now: true, after: true },
    ]);
  });

  it("says who gets the news and the messages that wait, which then go there", async () => {
    await saveUsers(user("anna"), user("mia", { role: "manager" }), user("old", gone));
    await insights.customers({ silent: "anna", quiet: "anna", behind: "old" });
    for (const customer of ["silent", "quiet", "behind"]) await insights.orders(customer, RHYTHM);
    await insights.nightly("2026-09-25", { isScheduled: true });
    const leaver = await preview(user("anna", gone));
    expect([leaver.customers, readers(leaver.news), leaver.digest]).toEqual([
      2,
      [["mia", 2]],
      { now: true, after: false },
    ]);
    const digests = leaver.messages.reduce((sum, { count }) => sum + count, 0);
    expect(digests).toBeGreaterThan(0);
    expect(readers(leaver.messages)).toEqual([["mia", digests]]);

    // The manager who stands in for who has left: their news, and what waits of it, goes to nobody.
    const manager = await preview(user("mia", { role: "rep", teamId: "north" }));
    expect([manager.customers, readers(manager.news)]).toEqual([0, [[undefined, 1]]]);

    await save(user("anna", gone));
    expect((await preview(user("anna", gone))).news).toEqual([]);
    const { nightly, whoKnows, outbox } = insights.testTenant.store;
    const users = new Map((await nightly.users()).map((one) => [one.userId, one]));
    const addressed = addressedToday(() => Promise.resolve(users), nightly, whoKnows);
    for (const { message } of await outbox.waitingFor(user("anna").userId)) {
      const sent = await addressed(message);
      expect(sent.ok ? readerOf(sent.value) : sent.reason).toBe("mia");
    }
  });
});
