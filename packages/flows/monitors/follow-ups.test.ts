import type { Owner } from "@regulars/core/monitors/owner";
import { customerIdSchema, day, personIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { changeFollowUp, closeOnLeaving, completeFollowUp, dropFollowUp } from "./change-follow-up.ts";
import type { FollowUpContext } from "./follow-up-context.ts";
import { makeFollowUp } from "./make-follow-up.ts";

const customerId = customerIdSchema.parse("acme");
const owner: Owner = { type: "company", customerId };
const anna = userIdSchema.parse("anna");
const bob = userIdSchema.parse("bob");
const since = day("2026-11-01");

describe("a follow-up of a status", () => {
  let testTenant: TestTenant;
  let today: string;
  let context: FollowUpContext;
  const make = (parts: Partial<Parameters<typeof makeFollowUp>[0]> = {}) =>
    makeFollowUp({
      context,
      cause: { type: "status", statusId: "neglected", since },
      owner,
      type: "call",
      text: "Call Acme & Sons",
      userId: anna,
      isAutomatic: true,
      quietDays: 7,
      createdBy: "status",
      ...parts,
    });
  const made = async (parts: Partial<Parameters<typeof makeFollowUp>[0]> = {}) => {
    const outcome = await make(parts);
    if (outcome.outcome === "quiet") throw new Error("quiet");
    return outcome.followUp;
  };
  const activities = () => all(testTenant.store.records.activitiesOf(customerId));
  const counted = async () =>
    (await testTenant.another().store.nightly.snapshotOf(customerId, { asOf: day("2026-12-31") }))?.activities();
  const open = (userId = anna) => testTenant.store.followUps.openOf(userId);

  beforeEach(async () => {
    testTenant = aTenantStore();
    today = "2026-11-02";
    let ids = 0;
    context = {
      tenant: testTenant.tenant,
      followUps: testTenant.store.followUps,
      imports: testTenant.store.imports,
      records: testTenant.store.records,
      clock: () => Date.parse(`${today}T12:00:00Z`),
      newId: () => `${(ids += 1)}`,
    };
    await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme & Sons" }]);
  });

  it("SA04: is made once for the status, its owner and its day, also by two at once", async () => {
    const [one, two] = await Promise.all([make(), make({ createdBy: "user:bob", isAutomatic: false })]);
    const third = await make({ text: "Another text" });
    expect([one.outcome, two.outcome].toSorted()).toEqual(["created", "there"]);
    expect(third).toMatchObject({ outcome: "there", followUp: { text: "Call Acme & Sons" } });
    expect(await open()).toEqual([await made()]);
    expect(await activities()).toHaveLength(1);
    const other = await made({
      cause: { type: "status", statusId: "neglected", since: day("2026-12-01") },
      quietDays: 0,
    });
    expect(other.followUpId).toBe("company:acme:status:neglected:2026-12-01");
    expect(await open()).toHaveLength(2);
  });

  it("SA05: has the status's type and its text as it was rendered, and is due today", async () => {
    expect(await made()).toMatchObject({
      followUpId: "company:acme:status:neglected:2026-11-01",
      type: "call",
      text: "Call Acme & Sons",
      userId: "anna",
      dueOn: "2026-11-02",
      state: "open",
    });
  });

  it("is a planned activity that counts nowhere until somebody completes it, and then counts once", async () => {
    const { followUpId } = await made();
    expect(await activities()).toMatchObject([{ type: "call", completed: false, automatic: true, userId: "anna" }]);
    expect(await counted()).toEqual([]);
    today = "2026-11-05";
    expect(await completeFollowUp({ context, followUpId, by: "user:anna" })).toMatchObject({
      ok: true,
      value: { state: "done", endedOn: "2026-11-05", endedBy: "user:anna" },
    });
    today = "2026-11-09";
    expect((await completeFollowUp({ context, followUpId, by: "user:bob" })).ok).toBe(true);
    expect(await activities()).toHaveLength(1);
    expect(await counted()).toMatchObject([{ day: 20_762, type: "call", completed: true }]);
    expect(await open()).toEqual([]);
  });

  it("is closed when the status is left, and its activity is gone", async () => {
    await made();
    const left = { context, statusId: "neglected", owner, since };
    expect(await closeOnLeaving(left)).toMatchObject({ state: "closed", endedBy: "status" });
    expect([await open(), await activities()]).toEqual([[], []]);
    expect(await closeOnLeaving({ ...left, since: day("2026-10-01") })).toBeUndefined();
  });

  it("stays when the status is left after somebody has changed or completed it", async () => {
    const { followUpId } = await made();
    const change = { dueOn: day("2026-11-20"), userId: bob };
    await testTenant.store.imports.saveUsers([{ userId: bob, name: "Bob", role: "rep" }]);
    const { nightly } = testTenant.store;
    expect(await changeFollowUp({ context, nightly, followUpId, by: "user:anna", change })).toMatchObject({
      value: { dueOn: "2026-11-20", userId: "bob", text: "Call Acme & Sons" },
    });
    expect(await closeOnLeaving({ context, statusId: "neglected", owner, since })).toBeUndefined();
    expect([await open(), (await open(bob)).length]).toEqual([[], 1]);
    expect(await activities()).toMatchObject([{ occurredOn: "2026-11-20", userId: "bob", automatic: true }]);
    await completeFollowUp({ context, followUpId, by: "user:bob" });
    expect(await closeOnLeaving({ context, statusId: "neglected", owner, since })).toBeUndefined();
    expect(await counted()).toHaveLength(1);
  });

  it("is not made again by the status within its quiet days, but by hand", async () => {
    await made();
    today = "2026-11-03";
    await closeOnLeaving({ context, statusId: "neglected", owner, since });
    const again = { cause: { type: "status", statusId: "neglected", since: day("2026-11-05") } } as const;
    today = "2026-11-09";
    expect(await make(again)).toEqual({ outcome: "quiet" });
    expect((await make({ cause: { ...again.cause, statusId: "other" } })).outcome).toBe("created");
    today = "2026-11-10";
    expect((await make(again)).outcome).toBe("created");
    const byHand = { cause: { ...again.cause, since: day("2026-11-11") }, isAutomatic: false };
    expect((await make(byHand)).outcome).toBe("created");
  });

  it.each([
    ["put back", "2026-10-20T23:30:00Z", "2026-10-27T22:59:59Z", "2026-10-27T23:00:00Z"],
    ["put forward", "2026-03-24T23:30:00Z", "2026-03-31T21:59:59Z", "2026-03-31T22:00:00Z"],
  ])("counts its quiet days by the tenant's calendar, also over clocks that are %s", async (_, from, before, after) => {
    let now = from;
    const local = { ...context, tenant: { timeZone: "Europe/Copenhagen" }, clock: () => Date.parse(now) };
    const byStatus = (began: string, quietDays = 7) =>
      make({ context: local, cause: { type: "status", statusId: "neglected", since: day(began) }, quietDays });
    expect((await byStatus("2026-01-01")).outcome).toBe("created");
    now = before;
    expect((await byStatus("2026-01-02")).outcome).toBe("quiet");
    // As they are set when it begins again, not as they were.
    expect((await byStatus("2026-01-02", 8)).outcome).toBe("quiet");
    now = after;
    expect((await byStatus("2026-01-02", 8)).outcome).toBe("quiet");
    expect((await byStatus("2026-01-02")).outcome).toBe("created");
    expect((await byStatus("2026-01-03", 1)).outcome).toBe("quiet");
    expect((await byStatus("2026-01-03", 0)).outcome).toBe("created");
  });

  it("can be dropped; one that has ended otherwise is not changed", async () => {
    const { followUpId } = await made();
    expect((await dropFollowUp({ context, followUpId, by: "user:anna" })).ok).toBe(true);
    expect(await completeFollowUp({ context, followUpId, by: "user:anna" })).toMatchObject({
      reason: "follow-up-ended",
      message: "follow-up company:acme:status:neglected:2026-11-01 is closed since 2026-11-02",
    });
    expect(await completeFollowUp({ context, followUpId: "nothing", by: "x" })).toMatchObject({
      reason: "unknown-follow-up",
    });
  });

  it("of a person is listed with their customer, by due day", async () => {
    await made({ dueOn: day("2026-11-30") });
    const person: Owner = { type: "person", customerId, personId: personIdSchema.parse("p-1") };
    await made({ owner: person, dueOn: day("2026-11-03") });
    const listed = await testTenant.store.followUps.ofCustomer(customerId);
    expect(listed.map((one) => [one.owner.type, one.dueOn])).toEqual([
      ["person", "2026-11-03"],
      ["company", "2026-11-30"],
    ]);
    expect(await activities()).toMatchObject([{ personId: "p-1" }, { occurredOn: "2026-11-30" }]);
  });
});
