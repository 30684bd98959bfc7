import type { PreferencesOwner } from "@regulars/core/notifications/preference-store";
import type { Compulsion, PreferencesChange } from "@regulars/core/notifications/preferences";
import { type UserId, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { aSender } from "../../../test/fixtures/held-messages.ts";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { threeKinds } from "../../../test/fixtures/three-kinds.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { changePreferences, changeTenantPreferences } from "./change-preferences.ts";
import { type PreferencesPreview, previewPreferences } from "./preview-preferences.ts";
import { rescheduleWaiting } from "./reschedule.ts";

/** The tenant is in UTC; its night of Friday 25 September leaves alerts until 07:00 and digests until 07:30. */
const NOW = "2026-09-26T05:00:00Z";
const id = (text: string): UserId => userIdSchema.parse(text);
const user = (name: string) =>
  ({ userId: id(name), name: name.toUpperCase(), email: `${name}@example.com`, role: "rep" }) as const;

let fixture: InsightTenant;
let sender: ReturnType<typeof aSender>;

beforeEach(async () => {
  fixture = anInsightTenant({}, aTenantStore());
  sender = aSender(fixture.testTenant);
  const { imports } = fixture.testTenant.store;
  await imports.saveUsers([
    user("anna"),
    user("bo"),
    { ...user("cai"), timeZone: "Asia/Tokyo" },
    { ...user("mia"), role: "manager", teamId: "north" },
    { ...user("left"), teamId: "north", isActive: false },
  ]);
  await fixture.customers({ silent: "anna", owing: "anna", quiet: "bo", behind: "left" });
  for (const customer of ["silent", "quiet", "behind"]) await fixture.orders(customer, RHYTHM);
  await fixture.invoice("owing", "I-1", "2026-08-01");
  await fixture.nightly("2026-09-25", { isScheduled: true });
});

const ofUser = (name: string): PreferencesOwner => ({ type: "user", userId: id(name) });
const OF_ALL: PreferencesOwner = { type: "tenant" };

interface Asked {
  readonly patch?: PreferencesChange;
  readonly compulsions?: readonly Compulsion[];
}

async function preview(
  owner: PreferencesOwner,
  { patch = {}, compulsions }: Asked,
  canSee = true,
): Promise<PreferencesPreview> {
  await indexesCaughtUp();
  const { tenant, store } = fixture.testTenant;
  const change = { store, patch, compulsions, by: "user:ada", now: toInstant(Date.parse(NOW)) };
  const told = await previewPreferences({ tenant, catalog: threeKinds, store, owner, canSee: () => canSee }, change);
  if (!told.ok) throw new Error(told.message);
  return told.value;
}

async function save(owner: PreferencesOwner, { patch = {}, compulsions }: Asked): Promise<void> {
  const { tenant, store } = fixture.testTenant;
  const change = { store, patch, by: "user:ada", now: toInstant(Date.parse(NOW)) };
  const saved =
    owner.type === "user"
      ? await changePreferences({ ...change, userId: owner.userId })
      : await changeTenantPreferences({ ...change, compulsions });
  if (!saved.ok) throw new Error(saved.message);
  await indexesCaughtUp();
  await rescheduleWaiting({ tenant, store, now: Date.parse(NOW) });
}

const countsOf = ({ news }: PreferencesPreview) =>
  Object.fromEntries((news?.counts ?? []).map(({ telling, now, after }) => [telling, [now, after]]));
const movedIn = ({ news }: PreferencesPreview) =>
  news?.moved.first.map(({ finding, reader, now, after }) => [finding.id, reader?.userId, now, after]);
const waitingIn = ({ waiting }: PreferencesPreview) =>
  waiting.first
    .map(({ now, after }) => [after.notificationId, wayOf(now), wayOf(after)])
    .toSorted(([a = ""], [b = ""]) => (String(a) < String(b) ? -1 : 1));
const wayOf = ({ at, send }: { readonly at: string; readonly send: string }) => (send === "drop" ? "not sent" : at);
const digestsIn = ({ digests }: PreferencesPreview) =>
  digests.first.map(({ user: { userId }, now, after }) => [userId, now.at, after.at]);

describe("what a change of preferences would do", () => {
  it("is what becomes of the last night's news and of what waits once it is saved", async () => {
    const patch: PreferencesChange = { kinds: { "churn-risk": { high: "digest" } }, digestAt: "06:00" };
    const told = await preview(ofUser("anna"), { patch });
    expect(countsOf(told)).toEqual({ "at-once": [2, 1], digest: [0, 1], nothing: [0, 0] });
    expect(movedIn(told)).toEqual([["churn-risk:silent", "anna", "at-once", "digest"]]);
    expect(waitingIn(told)).toEqual([
      ["alert:churn-risk:silent:2026-08-10", "2026-09-26T07:00:00.000Z", "not sent"],
      ["digest:anna:2026-09-25", "2026-09-26T07:30:00.000Z", "2026-09-26T06:00:00.000Z"],
    ]);
    expect(digestsIn(told)).toEqual([["anna", "2026-09-26T07:30:00.000Z", "2026-09-26T06:00:00.000Z"]]);
    expect(told.people).toBeUndefined();
    // Nothing was saved.
    expect((await fixture.testTenant.store.preferences.of(ofUser("anna"))).version).toBe(0);
    await save(ofUser("anna"), { patch });
    await sender.sendAt("2026-09-26T06:00:00Z");
    await sender.sendAt("2026-09-26T07:00:00Z");
    const annas = sender.sent.filter(({ to }) => to === "anna").map(({ type, findings }) => [type, ...findings]);
    expect(annas).toEqual([["digest"], ["alert", "overdue-payments:owing"]]);
  });

  it.each([
    ["everything off", { allOff: true }, undefined],
    ["a pause", { pausedUntil: "2026-09-29" }, "2026-09-29T07:30:00.000Z"],
    ["no day with a digest", { digestDays: [] }, undefined],
    ["Mondays only", { digestDays: ["monday"] }, "2026-09-28T07:30:00.000Z"],
    ["another zone", { zone: "America/New_York" }, "2026-09-26T11:30:00.000Z"],
    ["a time that has passed", { digestAt: "04:00" }, "2026-09-26T05:00:00.000Z"],
  ] as const)("of %s is another next digest, or none", async (_what, change, after) => {
    const patch = change as PreferencesChange;
    expect(digestsIn(await preview(ofUser("anna"), { patch }))).toEqual([["anna", "2026-09-26T07:30:00.000Z", after]]);
  });

  it("counts what goes to a digest that there is not as not told", async () => {
    await save(ofUser("anna"), { patch: { kinds: { "*": { high: "digest" } } } });
    expect(countsOf(await preview(ofUser("anna"), { patch: { digestDays: [] } }))).toEqual({
      "at-once": [0, 0],
      digest: [2, 0],
      nothing: [0, 2],
    });
  });

  it("of a digest that was sent is the one of a later day", async () => {
    await sender.sendAt("2026-09-26T07:30:00Z");
    const patch: PreferencesChange = { digestAt: "18:00" };
    expect(digestsIn(await preview(ofUser("bo"), { patch }))).toEqual([
      ["bo", "2026-09-27T07:30:00.000Z", "2026-09-27T18:00:00.000Z"],
    ]);
  });

  it("of a manager is also about what a colleague who has left would be told", async () => {
    const told = await preview(ofUser("mia"), { patch: { kinds: { "*": { high: "off" } } } });
    expect(movedIn(told)).toEqual([["churn-risk:behind", "mia", "at-once", "nothing"]]);
  });

  it("of the tenant's defaults names whom it changes something for, and who chose themselves", async () => {
    await save(ofUser("bo"), { patch: { digestAt: "08:00", kinds: { "churn-risk": { high: "at-once" } } } });
    const patch: PreferencesChange = { digestAt: "06:00", kinds: { "*": { high: "digest" } } };
    const told = await preview(OF_ALL, { patch });
    expect(told.rows.map(({ name, changed, chose }) => [name, changed, chose])).toEqual([
      ["digestAt", 3, 1],
      // Of their other kinds it does.
      ["kinds.*.high", 4, 0],
    ]);
    expect(told.people).toMatchObject({ of: 4, changed: { count: 4 }, chose: { count: 0 } });
    expect(movedIn(told)?.toSorted()).toEqual([
      ["churn-risk:behind", "mia", "at-once", "digest"],
      ["churn-risk:silent", "anna", "at-once", "digest"],
      ["overdue-payments:owing", "anna", "at-once", "digest"],
    ]);
    const ofTime = await preview(OF_ALL, { patch: { digestAt: "06:00" } });
    expect(ofTime.people).toMatchObject({ changed: { count: 3 }, chose: { count: 1, first: [{ name: "BO" }] } });
    expect(digestsIn(ofTime)).toEqual([
      ["anna", "2026-09-26T07:30:00.000Z", "2026-09-26T06:00:00.000Z"],
      // Their morning has passed in Tokyo.
      ["cai", "2026-09-26T22:30:00.000Z", "2026-09-26T21:00:00.000Z"],
      ["mia", "2026-09-26T07:30:00.000Z", "2026-09-26T06:00:00.000Z"],
    ]);
    const ofZone = await preview(OF_ALL, { patch: { zone: "Asia/Tokyo" } });
    expect(ofZone.people).toMatchObject({ of: 4, changed: { count: 3 }, chose: { count: 0 } });
  });

  it("of what is made compulsory reaches those who chose themselves too", async () => {
    await save(ofUser("anna"), { patch: { kinds: { "churn-risk": { high: "off" } }, allOff: true } });
    const compulsions = [{ set: { kinds: { "churn-risk": { high: "at-once" as const } } }, reason: "Cash is tight." }];
    const told = await preview(OF_ALL, { compulsions });
    expect(told.rows).toMatchObject([
      {
        name: "kinds.churn-risk.high",
        now: { value: "at-once", decidedBy: "usual" },
        after: { value: "at-once", decidedBy: "compulsion", reason: "Cash is tight." },
        changed: 1,
        chose: 0,
      },
    ]);
    expect(told.people).toMatchObject({ changed: { count: 1, first: [{ name: "ANNA" }] }, chose: { count: 0 } });
    expect(movedIn(told)).toEqual([["churn-risk:silent", "anna", "nothing", "at-once"]]);
    await save(OF_ALL, { compulsions });
    expect((await preview(OF_ALL, { compulsions: [] })).people).toMatchObject({ changed: { count: 1 } });
  });

  it("is nothing of a form that has the choices as they are", async () => {
    expect(await preview(ofUser("anna"), {})).toMatchObject({
      rows: [],
      waiting: { count: 0 },
      digests: { count: 0 },
      news: { moved: { count: 0 } },
    });
  });

  it("counts customers whom the viewer does not see, and names none of them", async () => {
    const { news } = await preview(ofUser("anna"), { patch: { allOff: true } }, false);
    expect(news?.moved).toEqual({ count: 2, first: [] });
  });
});
