import type { NewNotification } from "@regulars/core/notifications/notification";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { findingId } from "@regulars/core/insights/finding";
import { otherSubjectTypes, subjectAt } from "@regulars/core/insights/subject";
import { numberOf } from "@regulars/core/platform/message-text";
import { alertSchema } from "@regulars/core/notifications/message";
import { customerIdSchema, day, itemIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const ACME = customerIdSchema.parse("acme");
const REP = userIdSchema.parse("u-1");
const NOW = toInstant(Date.parse("2026-11-23T02:00:00Z"));

const found = (item?: string, parts: Partial<StoredFinding> = {}): StoredFinding => ({
  kind: item === undefined ? "churn-risk" : "lost-items",
  subject: subjectAt(ACME, item === undefined ? undefined : { type: "item", id: itemIdSchema.parse(item) }),
  repId: REP,
  level: "high",
  state: "open",
  episode: "e1",
  facts: { silentDays: 22, nested: { list: [1, "two", null, true] } },
  foundOn: day("2026-11-22"),
  ...parts,
});

describe("findings", () => {
  let testTenant: TestTenant;
  const alertOf = (finding: StoredFinding, isOnHold = false): NewNotification => {
    const id = findingId(finding);
    const line = {
      findingId: id,
      level: "high",
      isNew: true,
      customerId: "acme",
      customerName: "Acme",
      why: { template: "x.why", variables: { days: numberOf(22) } },
      atStakeMinor: 0,
      currency: "EUR",
      link: "https://x.example",
      followUp: { text: "Hello", variables: {} },
    };
    const message = alertSchema.parse({
      type: "alert",
      tenantId: testTenant.tenant.tenantId,
      tenantName: "Acme",
      asOf: "2026-11-22",
      locale: "en",
      kind: finding.kind,
      line,
    });
    return { id: `alert:${id}:${finding.episode}`, dueAt: NOW, message, isOnHold };
  };
  const save = (
    put: readonly StoredFinding[],
    more: { remove?: readonly StoredFinding[]; notify?: readonly NewNotification[] } = {},
    which = testTenant,
  ) => which.store.nightly.saveFindings({ put, remove: more.remove ?? [], notify: more.notify ?? [] });
  const stored = async () =>
    (await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-11-22") }))?.findings ?? [];
  const outbox = async () => (await all(testTenant.store.outbox.list())).map(({ id, state }) => [id, state]);
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("are read from the customer snapshot as saved, until they are removed", async () => {
    await save([found(), found("rye"), found("12/40 B", { repId: undefined })]);
    expect(await stored()).toEqual([found(), found("12/40 B", { repId: undefined }), found("rye")]);
    await save([], { remove: [found("rye")] });
    expect((await stored()).map(({ subject }) => subject.id)).toEqual(["acme", "12/40 B"]);
  });

  it("are stored separately for every type of subject", async () => {
    const [person, deal] = (["person", "deal"] as const).map((type) =>
      found(undefined, { subject: { type, id: "12/40 B", customerId: ACME } }),
    );
    if (person === undefined || deal === undefined) throw new Error("two were made");
    await save([found(), found("12/40 B"), person, deal]);
    expect(await stored()).toEqual([found(), deal, person, found("12/40 B")]);
    await save([], { remove: [deal] });
    expect(await stored()).toEqual([found(), person, found("12/40 B")]);
  });

  it("are stored, alerted, listed, dismissed and removed without a customer as well", async () => {
    const subjects = otherSubjectTypes.map((type) => ({ type, id: "Ab/1#2" }));
    const nobodys = subjects.map((subject) => found(undefined, { subject }));
    const [first, ...others] = nobodys;
    if (first === undefined) throw new Error("there are several");
    expect(await save(nobodys, { notify: [alertOf(first)] })).toBe(1);
    const listed = async () => {
      await indexesCaughtUp();
      return all(testTenant.store.nightly.ofRep(REP));
    };
    const byType = (findings: readonly StoredFinding[]) =>
      findings.toSorted((a, b) => (a.subject.type < b.subject.type ? -1 : 1));
    expect(byType(await listed())).toEqual(byType(nobodys));
    expect(await testTenant.store.nightly.finding(first)).toEqual(first);
    expect(await stored()).toEqual([]);

    const dismissal = { kind: first.kind, subject: first.subject, episode: "e1", at: NOW };
    await testTenant.store.review.saveDismissal({ ...first, state: "dismissed", dismissal }, dismissal);
    expect(await testTenant.store.nightly.finding(first)).toMatchObject({ state: "dismissed", dismissal });
    await save([], { remove: nobodys });
    expect([await listed(), await testTenant.store.nightly.finding(first)]).toEqual([[], undefined]);
    expect(others.length).toBeGreaterThan(3);
  });

  it("keep what a nightly run writes while they are dismissed", async () => {
    const before = found();
    await save([before]);
    const dismissal = { kind: before.kind, subject: before.subject, episode: before.episode, at: NOW };
    const dismissing = testTenant.another();
    beforeCommand(dismissing.table, "TransactWriteItems", async () => {
      await save([found(undefined, { level: "watch", repId: undefined })]);
    });
    await dismissing.store.review.saveDismissal({ ...before, state: "dismissed", dismissal }, dismissal);
    expect(await testTenant.store.nightly.finding(before)).toMatchObject({
      level: "watch",
      state: "dismissed",
      dismissal,
    });
    await indexesCaughtUp();
    expect(await all(testTenant.store.nightly.ofRep(undefined))).toHaveLength(1);
  });

  it("are listed by rep, those without a rep separately; a changed rep moves them", async () => {
    await save([found(), found("rye", { repId: undefined })]);
    const listed = async (repId?: typeof REP) => {
      await indexesCaughtUp();
      return (await all(testTenant.store.nightly.ofRep(repId))).map(({ kind }) => kind);
    };
    expect([await listed(REP), await listed()]).toEqual([["churn-risk"], ["lost-items"]]);
    await save([found(undefined, { repId: undefined })]);
    expect([await listed(REP), await listed()]).toEqual([[], ["churn-risk", "lost-items"]]);
  });

  it("are saved with their alerts or not at all", async () => {
    beforeCommand(testTenant.table, "TransactWriteItems", () => Promise.reject(new Error("the process ended")));
    await expect(save([found()], { notify: [alertOf(found())] })).rejects.toThrow("the process ended");
    expect([await stored(), await outbox()]).toEqual([[], []]);
    expect(await save([found()], { notify: [alertOf(found())] })).toBe(1);
    expect([(await stored()).length, await outbox()]).toEqual([1, [["alert:churn-risk:acme:e1", "due"]]]);
  });

  it("are saved although their alert was queued before; it is not queued twice", async () => {
    await save([found()], { notify: [alertOf(found())] });
    const again = { ...alertOf(found()), dueAt: toInstant(Date.parse("2026-12-24T00:00:00Z")) };
    const changed = found(undefined, { level: "medium" });
    expect(await save([changed, found("rye")], { notify: [again, alertOf(found("rye"))] })).toBe(1);
    expect((await stored()).map(({ level }) => level)).toEqual(["medium", "high"]);
    expect((await all(testTenant.store.outbox.list())).map(({ id, dueAt }) => [id, dueAt])).toEqual([
      ["alert:churn-risk:acme:e1", NOW],
      ["alert:lost-items:acme:rye:e1", NOW],
    ]);
  });

  it("of a new episode are alerted again", async () => {
    await save([found()], { notify: [alertOf(found())] });
    const next = found(undefined, { episode: "e2" });
    expect(await save([next], { notify: [alertOf(next)] })).toBe(1);
    expect((await outbox()).length).toBe(2);
  });

  it("are all saved and alerted once, also with more alerts than fit one transaction", async () => {
    const many = Array.from({ length: 130 }, (_, i) => found(`item-${String(i).padStart(3, "0")}`));
    const quiet = Array.from({ length: 120 }, (_, i) => found(`quiet-${i}`, { level: "watch" }));
    const remove = Array.from({ length: 5 }, (_, i) => found(`gone-${i}`));
    await save(remove);
    const notify = many.map((finding) => alertOf(finding));
    expect(await save([...many, ...quiet], { remove, notify })).toBe(130);
    expect([(await stored()).length, (await outbox()).length]).toEqual([250, 130]);
    expect(await save([...many, ...quiet], { notify })).toBe(0);
    expect((await outbox()).length).toBe(130);
  });

  it("are alerted once when two runs save them at once", async () => {
    const many = Array.from({ length: 10 }, (_, i) => found(`item-${i}`));
    const notify = many.map((finding) => alertOf(finding));
    const [mine, theirs] = await Promise.all([save(many, { notify }), save(many, { notify }, testTenant.another())]);
    expect(mine + theirs).toBe(10);
    expect([(await stored()).length, (await outbox()).length]).toEqual([10, 10]);
  });

  it("put their alerts on hold when the run does not send", async () => {
    await save([found()], { notify: [alertOf(found(), true)] });
    expect(await outbox()).toEqual([["alert:churn-risk:acme:e1", "on-hold"]]);
  });

  it("are counted in the record of the nightly run", async () => {
    expect(await testTenant.store.nightly.lastNightly()).toBeUndefined();
    const record = { asOf: day("2026-11-22"), customers: 3, kinds: { "churn-risk": { eligible: 2, found: 1 } } };
    await testTenant.store.nightly.saveNightly(record);
    expect(await testTenant.store.nightly.lastNightly()).toEqual(record);
  });
});
