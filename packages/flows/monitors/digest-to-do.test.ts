import { placeOf } from "@regulars/core/monitors/follow-up";
import type { Owner } from "@regulars/core/monitors/owner";
import { addDays } from "@regulars/core/platform/period";
import { type UserId, customerIdSchema, day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { runNightly } from "../nightly/run-nightly.ts";
import { completeFollowUp } from "./change-follow-up.ts";
import { digestToDo } from "./digest-to-do.ts";
import type { FollowUpContext } from "./follow-up-context.ts";
import { makeFollowUp } from "./make-follow-up.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const [anna, bo] = [userIdSchema.parse("anna"), userIdSchema.parse("bo")];
const customerId = customerIdSchema.parse("acme");
const owner: Owner = { type: "company", customerId };

describe("open follow-ups in the digest", () => {
  let testTenant: TestTenant;
  let context: FollowUpContext;
  const make = (dueOn: string, operationId: string) =>
    makeFollowUp({
      context,
      cause: { type: "selection", operationId },
      owner,
      type: "call",
      text: `Call Acme ${operationId}`,
      userId: anna,
      dueOn: day(dueOn),
      isAutomatic: false,
      createdBy: "user:ada",
    });
  const night = async (on: string) => {
    await indexesCaughtUp();
    const { tenant, store } = testTenant.another();
    await runNightly({
      tenant,
      catalog: builtInInsights,
      store: store.nightly,
      asOf: day(on),
      now: toInstant(Date.parse(`${addDays(day(on), 1)}T02:00:00Z`)),
      links: { finding: () => "http://l/f", rep: () => "http://l/r", introductions: () => "http://l/i" },
      isScheduled: false,
      isOnHold: false,
      toDoOf: (user, asOf, users) => digestToDo(store, user, asOf, users),
    });
  };
  const toDoOf = async (userId: UserId) => {
    await indexesCaughtUp();
    const { store } = testTenant;
    const users = new Map((await store.nightly.users()).map((one) => [one.userId, one]));
    const user = users.get(userId);
    return user && digestToDo(store, user, day("2026-11-20"), users);
  };
  const digests = async () =>
    (await all(testTenant.store.outbox.list()))
      .flatMap(({ id, message }) => (message.type === "digest" ? [{ id, toDo: message.toDo }] : []))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    const { tenant, store } = testTenant;
    let ids = 0;
    context = { ...store, tenant, clock: () => Date.parse("2026-11-20T12:00:00Z"), newId: () => `${(ids += 1)}` };
    await store.imports.saveUsers([
      { userId: anna, name: "Anna", role: "rep", email: "anna@example.com" },
      { userId: bo, name: "Bo", role: "rep", email: "bo@example.com" },
    ]);
    await store.imports.saveCustomers([{ customerId, name: "Acme", repId: anna }]);
  });

  it("SA04: are told from the morning of their day on, the earliest first, and not once they are done", async () => {
    await make("2026-11-22", "second");
    const { followUp } = { followUp: undefined, ...(await make("2026-11-21", "first")) };
    await night("2026-11-19");
    expect(await digests()).toEqual([]);
    await night("2026-11-20");
    await night("2026-11-21");
    const task = (operationId: string, dueOn: string, isLate: boolean) => ({
      customerName: "Acme",
      type: "call",
      text: `Call Acme ${operationId}`,
      dueOn,
      isLate,
    });
    expect(await digests()).toEqual([
      {
        id: "digest:anna:2026-11-20",
        toDo: {
          count: 2,
          due: 1,
          tasks: [task("first", "2026-11-21", false), task("second", "2026-11-22", false)],
        },
      },
      {
        id: "digest:anna:2026-11-21",
        toDo: { count: 2, due: 2, tasks: [task("first", "2026-11-21", true), task("second", "2026-11-22", false)] },
      },
    ]);
    await completeFollowUp({ context, followUpId: followUp?.followUpId ?? "", by: "user:anna" });
    await night("2026-11-22");
    expect((await digests()).at(-1)).toMatchObject({ id: "digest:anna:2026-11-22", toDo: { count: 1, due: 1 } });
  });

  it("name the first five", async () => {
    for (const operationId of ["a", "b", "c", "d", "e", "f"]) await make("2026-11-21", operationId);
    expect(await toDoOf(anna)).toMatchObject({
      count: 6,
      due: 6,
      tasks: Array.from({ length: 5 }, () => ({ type: "call" })),
    });
    expect(await toDoOf(bo)).toBeUndefined();
  });

  it("are told without one that cannot be read", async () => {
    await make("2026-11-21", "whole");
    const { operations, keys } = testTenant;
    const torn = keys.followUp(placeOf({ type: "selection", operationId: "torn" }, owner));
    const whole = await operations.get(keys.followUp(placeOf({ type: "selection", operationId: "whole" }, owner)));
    await operations.put({ ...whole, ...torn, dueOn: "soon" });
    expect(await toDoOf(anna)).toMatchObject({ count: 1, tasks: [{ text: "Call Acme whole" }] });
  });

  it("SA04: are at customers that the user sees, as on their page: not at one that they have lost", async () => {
    await make("2026-11-21", "mine");
    expect(await toDoOf(anna)).toMatchObject({ count: 1 });
    await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme", repId: bo }]);
    expect(await toDoOf(anna)).toBeUndefined();
    await night("2026-11-20");
    expect(await digests()).toEqual([]);
  });
});
