import { checkOf } from "@regulars/core/insights/diff";
import { findingId } from "@regulars/core/insights/finding";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const ACME = customerIdSchema.parse("acme");
const [ANA, BOB] = [userIdSchema.parse("ana"), userIdSchema.parse("bob")];
const AT = toInstant(Date.parse("2026-11-23T02:00:00Z"));
const AS_OF = { asOf: day("2026-11-22") };
const PERSON = '["quiet","person","p#1 \\u00e9"]';

const about = (id: string, parts: Partial<StoredFinding> = {}): StoredFinding => ({
  kind: "customer-status",
  subject: { type: "status", id, customerId: ACME },
  repId: ANA,
  level: "medium",
  state: "open",
  episode: "2026-11-01",
  facts: { name: "Quiet", order: [1, 2] },
  foundOn: day("2026-11-02"),
  ...parts,
});

const noted = ({ facts, ...rest }: StoredFinding) => ({ ...rest, factsCheck: checkOf(facts) });

describe("findings about statuses", () => {
  let testTenant: TestTenant;
  const nightly = () => testTenant.store.nightly;
  const save = (put: readonly StoredFinding[], remove: readonly StoredFinding[] = []) =>
    nightly().saveFindings({ put, remove, notify: [] });
  const listed = async (repId: typeof ANA) => {
    await indexesCaughtUp();
    return all(nightly().ofRep(repId));
  };
  const seen = async () => (await nightly().snapshotOf(ACME, AS_OF))?.findings;
  const inPlaceOfOld = (finding: StoredFinding) =>
    testTenant.keys.snapshotPart(ACME, { part: "finding", kind: finding.kind, subject: finding.subject });

  beforeEach(async () => {
    testTenant = aTenantStore();
    await testTenant.store.imports.saveUsers(
      [ANA, BOB].map((userId) => ({ userId, name: userId, role: "rep" as const })),
    );
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, repId: ANA }]);
  });

  it("lie apart from the customer, which notes all of them but their facts", async () => {
    const told = { on: day("2026-11-02"), level: "medium", to: ANA } as const;
    const found = [about("quiet", { reachedOn: day("2026-11-05"), told }), about(PERSON)];
    await save(found);
    expect(await testTenant.item(inPlaceOfOld(about("quiet")))).toBeUndefined();
    expect(await seen()).toEqual(expect.arrayContaining(found.map(noted)));
    expect(await nightly().findingsAboutStatuses(ACME)).toEqual(expect.arrayContaining(found));
    expect(await nightly().finding(about(PERSON))).toEqual(about(PERSON));
    expect(await listed(ANA)).toHaveLength(2);
    await save([], [about("quiet")]);
    expect(await seen()).toEqual([noted(about(PERSON))]);
    expect(await listed(ANA)).toEqual([about(PERSON)]);
  });

  it("are saved by the hundred, each with what is noted of it", async () => {
    const many = Array.from({ length: 120 }, (_, i) => about(`status${i}`));
    await save(many);
    expect(await seen()).toHaveLength(120);
    expect(await nightly().findingsAboutStatuses(ACME)).toHaveLength(120);
  });

  it("stay noted when statuses are saved, and the statuses when findings are", async () => {
    const { statuses } = testTenant.store;
    const statusId = monitorIdSchema.parse("quiet");
    const values = {
      held: [{ statusId, ownerType: "company" as const, since: day("2026-11-01") }],
      settledOn: day("2026-11-22"),
      settled: statusId,
      book: "b",
      basis: "c",
    };
    const saved = { customerId: ACME, turns: [], at: AT, isPublished: false };
    await save([about("quiet")]);
    expect(await statuses.statusesOf(ACME)).toEqual({ values: undefined, revision: 0 });
    const withDay = { ...values, nextChangeOn: day("2026-12-01") };
    expect(await statuses.saveStatuses({ ...saved, values: withDay, revision: 0 })).toBe(true);
    expect(await statuses.saveStatuses({ ...saved, values, revision: 0 })).toBe(false);
    expect(await statuses.statusesOf(ACME)).toEqual({ values: withDay, revision: 1 });
    expect(await statuses.saveStatuses({ ...saved, values, revision: 1 })).toBe(true);
    await save([about("other")], [about("quiet")]);
    expect(await statuses.statusesOf(ACME)).toEqual({ values, revision: 2 });
    expect(await seen()).toEqual([noted(about("other"))]);
  });

  it("are noted with their dismissal, without it when that is undone, and with the customer's new owner", async () => {
    const stored = about("quiet");
    await save([stored]);
    const dismissal = {
      kind: stored.kind,
      subject: stored.subject,
      episode: stored.episode,
      at: AT,
      by: ANA,
    };
    const dismissed = { ...stored, state: "dismissed" as const, dismissal };
    await testTenant.store.review.saveDismissal(dismissed, dismissal);
    expect(await seen()).toEqual([noted(dismissed)]);
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, repId: BOB }]);
    expect(await seen()).toEqual([noted({ ...dismissed, repId: BOB })]);
    expect(await listed(BOB)).toEqual([{ ...dismissed, repId: BOB }]);
    const { state, episode } = stored;
    const undo = {
      findingId: findingId(stored),
      by: "user:ana",
      at: AT,
      before: { what: "dismissal" as const, state, episode },
    };
    await testTenant.store.review.keepUndo(undo);
    expect(await testTenant.store.review.putBack(undo, stored)).toBe(true);
    expect(await seen()).toEqual([noted({ ...stored, repId: BOB })]);
    expect(await nightly().finding(stored)).toEqual({ ...stored, repId: BOB });
  });

  it("are noted in a few bytes, and with short names where there is more to say", async () => {
    const told = { on: day("2026-11-02"), level: "high" } as const;
    const high = { level: "high", repId: undefined } as const;
    const found = [
      about("quiet"),
      about("new", { foundOn: day("2026-11-01"), repId: undefined }),
      about("reached", { ...high, reachedOn: day("2026-12-24") }),
      about("fell", { ...high, episode: "fell:2026-11-01" }),
      about("told", { ...high, told }),
      about("earlier", { foundOn: day("2026-10-31") }),
    ];
    await save(found);
    expect(await seen()).toEqual(expect.arrayContaining(found.map(noted)));
    const item = (await testTenant.item(testTenant.keys.snapshotPart(ACME, { part: "statuses" }))) ?? {};
    const check = checkOf(about("quiet").facts);
    const inFull = Object.entries(item).filter(
      ([name, note]) => name.startsWith("F#") && !(note instanceof Uint8Array),
    );
    expect(Object.fromEntries(inFull)).toEqual({
      "F#customer-status#fell": { c: check, e: "fell:2026-11-01", f: 20_759, l: "high" },
      "F#customer-status#told": { c: check, e: 20_758, f: 20_759, l: "high", t: told },
      "F#customer-status#earlier": { c: check, e: 20_758, f: 20_757, r: "ana" },
    });
    const bytes = Object.entries(item).flatMap(([name, note]) => (note instanceof Uint8Array ? [[name, note]] : []));
    expect(Object.fromEntries(bytes.map(([name, note]) => [name, note?.length]))).toEqual({
      "F#customer-status#quiet": 14,
      "F#customer-status#new": 9,
      "F#customer-status#reached": 13,
    });
  });

  it("are put back, moved and removed whichever way they are noted", async () => {
    const stored = about("sts_1");
    const dismissal = { kind: stored.kind, subject: stored.subject, episode: stored.episode, at: AT, by: ANA };
    await save([stored]);
    const before = { what: "dismissal" as const, state: "dismissed" as const, episode: stored.episode, dismissal };
    const undo = { findingId: findingId(stored), by: "user:ana", at: AT, before };
    await testTenant.store.review.saveDismissal({ ...stored, dismissal }, dismissal);
    await testTenant.store.review.keepUndo(undo);
    expect(await testTenant.store.review.putBack(undo, stored)).toBe(true);
    expect(await seen()).toEqual([noted({ ...stored, state: "dismissed", dismissal })]);

    const place = testTenant.keys.snapshotPart(ACME, { part: "statuses" });
    const note = { c: checkOf(stored.facts), e: 20_758, f: 20_759, r: "ana" };
    for (const change of ["saved", "moved", "removed"]) {
      await testTenant.operations.put({ ...place, "F#customer-status#sts_1": note });
      expect(await seen()).toEqual([noted(stored)]);
      if (change === "moved") await testTenant.store.imports.saveCustomers([{ customerId: ACME, repId: BOB }]);
      else await save(change === "saved" ? [stored] : [], change === "saved" ? [] : [stored]);
      const names = Object.keys((await testTenant.item(place)) ?? {}).filter((name) => name.startsWith("F#"));
      expect([change, ...names]).toEqual(change === "removed" ? [change] : [change, "F#customer-status#sts_1"]);
      expect((await seen())?.map(({ repId }) => repId)).toEqual(
        change === "removed" ? [] : [change === "moved" ? BOB : ANA],
      );
    }
  });

  it("keep what a nightly run writes while they are moved or put back, and so do their notes", async () => {
    const stored = about("sts_1");
    const dismissal = { kind: stored.kind, subject: stored.subject, episode: stored.episode, at: AT, by: ANA };
    const before = { what: "dismissal" as const, state: stored.state, episode: stored.episode };
    const undo = { findingId: findingId(stored), by: "user:ana", at: AT, before };
    await save([stored]);
    const told = { on: day("2026-11-22"), level: "high" as const };
    const dismissed = { ...stored, state: "dismissed" as const, dismissal };
    await testTenant.store.review.saveDismissal(dismissed, dismissal);
    await testTenant.store.review.keepUndo(undo);
    const night = (change: Partial<StoredFinding>) => () => save([{ ...dismissed, ...change }]);

    const moving = testTenant.another();
    const isMove = (input: unknown) => JSON.stringify(input).includes("F#customer-status#sts_1");
    beforeCommand(moving.table, "TransactWriteItems", night({ level: "high", told }), isMove);
    await moving.store.imports.saveCustomers([{ customerId: ACME, repId: BOB }]);
    const moved = { ...dismissed, level: "high" as const, told, repId: BOB };
    expect([await nightly().finding(stored), await seen()]).toEqual([moved, [noted(moved)]]);

    const undoing = testTenant.another();
    beforeCommand(undoing.table, "TransactWriteItems", night({ level: "watch", repId: BOB }));
    expect(await undoing.store.review.putBack(undo, stored)).toBe(true);
    const putBack = { ...stored, level: "watch" as const, repId: BOB };
    expect([await nightly().finding(stored), await seen()]).toEqual([putBack, [noted(putBack)]]);
  });

  it("keep what a nightly run writes while they are dismissed or reopened, and so do their notes", async () => {
    const { reachedOn: _none, ...stored } = about("sts_1");
    const dismissal = { kind: stored.kind, subject: stored.subject, episode: stored.episode, at: AT, by: ANA };
    const told = { on: day("2026-11-22"), level: "high" as const };
    await save([stored]);
    const night = { ...stored, level: "high" as const, reachedOn: day("2026-11-22"), told, repId: BOB };
    const dismissing = testTenant.another();
    beforeCommand(dismissing.table, "TransactWriteItems", () => save([night]));
    await dismissing.store.review.saveDismissal({ ...stored, state: "dismissed", dismissal }, dismissal);
    const dismissed = { ...stored, level: "high" as const, told, repId: BOB, state: "dismissed" as const, dismissal };
    expect([await nightly().finding(stored), await seen()]).toEqual([dismissed, [noted(dismissed)]]);
    expect([await listed(ANA), await listed(BOB)]).toEqual([[], [dismissed]]);

    const reopening = testTenant.another();
    beforeCommand(reopening.table, "TransactWriteItems", () => save([{ ...dismissed, level: "watch" }]));
    await reopening.store.review.saveDismissal(stored, undefined);
    const { dismissal: _dismissal, ...open } = { ...dismissed, level: "watch" as const, state: "open" as const };
    expect([await nightly().finding(stored), await seen()]).toEqual([open, [noted(open)]]);
  });

  it("are not dismissed once a nightly run has resolved them or found another episode", async () => {
    const stored = about("sts_1");
    const dismissal = { kind: stored.kind, subject: stored.subject, episode: stored.episode, at: AT, by: ANA };
    for (const night of [() => save([], [stored]), () => save([{ ...stored, episode: "2026-11-20" }])]) {
      await save([stored]);
      const dismissing = testTenant.another();
      beforeCommand(dismissing.table, "TransactWriteItems", night);
      const dismissed = { ...stored, state: "dismissed" as const, dismissal };
      await expect(dismissing.store.review.saveDismissal(dismissed, dismissal)).rejects.toThrow("try again");
      expect((await seen())?.some(({ state }) => state === "dismissed")).toBe(false);
      expect((await nightly().finding(stored))?.dismissal).toBeUndefined();
    }
  });

  it("are moved and put back also where an earlier version stored more of them", async () => {
    const stored = about("sts_1");
    const dismissal = { kind: stored.kind, subject: stored.subject, episode: stored.episode, at: AT, by: ANA };
    const dismissed = { ...stored, state: "dismissed" as const, dismissal };
    await save([dismissed]);
    const key = testTenant.keys.statusFinding(ACME, stored.kind, { type: "status", id: "sts_1", customerId: ACME });
    const item = (await testTenant.item(key)) ?? {};
    await testTenant.operations.put({ ...item, ...key, dismissal: { ...dismissal, formerly: 1 } });
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, repId: BOB }]);
    expect(await seen()).toEqual([noted({ ...dismissed, repId: BOB })]);
    const before = { what: "dismissal" as const, state: stored.state, episode: stored.episode };
    const undo = { findingId: findingId(stored), by: "user:ana", at: AT, before };
    await testTenant.store.review.keepUndo(undo);
    expect(await testTenant.store.review.putBack(undo, stored)).toBe(true);
    expect(await seen()).toEqual([noted({ ...stored, repId: BOB })]);
  });

  it("do not keep a customer from a new owner where one of them cannot be read", async () => {
    await save([about("broken"), about("whole")]);
    const broken = testTenant.keys.statusFinding(ACME, "customer-status", {
      type: "status",
      id: "broken",
      customerId: ACME,
    });
    await testTenant.operations.put({ ...(await testTenant.item(broken)), ...broken, level: "none" });
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, repId: BOB }]);
    expect((await testTenant.item(broken))?.["repId"]).toBe(BOB);
    expect(await seen()).toEqual(expect.arrayContaining([noted(about("whole", { repId: BOB }))]));
  });

  it("are read as an earlier version noted them, also after a change", async () => {
    const dismissal = {
      kind: "customer-status",
      subject: about("quiet").subject,
      episode: "2026-11-01",
      at: AT,
      by: ANA,
    };
    const stored = about("quiet", { state: "dismissed", reachedOn: day("2026-11-05"), dismissal });
    await save([stored]);
    const { factsCheck: check, kind: _kind, subject: _subject, ...rest } = noted(stored);
    const place = testTenant.keys.snapshotPart(ACME, { part: "statuses" });
    await testTenant.operations.put({ ...place, "F#customer-status#quiet": { ...rest, check } });
    expect(await seen()).toEqual([noted(stored)]);
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, repId: BOB }]);
    expect(await seen()).toEqual([noted({ ...stored, repId: BOB })]);
    const { state: _state, dismissal: _dismissal, reachedOn: _reachedOn, ...open } = { ...stored, repId: BOB };
    const undo = {
      findingId: findingId(stored),
      by: "user:ana",
      at: AT,
      before: { what: "dismissal" as const, state: "open" as const, episode: stored.episode },
    };
    await testTenant.store.review.keepUndo(undo);
    expect(await testTenant.store.review.putBack(undo, stored)).toBe(true);
    expect(await seen()).toEqual([noted({ ...open, state: "open" })]);
    await testTenant.store.imports.saveCustomers([{ customerId: ACME }]);
    expect((await seen())?.map(({ repId }) => repId)).toEqual([undefined]);
  });

  it("have short names where their ids are as they are given, in place of those of an earlier version", async () => {
    const stored = about(`sts_${"0k".repeat(13)}`);
    const place = testTenant.keys.snapshotPart(ACME, { part: "statuses" });
    const long = `F#customer-status#sts_${"0k".repeat(13)}`;
    const names = async () => Object.keys((await testTenant.item(place)) ?? {}).filter((name) => !/^[ps]k$/.test(name));
    await save([stored]);
    const [short = ""] = await names();
    expect(await names()).toEqual([short]);
    expect([short.length, await seen()]).toEqual([21, [noted(stored)]]);

    // What an earlier version at work beside this one notes is newer than what it does not know.
    const later = { c: checkOf(stored.facts), e: 20_758, f: 20_759, r: "ana", l: "high" };
    await testTenant.operations.put({ ...(await testTenant.item(place)), ...place, [long]: later });
    expect(await seen()).toEqual([noted({ ...stored, level: "high" })]);
    await save([{ ...stored, level: "watch" }]);
    expect([await names(), await seen()]).toEqual([[short], [noted({ ...stored, level: "watch" })]]);

    await testTenant.operations.put({ ...(await testTenant.item(place)), ...place, [long]: later });
    await save([], [stored]);
    expect([await names(), await seen()]).toEqual([[], []]);
  });

  it("are read where an earlier version stored them, until a nightly run has moved them", async () => {
    const stored = about("quiet");
    const old = inPlaceOfOld(stored);
    await testTenant.operations.put({
      ...old,
      ...stored,
      g1p: testTenant.keys.repFindings(ANA),
      g1s: "F#customer-status#acme",
    });
    expect(await seen()).toEqual([stored]);
    expect(await nightly().finding(stored)).toEqual(stored);
    for (const shard of nightly().shards)
      await all(nightly().snapshots(shard, AS_OF, { repair: true, onUnreadable: () => undefined }));
    expect(await testTenant.item(old)).toBeUndefined();
    expect(await seen()).toEqual([noted(stored)]);
    expect(await nightly().finding(stored)).toEqual(stored);
    expect(await listed(ANA)).toEqual([stored]);
  });
});
