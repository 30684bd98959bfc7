import { describe, expect, it } from "vitest";
import { day } from "../platform/values.ts";
import { digestDaysOf } from "./digest-days.ts";
import { type PreferenceLayers, effectivePreferences } from "./effective.ts";
import { type Choices, type Compulsion, noPreferences } from "./preferences.ts";
import { route, routeDigest } from "./route.ts";
import { whyText } from "./why.ts";

const tenant = { timeZone: "Europe/Copenhagen", locale: "da-DK" };
const at = (text: string): number => Date.parse(text);
const chose = (choices: Choices, compulsions: readonly Compulsion[] = []) => ({
  ...noPreferences,
  choices,
  compulsions,
});
const preferences = (own: Choices = {}, layers: Partial<PreferenceLayers> = {}) =>
  effectivePreferences({ tenant, own: chose(own), ...layers });
const high = { kind: "churn-risk", level: "high" } as const;
const medium = { kind: "churn-risk", level: "medium" } as const;

describe("news", () => {
  it("is told at once by day when it is high, in the digest when it is medium, and not when it is watched", () => {
    const noon = at("2026-11-23T11:00:00Z");
    expect(route(high, preferences(), noon)).toEqual({
      send: "now",
      channel: "slack-channel",
      why: { rule: "at-once", decidedBy: "usual" },
    });
    expect(route(medium, preferences(), noon).send).toBe("digest");
    expect(route({ kind: "churn-risk", level: "watch" }, preferences(), noon).send).toBe("nothing");
  });

  it("waits for the end of quiet hours, from 20:00 to 07:00 of the user, the ends exactly", () => {
    const send = (text: string) => {
      const decision = route(high, preferences(), at(text));
      return decision.send === "hold" ? decision.until : decision.send;
    };
    expect(send("2026-11-23T18:59:59.999Z")).toBe("now");
    expect(send("2026-11-23T19:00:00Z")).toBe("2026-11-24T06:00:00.000Z");
    expect(send("2026-11-24T05:59:59.999Z")).toBe("2026-11-24T06:00:00.000Z");
    expect(send("2026-11-24T06:00:00Z")).toBe("now");
  });

  it("waits through quiet hours that a clock change makes longer or shorter", () => {
    const until = (text: string, own: Choices = {}) => {
      const decision = route(high, preferences(own), at(text));
      return decision.send === "hold" ? decision.until : decision.send;
    };
    expect(until("2026-03-28T22:00:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(until("2026-10-24T22:00:00Z")).toBe("2026-10-25T06:00:00.000Z");
    // 02:30 occurs twice that night: the quiet hours end the first time, and do not begin again.
    const early = { quietFrom: "20:00", quietUntil: "02:30" };
    expect(until("2026-10-25T00:29:00Z", early)).toBe("2026-10-25T00:30:00.000Z");
    expect(until("2026-10-25T01:10:00Z", early)).toBe("now");
    // 02:30 does not occur that night: the quiet hours end an hour later.
    expect(until("2026-03-29T01:10:00Z", early)).toBe("2026-03-29T01:30:00.000Z");
  });

  it("waits for Monday where weekends are free, with the nights around them", () => {
    const own: Choices = { workWeekends: false };
    const decision = route(high, preferences(own), at("2026-11-27T20:00:00Z"));
    expect(decision).toMatchObject({ send: "hold", until: "2026-11-30T06:00:00.000Z" });
    expect(route(high, preferences({ ...own, hasQuietHours: false }), at("2026-11-28T12:00:00Z"))).toMatchObject({
      send: "hold",
      until: "2026-11-29T23:00:00.000Z",
      why: { rule: "weekend", decidedBy: "user" },
    });
    expect(route(high, preferences(own), at("2026-11-27T12:00:00Z")).send).toBe("now");
  });

  it("is quiet by the user's own zone: their preference, else where they are known to be, else the tenant's", () => {
    const night = at("2026-11-23T23:30:00Z");
    const ofUser = { user: { timeZone: "America/Sao_Paulo" } };
    expect(route(high, preferences(), night)).toMatchObject({ until: "2026-11-24T06:00:00.000Z" });
    expect(route(high, preferences({}, ofUser), night)).toMatchObject({ until: "2026-11-24T10:00:00.000Z" });
    expect(route(high, preferences({ zone: "Asia/Tokyo" }, ofUser), night).send).toBe("now");
  });

  it("goes by the most personal choice, and a kind before all kinds", () => {
    const noon = at("2026-11-23T11:00:00Z");
    const defaults = chose({ kinds: { "*": { high: "digest" }, "lost-item": { high: "off" } } });
    const treatment = (kind: string, own: Choices) =>
      effectivePreferences({ tenant, defaults, own: chose(own) }).treatmentOf(kind, "high");
    expect(treatment("churn-risk", {})).toMatchObject({ value: "digest", decidedBy: "tenant" });
    expect(treatment("lost-item", {})).toMatchObject({ value: "off", decidedBy: "tenant" });
    expect(treatment("lost-item", { kinds: { "*": { high: "at-once" } } })).toMatchObject({
      value: "at-once",
      decidedBy: "user",
    });
    expect(route(high, preferences({ kinds: { "churn-risk": { high: "off" } } }), noon).send).toBe("nothing");
    expect(route(high, preferences({ allOff: true }), noon)).toMatchObject({
      send: "nothing",
      why: { rule: "all-off", decidedBy: "user" },
    });
  });

  it("of a pause is left to the first digest after it", () => {
    const own: Choices = { pausedUntil: day("2026-11-25") };
    expect(route(high, preferences(own), at("2026-11-24T22:59:00Z"))).toMatchObject({
      send: "digest",
      why: { rule: "paused", pausedUntil: "2026-11-25" },
    });
    expect(route(high, preferences(own), at("2026-11-25T12:00:00Z")).send).toBe("now");
    expect(routeDigest({ day: day("2026-11-24") }, preferences(own), 0).send).toBe("nothing");
    expect(routeDigest({ day: day("2026-11-25") }, preferences(own), 0).send).toBe("hold");
  });

  it("tells notices to admins at any hour, and a colleague's request unless it is switched off", () => {
    const night = at("2026-11-23T23:30:00Z");
    expect(route({ kind: "notice" }, preferences({ allOff: true }), night).send).toBe("now");
    expect(route({ kind: "introduction" }, preferences(), night).send).toBe("hold");
    const off: Choices = { kinds: { introduction: { high: "off" } } };
    expect(route({ kind: "introduction" }, preferences(off), night).send).toBe("nothing");
  });
});

describe("what is compulsory", () => {
  const reason = "Overdue invoices are everybody's business.";
  const defaults = chose({}, [{ set: { kinds: { "payment-overdue": { high: "at-once" } } }, reason }]);
  const overdue = { kind: "payment-overdue", level: "high" } as const;
  const noon = at("2026-11-23T11:00:00Z");

  it("overrules an off, a pause and everything off, and says whose reason it is", () => {
    const off: Choices = { kinds: { "payment-overdue": { high: "off" } } };
    expect(preferences(off, { defaults }).treatmentOf("payment-overdue", "high")).toEqual({
      value: "at-once",
      decidedBy: "compulsion",
      reason,
      overruled: "off",
    });
    for (const own of [off, { allOff: true }, { pausedUntil: day("2027-01-01") }])
      expect(route(overdue, preferences(own, { defaults }), noon).send).toBe("now");
    const { why } = route(overdue, preferences(off, { defaults }), noon);
    expect(whyText(why)).toBe(
      "is told at once (the company makes it compulsory, whatever they prefer: Overdue invoices are everybody's business.)",
    );
    expect(route(high, preferences({ allOff: true }, { defaults }), noon).send).toBe("nothing");
  });

  it("keeps quiet hours", () => {
    expect(route(overdue, preferences({}, { defaults }), at("2026-11-23T23:30:00Z")).send).toBe("hold");
  });
});

describe("a digest", () => {
  const monday = { day: day("2026-11-23") };

  it("goes at its time of its day, at once when that has passed, and also inside of quiet hours", () => {
    expect(routeDigest(monday, preferences(), at("2026-11-23T01:00:00Z"))).toMatchObject({
      send: "hold",
      until: "2026-11-23T06:30:00.000Z",
    });
    expect(routeDigest(monday, preferences(), at("2026-11-23T06:30:00Z")).send).toBe("now");
    expect(routeDigest(monday, preferences({ digestAt: "06:15" }), 0)).toMatchObject({
      until: "2026-11-23T05:15:00.000Z",
      why: { rule: "digest-time-in-quiet-hours", decidedBy: "user" },
    });
  });

  it("goes on its days only; without any, never", () => {
    expect(routeDigest(monday, preferences({ digestDays: ["tuesday"] }), 0)).toMatchObject({
      send: "nothing",
      why: { rule: "no-digest-day" },
    });
    expect(routeDigest({ day: day("2026-11-28") }, preferences({ workWeekends: false }), 0).send).toBe("nothing");
    const none = preferences({ digestDays: [] });
    expect(routeDigest(monday, none, 0).send).toBe("nothing");
    expect(routeDigest({ ...monday, isCompulsory: true }, none, 0).send).toBe("hold");
  });

  it("is made the morning after, and where that has passed by then for the next morning too", () => {
    const days = (zone: string, digestAt: string) =>
      digestDaysOf(day("2026-11-22"), preferences({ zone, digestAt }), tenant);
    expect(days("Europe/Copenhagen", "07:30")).toEqual(["2026-11-23"]);
    expect(days("America/Sao_Paulo", "00:00")).toEqual(["2026-11-23"]);
    expect(days("Europe/Copenhagen", "02:30")).toEqual(["2026-11-23", "2026-11-24"]);
    expect(days("Pacific/Auckland", "07:30")).toEqual(["2026-11-23", "2026-11-24"]);
  });
});
