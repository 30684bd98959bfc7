import { describe, expect, it } from "vitest";
import { type Instant, instantSchema, userIdSchema } from "../platform/values.ts";
import { type Introduction, answered, introductionAt, mayBeAsked } from "./introduction.ts";
import { introductionTemplateSchema, templateFor } from "./introduction-template.ts";
import { changedWhoKnows, whoKnowsSettingsOf } from "./who-knows-settings.ts";

const at = (text: string): Instant => instantSchema.parse(`2026-11-${text}.000Z`);

const requested: Introduction = {
  introductionId: "intro_1",
  requesterId: userIdSchema.parse("ana"),
  colleagueId: userIdSchema.parse("bob"),
  personId: "p",
  state: "requested",
  requestedAt: at("01T09:00:00"),
  changedAt: at("01T09:00:00"),
};

const steps = (...answers: readonly ("accepted" | "introduced" | "declined")[]) =>
  answers.reduce<string[]>(
    (states, answer) => {
      const last = states.at(-1);
      const from = { ...requested, state: last } as Introduction;
      const next = answered(from, answer, at("02T09:00:00"));
      return [...states, next.ok ? next.value.state : next.reason];
    },
    ["requested"],
  );

describe("an introduction", () => {
  it("RH14: is requested, accepted and introduced, or declined before that", () => {
    expect(steps("accepted", "introduced")).toEqual(["requested", "accepted", "introduced"]);
    expect(steps("accepted", "declined")).toEqual(["requested", "accepted", "declined"]);
    expect(steps("declined")).toEqual(["requested", "declined"]);
    expect(answered(requested, "introduced", at("02T09:00:00"))).toEqual({
      ok: false,
      reason: "wrong-state",
      message: "introduction intro_1 is requested: accepted or declined can be said of it, not introduced",
    });
    expect(answered({ ...requested, state: "declined" }, "accepted", at("02T09:00:00"))).toMatchObject({
      message: "introduction intro_1 is declined: nothing more is said of it, not accepted",
    });
  });

  it("RH14: says the same twice without a change", () => {
    const accepted = { ...requested, state: "accepted" } as const;
    expect(answered(accepted, "accepted", at("05T09:00:00"))).toEqual({ ok: true, value: accepted });
  });

  it("RH14: expires on the instant 14 days after its last step, and is then answered no more", () => {
    expect(introductionAt(requested, at("15T08:59:59")).state).toBe("requested");
    expect(introductionAt(requested, at("15T09:00:00"))).toMatchObject({
      state: "expired",
      changedAt: at("15T09:00:00"),
    });
    expect(introductionAt({ ...requested, state: "declined" }, at("30T09:00:00")).state).toBe("declined");
    expect(answered(requested, "accepted", at("15T09:00:00"))).toMatchObject({ reason: "wrong-state" });
    const accepted = { ...requested, state: "accepted", changedAt: at("10T09:00:00") } as const;
    expect(introductionAt(accepted, at("20T09:00:00")).state).toBe("accepted");
  });

  it("RH14: is asked of a colleague three times in seven days at most", () => {
    const asked = [at("01T09:00:00"), at("02T09:00:00"), at("03T09:00:00")];
    expect(mayBeAsked(asked, at("08T08:59:59"))).toBe(false);
    expect(mayBeAsked(asked, at("08T09:00:00"))).toBe(true);
  });
});

describe("the settings of who knows whom", () => {
  it("RH15: are on until an admin switches them off, and take back single ones", () => {
    expect(whoKnowsSettingsOf({ whoKnows: {} })).toEqual({ enabled: true, mode: "enhanced", templates: {} });
    const stored = { whoKnows: { enabled: false, mode: "basic" } };
    expect(changedWhoKnows(stored, { enabled: null })).toEqual({ ok: true, value: { mode: "basic" } });
  });

  it("RH15: have a template for each language, of which the tenant's is picked, else the usual one", () => {
    const de = { subject: "Bitte um Vorstellung", text: "<cont> möchte <pers> kennenlernen: <rlnk>" };
    const changed = changedWhoKnows({ whoKnows: {} }, { templates: { de } });
    const { templates } = whoKnowsSettingsOf({ whoKnows: changed.ok ? changed.value : {} });
    expect(templateFor(templates, "de-AT")).toEqual(de);
    expect(templateFor(templates, "en")).toBeUndefined();
    expect(changedWhoKnows({ whoKnows: { templates: { de } } }, { templates: { de: null } })).toEqual({
      ok: true,
      value: {},
    });
  });

  it.each([
    [
      { text: "<pers> <rlnk> <xyzq>" },
      "has the unknown variable <xyzq>: there are <coll>, <cont>, <pers>, <name>, <rlnk>",
    ],
    [{ text: "Please help" }, "needs <pers> and <rlnk>"],
    [{ subject: "two\nlines" }, "is longer than one line"],
    [{ subject: " " }, "is empty"],
  ])("RH15: refuse the template %j", (part, message) => {
    const parsed = introductionTemplateSchema.safeParse({ subject: "Hello", text: "<pers> <rlnk>", ...part });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
