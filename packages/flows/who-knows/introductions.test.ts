import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import type { IntroductionAnswer } from "@regulars/core/relationships/introduction";
import { introductionEmail } from "@regulars/render/introduction";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { answerIntroduction, listIntroductions } from "./answer-introduction.ts";
import { askIntroduction } from "./ask-introduction.ts";
import { findSomebody } from "./find-target.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const DAY_MS = 86_400_000;

let testTenant: TestTenant;
let made: number;

beforeEach(async () => {
  testTenant = aTenantStore({ locale: "de-AT" });
  made = 0;
  const { imports } = testTenant.store;
  await imports.saveUsers(
    ["ana", "bob", "cem", "dan"].map((id) => ({
      userId: userIdSchema.parse(id),
      name: id.toUpperCase(),
      role: "rep",
      ...(id === "dan" ? {} : { email: `${id}@we.example` }),
    })),
  );
  await imports.saveCustomers([{ customerId: customerIdSchema.parse("acme"), name: "ACME & Sons" }]);
  await imports.savePersons(
    ["p", "q", "r", "s"].map((id) => ({
      personId: personIdSchema.parse(id),
      customerId: customerIdSchema.parse("acme"),
      name: `Person ${id}`,
      email: `${id}@acme.example`,
    })),
  );
  await imports.saveActivities(
    ["bob", "dan"].map((id) => ({
      activityId: activityIdSchema.parse(`a-${id}`),
      customerId: customerIdSchema.parse("acme"),
      type: "meeting",
      direction: "none",
      userId: userIdSchema.parse(id),
      personId: personIdSchema.parse("p"),
      occurredAt: toInstant(NOW - 3 * DAY_MS),
      occurredOn: day("2026-11-20"),
      completed: true,
    })),
  );
});

interface Asked {
  readonly by?: string;
  readonly of?: string;
  readonly person?: string;
  readonly after?: number;
  readonly whoKnows?: Record<string, unknown>;
  readonly hasSlack?: () => Promise<boolean>;
}

async function ask({ by = "ana", of = "bob", person = "p", after = 0, whoKnows = {}, hasSlack }: Asked = {}) {
  const { store, tenant } = testTenant;
  return askIntroduction({
    tenant: { ...tenant, whoKnows },
    store: store.whoKnows,
    preferences: store.preferences,
    links: { introductions: (_, userId) => `https://regulars.example/introductions/${userId}` },
    requesterId: userIdSchema.parse(by),
    colleagueId: userIdSchema.parse(of),
    personId: person,
    somebody: valueOf(await findSomebody({ store: store.whoKnows, contacts: store.sales.contacts }, person)),
    hasSlack,
    newId: () => `${(made += 1)}`,
    now: toInstant(NOW + after * DAY_MS),
  });
}

const refusalOf = async (asked: Asked = {}) => {
  const given = await ask(asked);
  return given.ok ? "none" : given.reason;
};

const answer = (introductionId: string, given: IntroductionAnswer, { by = "bob", after = 1 } = {}) =>
  answerIntroduction({
    tenant: testTenant.tenant,
    store: testTenant.store.whoKnows.introductions,
    introductionId,
    answer: given,
    by: userIdSchema.parse(by),
    now: toInstant(NOW + after * DAY_MS),
  });

const messages = async () => (await all(testTenant.store.outbox.list())).map(({ message }) => message);

describe("asking for an introduction", () => {
  it("RH14: sends the colleague one e-mail, and the person nothing", async () => {
    expect(await ask()).toMatchObject({ ok: true, value: { state: "requested", colleagueId: "bob", personId: "p" } });
    const [message, ...more] = await messages();
    expect(more).toEqual([]);
    if (message?.type !== "introduction") throw new Error("it is a request for an introduction");
    expect(message.to).toEqual({ name: "BOB", address: "bob@we.example" });
    const { subject, text, html } = introductionEmail(message, () => undefined);
    expect(subject).toBe("ANA would like to meet Person p");
    expect(text).toContain("Hello BOB,\n\nyou know Person p of ACME & Sons.");
    expect(html).toContain("ACME &amp; Sons");
    expect(JSON.stringify(message)).not.toContain("acme.example");
  });

  it("RH15: words it by the tenant's template of its language", async () => {
    const de = { subject: "<cont> fragt", text: "Hallo <coll>, <pers> von <name>? <rlnk>" };
    await ask({ whoKnows: { templates: { de } } });
    const [message] = await messages();
    if (message?.type !== "introduction") throw new Error("it is a request for an introduction");
    expect(introductionEmail(message, () => undefined)).toMatchObject({
      subject: "ANA fragt",
      text: "Hallo BOB, Person p von ACME & Sons? https://regulars.example/introductions/bob\n\nAcme Foods\n",
    });
  });

  it("RH15: words it by the template of the colleague's own language, where there is none in the product's words", async () => {
    const { preferences } = testTenant.store;
    const owner = { type: "user" as const, userId: userIdSchema.parse("bob") };
    const before = await preferences.of(owner);
    const after = { ...before, version: before.version + 1, choices: { language: "da" as const } };
    expect(await preferences.save(owner, { before, after }, undefined)).toBe(true);
    const da = { subject: "<cont> spørger", text: "Hej <coll>, <pers>? <rlnk>" };
    const en = { subject: "<cont> asks", text: "Dear <coll>, <pers>? <rlnk>" };
    await ask({ whoKnows: { templates: { da, en } } });
    await ask({ person: "q", by: "cem", whoKnows: { templates: { en } } });
    const asked = (await messages()).filter((one) => one.type === "introduction");
    const subjects = asked.map((one) => introductionEmail(one, () => undefined).subject).toSorted();
    expect(subjects.map((subject) => subject.split(" ").slice(1).join(" "))).toEqual([
      "spørger",
      "vil gerne møde Person q",
    ]);
  });

  it("RH14: is open once for requester, colleague and person, and again after its end", async () => {
    await ask();
    expect(await refusalOf()).toBe("already-asked");
    expect(await refusalOf({ after: 13.9 })).toBe("already-asked");
    expect(await refusalOf({ after: 14 })).toBe("none");
  });

  it("RH14: asks a colleague three times in seven days at most, whoever asks", async () => {
    expect(await refusalOf({ person: "p" })).toBe("none");
    expect(await refusalOf({ by: "cem", person: "q" })).toBe("none");
    expect(await refusalOf({ person: "r" })).toBe("none");
    expect(await refusalOf({ by: "cem", person: "s" })).toBe("asked-too-often");
    expect(await refusalOf({ by: "cem", person: "s", after: 7 })).toBe("none");
  });

  it("RH14: keeps the limit and the one open request for requests side by side", async () => {
    const twice = await Promise.all([ask(), ask()]);
    expect(twice.map((one) => (one.ok ? "made" : one.reason)).toSorted()).toEqual(["already-asked", "made"]);
    const many = await Promise.all(["q", "r", "s"].map((person) => ask({ person })));
    expect(many.map((one) => (one.ok ? "made" : one.reason)).toSorted()).toEqual(["asked-too-often", "made", "made"]);
    expect(await messages()).toHaveLength(3);
  });

  it("refuses oneself, a colleague without an address, and when it is switched off", async () => {
    expect(await refusalOf({ by: "bob" })).toBe("oneself");
    expect(await refusalOf({ of: "dan" })).toBe("unreachable");
    expect(await refusalOf({ whoKnows: { enabled: false } })).toBe("feature-not-in-edition");
    expect(await messages()).toEqual([]);
  });

  it("RH14: asks a colleague without an address in Slack, where the company has one", async () => {
    await testTenant.store.imports.saveUsers([
      { userId: userIdSchema.parse("dan"), name: "DAN", role: "rep", slackUserId: "U0DAN" },
    ]);
    expect(await refusalOf({ of: "dan", hasSlack: () => Promise.resolve(false) })).toBe("unreachable");
    expect(await refusalOf({ of: "dan", hasSlack: () => Promise.resolve(true) })).toBe("none");
    expect((await messages()).map((message) => ("to" in message ? message.to : undefined))).toEqual([{ name: "DAN" }]);
  });

  it("refuses a colleague who is out, who has left or who never was in the same words as one without contact", async () => {
    const refusal = async (of: string) => {
      const given = await ask({ of });
      return given.ok ? "none" : { ...given, message: given.message.replace(of, "SOMEBODY") };
    };
    const without = await refusal("cem");
    expect(without).toEqual({
      ok: false,
      reason: "no-connection",
      message: "SOMEBODY is not known to have been in touch with person p",
    });
    expect(await refusal("nobody")).toEqual(without);
    const at = toInstant(NOW);
    await testTenant.store.whoKnows.optOut({ subject: { type: "user", id: "bob" }, at, by: "user:bob" });
    expect(await refusal("bob")).toEqual(without);
    await testTenant.store.whoKnows.optIn({ type: "user", id: "bob" });
    await testTenant.store.whoKnows.optOut({ subject: { type: "person", id: "p" }, at, by: "user:ada" });
    expect(await refusal("bob")).toEqual(without);
    await testTenant.store.whoKnows.optIn({ type: "person", id: "p" });
    expect(await refusalOf()).toBe("none");
  });
});

describe("answering", () => {
  it("RH14: is for the colleague alone, step by step, and listed for both", async () => {
    const { introductionId } = valueOf(await ask());
    for (const by of ["ana", "cem"])
      expect(await answer(introductionId, "accepted", { by })).toMatchObject({ reason: "unknown-introduction" });
    expect(await answer("intro_none", "accepted")).toMatchObject({ reason: "unknown-introduction" });
    expect(await answer(introductionId, "introduced")).toMatchObject({ reason: "wrong-state" });
    expect(await answer(introductionId, "accepted")).toMatchObject({ value: { state: "accepted" } });
    expect(await answer(introductionId, "introduced")).toMatchObject({ value: { state: "introduced" } });
    await indexesCaughtUp();
    const listed = (id: string) =>
      listIntroductions(testTenant.store.whoKnows.introductions, userIdSchema.parse(id), toInstant(NOW + DAY_MS));
    expect(await listed("ana")).toMatchObject({ asked: [{ introductionId, state: "introduced" }], askedOf: [] });
    expect(await listed("bob")).toMatchObject({ asked: [], askedOf: [{ introductionId }] });
  });

  it("RH14: comes too late after 14 days", async () => {
    const { introductionId } = valueOf(await ask());
    expect(await answer(introductionId, "accepted", { after: 14 })).toMatchObject({ reason: "wrong-state" });
    await indexesCaughtUp();
    const { asked } = await listIntroductions(
      testTenant.store.whoKnows.introductions,
      userIdSchema.parse("ana"),
      toInstant(NOW + 14 * DAY_MS),
    );
    expect(asked).toMatchObject([{ state: "expired" }]);
  });
});
