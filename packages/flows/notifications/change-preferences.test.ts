import { builtInInsights } from "@regulars/core/insights/catalog";
import { preferencesChangeSchema, type PreferencesChange } from "@regulars/core/notifications/preferences";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { changePreferences, changeTenantPreferences } from "./change-preferences.ts";

const anna = userIdSchema.parse("anna");
const at = (minute: number) => toInstant(Date.parse("2026-11-23T12:00:00Z") + minute * 60_000);
const owner = { type: "user", userId: anna } as const;

describe("preferences", () => {
  let testTenant: TestTenant;
  let minute: number;
  beforeEach(() => {
    testTenant = aTenantStore();
    minute = 0;
  });
  const change = (patch: PreferencesChange, by = "user:anna", reason?: string) =>
    changePreferences({
      store: testTenant.store,
      userId: anna,
      patch,
      by,
      reason,
      now: at((minute += 1)),
      catalog: builtInInsights,
      isOurChannel: (channel) => Promise.resolve(channel === "C1"),
    });
  const stored = () => testTenant.store.preferences.of(owner);

  it("are set and taken back one by one, each with who set it and when", async () => {
    await change({ digestAt: "06:15", kinds: { "churn-risk": { high: "digest", medium: "off" } } });
    await change({ digestAt: null, kinds: { "churn-risk": { medium: null } }, allOff: true }, "unsubscribe-link");
    expect(await stored()).toEqual({
      version: 2,
      choices: { kinds: { "churn-risk": { high: "digest" } }, allOff: true },
      stamps: {
        "kinds.churn-risk.high": { at: at(1), by: "user:anna" },
        allOff: { at: at(2), by: "unsubscribe-link" },
      },
      compulsions: [],
    });
  });

  it("have a log of who set what, when and why, newest first, without what stayed", async () => {
    await change({ digestAt: "06:15" });
    await change({ digestAt: "06:15" });
    await change({ digestAt: "06:30", workWeekends: false }, "key:k1", "asked by phone");
    const { entries } = await testTenant.store.preferences.changes(owner, { limit: 10 });
    expect(entries).toEqual([
      {
        at: at(3),
        by: "key:k1",
        reason: "asked by phone",
        changes: [
          { preference: "digestAt", from: "06:15", to: "06:30" },
          { preference: "workWeekends", from: null, to: false },
        ],
      },
      { at: at(1), by: "user:anna", changes: [{ preference: "digestAt", from: null, to: "06:15" }] },
    ]);
    const first = await testTenant.store.preferences.changes(owner, { limit: 1 });
    const rest = await testTenant.store.preferences.changes(owner, { limit: 1, before: first.next });
    expect([...first.entries, ...rest.entries]).toEqual(entries);
    expect(rest.next).toBeUndefined();
  });

  it("of two changes at the same time are both kept", async () => {
    await Promise.all([change({ digestAt: "06:15" }), change({ quietFrom: "21:00" }), change({ allOff: true })]);
    expect((await stored()).choices).toEqual({ digestAt: "06:15", quietFrom: "21:00", allOff: true });
  });

  it("of a kind, channel or request that does not exist are refused with what is allowed, and nothing is saved", async () => {
    const refusal = await change({ kinds: { "churn-rsk": { high: "off" } }, digestAt: "06:15" });
    expect(refusal).toMatchObject({
      ok: false,
      errors: [{ path: "kinds.churn-rsk", message: expect.stringContaining("is churn-risk meant?") }],
    });
    expect(await change({ slackChannel: "C2" })).toMatchObject({
      ok: false,
      errors: [
        {
          path: "slackChannel",
          message:
            "C2 is no channel of this company's Slack workspace that Regulars sees: invite Regulars to one of its channels, and give that one's id",
        },
      ],
    });
    expect(await change({ kinds: { introduction: { high: "digest" } } })).toMatchObject({ ok: false });
    expect(await stored()).toMatchObject({ version: 0 });
    expect(await change({ slackChannel: "C1", kinds: { introduction: { high: "off" } } })).toMatchObject({ ok: true });
  });

  it("make no quiet hours with equal ends, also when one end is the tenant's", async () => {
    const { store } = testTenant;
    const everybody = { store, by: "user:adam", now: at(0) };
    await changeTenantPreferences({ ...everybody, patch: { quietUntil: "06:00" } });
    expect(await change({ quietFrom: "06:00" })).toMatchObject({ ok: false, errors: [{ path: "quietUntil" }] });
    const compulsions = [{ set: { quietFrom: "06:00" }, reason: "We begin early." }];
    expect(await changeTenantPreferences({ ...everybody, patch: {}, compulsions })).toMatchObject({ ok: false });
  });

  it("of everybody are read at once", async () => {
    const reason = "Overdue invoices are everybody's business.";
    await change({ allOff: true });
    await changeTenantPreferences({
      store: testTenant.store,
      by: "user:adam",
      now: at(5),
      patch: { digestAt: "08:00" },
      compulsions: [{ set: { kinds: { "payment-overdue": { high: "at-once" } } }, reason }],
    });
    const { tenant, users } = await testTenant.store.preferences.all();
    expect(tenant).toMatchObject({
      choices: { digestAt: "08:00" },
      compulsions: [{ reason }],
      stamps: { compulsions: { by: "user:adam", at: at(5) } },
    });
    expect([...users]).toEqual([["anna", expect.objectContaining({ choices: { allOff: true } })]]);
  });
});

describe("a change of preferences from outside", () => {
  const faults = (given: object) => {
    const read = preferencesChangeSchema.safeParse(given);
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  };

  it("names each fault with its place and what is allowed", () => {
    expect(faults({ zone: "Europe/Kopenhagen" })).toEqual([
      'zone is not an IANA time zone; is Europe/Copenhagen meant? (given "Europe/Kopenhagen")',
    ]);
    expect(faults({ quietFrom: "20:00", quietUntil: "20:00" })).toEqual([
      "quietUntil is when quiet hours begin: for no quiet hours set hasQuietHours to false",
    ]);
    expect(faults({ quietFrom: "25:00" })).toEqual([
      "quietFrom is not a time of day: 00:00 to 23:59, written like 20:00",
    ]);
    expect(faults({ digestAt: "07:31" })).toEqual([
      "digestAt is not a digest time: 00:00 to 23:45 by quarter hours, like 07:30",
    ]);
    expect(faults({ language: "xx" })).toEqual([
      'language there are no texts in "xx"; the languages are en, da, pt-BR, uk',
    ]);
    expect(faults({ channel: "fax" })).toEqual(["channel is not a channel: mail, slack-direct, slack-channel"]);
    expect(faults({ digestDays: ["monday", "monday"] })).toEqual(["digestDays names a day twice"]);
    expect(faults({ kinds: { "churn-risk": { high: "sometimes" } } })).toEqual([
      "kinds.churn-risk.high is not allowed: write at-once, digest, off",
    ]);
    expect(faults({ kinds: { "churn-risk": { urgent: "off" } } })).toHaveLength(1);
    expect(faults({ pausedUntil: "2026-02-30" })).toEqual(["pausedUntil is not a day: YYYY-MM-DD"]);
    expect(faults({ unknown: 1 })).toHaveLength(1);
    expect(faults({ zone: null, digestAt: null, kinds: { "churn-risk": { high: null } } })).toEqual([]);
  });
});
