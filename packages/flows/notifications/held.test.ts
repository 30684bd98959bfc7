import type { PreferencesChange } from "@regulars/core/notifications/preferences";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { aSender } from "../../../test/fixtures/held-messages.ts";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { changePreferences, changeTenantPreferences } from "./change-preferences.ts";

const u1 = userIdSchema.parse("u-1");
const rep = { userId: u1, name: "Sanne", email: "s@example.com", role: "rep" } as const;

/** The nights are of a tenant in UTC; quiet hours end at 07:00, digests go at 07:30. */
describe("what waits for the end of quiet hours", () => {
  let fixture: InsightTenant;
  let sender: ReturnType<typeof aSender>;
  const prefer = (patch: PreferencesChange, at = "2026-09-25T06:00:00Z") =>
    changePreferences({
      store: fixture.testTenant.store,
      userId: u1,
      patch,
      by: "user:u-1",
      now: toInstant(Date.parse(at)),
    });
  const log = async () =>
    Object.fromEntries(
      (await all(fixture.testTenant.store.outbox.list())).map(({ id, state, note }) => [id, note ?? state]),
    );
  const told = () => sender.sent.map(({ type, to, findings }) => [type, to, ...findings]);
  beforeEach(async () => {
    fixture = anInsightTenant({}, aTenantStore());
    sender = aSender(fixture.testTenant);
    await fixture.testTenant.store.imports.saveUsers([rep]);
  });
  const overdue = async (...ids: readonly string[]) => {
    await fixture.customers(Object.fromEntries(ids.map((id) => [id, "u-1"])));
    for (const id of ids) await fixture.invoice(id, `I-${id}`, "2026-08-01");
  };

  it("scenario 4: found high at 22:10, the customer orders at 06:30: nothing is sent at 07:00, and the log says why", async () => {
    await fixture.customers({ silent: "u-1" });
    await fixture.orders("silent", RHYTHM);
    await fixture.nightly("2026-09-25", { now: toInstant(Date.parse("2026-09-26T22:10:00Z")) });
    await sender.sendAt("2026-09-27T06:59:00Z");
    expect(sender.sent).toEqual([]);
    await fixture.orders("silent", ["2026-09-27"]);
    await sender.sendAt("2026-09-27T07:00:00Z");
    expect(sender.sent).toEqual([]);
    await sender.sendAt("2026-09-27T12:00:00Z");
    expect(sender.sent).toEqual([]);
    expect(await log()).toEqual({
      "alert:churn-risk:silent:2026-08-10": "resolved while held",
      "digest:u-1:2026-09-25": "resolved while held",
    });
  });

  it("scenario 5: four highs at night are one message at 07:00, within the alert budget", async () => {
    await overdue("a", "b", "c", "d");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    expect(await sender.sendAt("2026-09-25T06:59:59Z")).toMatchObject({ sent: 0 });
    expect(await sender.sendAt("2026-09-25T07:00:00Z")).toMatchObject({ sent: 1 });
    expect(told()).toEqual([["alert", "u-1", ...["a", "b", "c", "d"].map((id) => `overdue-payments:${id}`)]]);
    const merged = sender.sent[0]?.key ?? "";
    expect(await log()).toEqual({
      [merged]: "sent",
      // It counts the four and has no line for them.
      "digest:u-1:2026-09-24": "due",
      ...Object.fromEntries(["a", "b", "c", "d"].map((id) => [`alert:overdue-payments:${id}:2026-08-01`, merged])),
    });
    await sender.sendAt("2026-09-25T23:00:00Z");
    expect(told().slice(1)).toEqual([["digest", "u-1"]]);
  });

  it("is one message also when a batch ends in the middle of one person's, and when two workers send it", async () => {
    const ids = Array.from({ length: 10 }, (_, i) => `c-${i}`);
    await overdue(...ids);
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await Promise.all([sender.sendAt("2026-09-25T07:00:00Z"), sender.sendAt("2026-09-25T07:00:00Z")]);
    await sender.sendAt("2026-09-25T07:20:00Z");
    expect(sender.sent.filter(({ type }) => type === "alert").flatMap(({ findings }) => findings)).toHaveLength(10);
    expect(new Set(sender.sent.map(({ key }) => key)).size).toBe(1);
  });

  it("is sent without what was paid meanwhile", async () => {
    await overdue("a", "b", "c");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await fixture.payment("I-b", "2026-09-25");
    await sender.sendAt("2026-09-25T07:00:00Z");
    expect(told()).toEqual([["alert", "u-1", "overdue-payments:a", "overdue-payments:c"]]);
    expect((await log())["alert:overdue-payments:b:2026-08-01"]).toBe("resolved while held");
  });

  it("is checked in a digest too: what has ended is not told, and no digest is sent without the rest", async () => {
    await fixture.customers({ debtor: "u-1", other: "u-1" });
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    await fixture.invoice("other", "O-1", "2026-09-01");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await fixture.payment("D-1", "2026-09-25");
    await sender.sendAt("2026-09-25T07:30:00Z");
    expect(told()).toEqual([["digest", "u-1", "overdue-payments:other"]]);
    await fixture.nightly("2026-09-25", { isScheduled: true });
    await fixture.payment("O-1", "2026-09-26");
    await sender.sendAt("2026-09-26T07:30:00Z");
    expect(told()).toHaveLength(1);
    expect((await log())["digest:u-1:2026-09-25"]).toBe("resolved while held");
  });

  it("moves into the digest, or is not told, when its reader changes that meanwhile", async () => {
    await overdue("a");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await prefer({ kinds: { "overdue-payments": { high: "digest" } } });
    await sender.sendAt("2026-09-25T07:00:00Z");
    expect(sender.sent).toEqual([]);
    await sender.sendAt("2026-09-25T07:30:00Z");
    expect(told()).toEqual([["digest", "u-1", "overdue-payments:a"]]);
    await prefer({ kinds: { "overdue-payments": { high: "off" } } }, "2026-09-25T08:00:00Z");
    await overdue("b");
    await fixture.nightly("2026-09-25", { isScheduled: true });
    await sender.sendAt("2026-09-26T12:00:00Z");
    expect(told()).toHaveLength(1);
  });

  it("waits longer in another zone, and goes to who stands in for a rep who has left, by their preferences", async () => {
    await overdue("a");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await prefer({ zone: "America/Sao_Paulo" });
    await sender.sendAt("2026-09-25T07:00:00Z");
    expect(sender.sent).toEqual([]);
    await fixture.testTenant.store.imports.saveUsers([
      { ...rep, teamId: "north", isActive: false },
      { ...rep, userId: userIdSchema.parse("mia"), role: "manager", teamId: "north" },
    ]);
    await sender.sendAt("2026-09-25T10:00:00Z");
    expect(told()).toContainEqual(["alert", "u-1", "overdue-payments:a"]);
  });

  it("nothing is told both at once and in a digest, in the same episode", async () => {
    await overdue("a");
    await fixture.invoice("a", "I-2", "2026-09-10");
    await fixture.customers({ debtor: "u-1" });
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    for (const on of ["2026-09-24", "2026-09-25", "2026-09-26"]) {
      await fixture.nightly(on, { isScheduled: true });
      const next = new Date(Date.parse(on) + 86_400_000).toISOString().slice(0, 10);
      await sender.sendAt(`${next}T07:00:00Z`);
      await sender.sendAt(`${next}T07:30:00Z`);
    }
    const atOnce = sender.sent.filter(({ type }) => type === "alert").flatMap(({ findings }) => findings);
    const inDigests = sender.sent.filter(({ type }) => type === "digest").flatMap(({ findings }) => findings);
    expect(atOnce).toEqual(["overdue-payments:a"]);
    expect(new Set(inDigests)).toEqual(new Set(["overdue-payments:debtor"]));
  });

  it("a digest that lists nothing has when and where its reader was told what it counts", async () => {
    await prefer({ zone: "Europe/Copenhagen" });
    await overdue("a");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await sender.sendAt("2026-09-25T05:00:00Z");
    await sender.sendAt("2026-09-25T05:30:00Z");
    await fixture.nightly("2026-09-25", { isScheduled: true });
    await sender.sendAt("2026-09-26T05:30:00Z");
    const sent = { on: "2026-09-25", time: "07:00", channel: "email" };
    const before = [{ kind: "overdue-payments", customerName: "A", sent }];
    expect(sender.sent.map((one) => [one.type, one.findings, one.before])).toEqual([
      ["alert", ["overdue-payments:a"], []],
      ["digest", [], before],
      ["digest", [], before],
    ]);
  });

  it("scenario 3: two runs in the same second, and a step tried again after it was written, are one digest", async () => {
    await fixture.customers({ debtor: "u-1" });
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    const other = { store: fixture.testTenant.another().store.nightly };
    await Promise.all([
      fixture.nightly("2026-09-24", { isScheduled: true }),
      fixture.nightly("2026-09-24", { isScheduled: true, ...other }),
    ]);
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await Promise.all([sender.sendAt("2026-09-25T07:30:00Z"), sender.sendAt("2026-09-25T07:30:00Z")]);
    await sender.sendAt("2026-09-25T07:31:00Z");
    expect(told()).toEqual([["digest", "u-1", "overdue-payments:debtor"]]);
  });

  it("scenario 6: a rep who changes the zone after their digest gets no second one that day", async () => {
    await prefer({ zone: "Europe/Copenhagen" });
    await fixture.customers({ debtor: "u-1" });
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await sender.sendAt("2026-09-25T05:30:00Z");
    expect(told()).toHaveLength(1);
    await prefer({ zone: "America/Sao_Paulo" }, "2026-09-25T05:40:00Z");
    await sender.sendAt("2026-09-25T10:30:00Z");
    await fixture.nightly("2026-09-25", { isScheduled: true });
    await sender.sendAt("2026-09-26T02:59:00Z");
    expect(told()).toHaveLength(1);
    await sender.sendAt("2026-09-26T10:30:00Z");
    expect(told()).toHaveLength(2);
  });

  it("scenario 7: an empty day has no digest, a day that only clears something neither, unless asked for", async () => {
    await fixture.customers({ debtor: "u-1" });
    await fixture.nightly("2026-09-23", { isScheduled: true });
    expect(await fixture.outbox()).toEqual({});
    await fixture.invoice("debtor", "D-1", "2026-09-01");
    await fixture.nightly("2026-09-24", { isScheduled: true });
    await sender.sendAt("2026-09-25T07:30:00Z");
    await fixture.payment("D-1", "2026-09-25");
    await fixture.nightly("2026-09-25", { isScheduled: true });
    expect(Object.keys(await fixture.outbox())).toEqual(["digest:u-1:2026-09-24"]);
    await fixture.invoice("debtor", "D-2", "2026-09-01");
    await fixture.nightly("2026-09-26", { isScheduled: true });
    await prefer({ digestOfCleared: true });
    await fixture.payment("D-2", "2026-09-27");
    await fixture.nightly("2026-09-27", { isScheduled: true });
    const digest = (await all(fixture.testTenant.store.outbox.list())).find(({ id }) => id === "digest:u-1:2026-09-27");
    expect(digest?.message).toMatchObject({ lines: [], cleared: { count: 1, first: [{ customerName: "DEBTOR" }] } });
  });

  it("scenario 14: what the tenant makes compulsory is told to a rep who has switched it off", async () => {
    await prefer({ kinds: { "overdue-payments": { high: "off" } }, allOff: true });
    await changeTenantPreferences({
      store: fixture.testTenant.store,
      by: "user:adam",
      now: toInstant(0),
      patch: {},
      compulsions: [{ set: { kinds: { "overdue-payments": { high: "at-once" } } }, reason: "Cash is tight." }],
    });
    await overdue("a");
    await fixture.customers({ silent: "u-1" });
    await fixture.orders("silent", RHYTHM);
    await fixture.nightly("2026-09-25", { isScheduled: true });
    await sender.sendAt("2026-09-26T12:00:00Z");
    expect(told()).toEqual([["alert", "u-1", "overdue-payments:a"]]);
    const alert = (await all(fixture.testTenant.store.outbox.list())).find(({ message }) => message.type === "alert");
    expect(alert?.why).toEqual({
      rule: "quiet-hours",
      decidedBy: "compulsion",
      reason: "Cash is tight.",
      isOverruled: true,
    });
  });
});
