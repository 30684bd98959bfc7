import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { Introduction } from "@regulars/core/relationships/introduction";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { introductionMessage } from "../fixtures/introduction-message.ts";
import { type SlackTrial, aSlackTrial } from "../fixtures/slack-trial.ts";

const DAY_MS = 86_400_000;
const ID = "intro_1";

let client: ApiTestClient;
let trial: SlackTrial;

beforeAll(async () => {
  client = await anApiClient();
});
afterAll(() => client.close());

/** Sanne asks Bo to introduce them to somebody. */
beforeEach(async () => {
  client.clock.nowMs = API_NOW;
  trial = await aSlackTrial(client);
  const { tenant, store } = trial.insight.testTenant;
  const now = toInstant(API_NOW);
  const introduction: Introduction = {
    introductionId: ID,
    requesterId: userIdSchema.parse("sanne"),
    colleagueId: userIdSchema.parse("bo"),
    personId: "p",
    state: "requested",
    requestedAt: now,
    changedAt: now,
  };
  const asked = introductionMessage(introduction, tenant.tenantId);
  const before = { askedAt: [], version: 0 };
  const message = { ...asked, message: { ...asked.message, locale: tenant.locale } };
  await store.whoKnows.introductions.add({ introduction, follows: undefined, before, askedAt: [now], message });
});

const found = () => trial.insight.testTenant.store.whoKnows.introductions.find(ID);
const methods = () => trial.calls.map(({ method }) => method);
const clicked = async (slackUserId: string, answer: string, id = ID) => {
  const taken = await trial.click(slackUserId, `introduction-${answer}`, id);
  expect([taken.status, await taken.text()]).toEqual([200, ""]);
  await trial.work();
};
describe("a request for an introduction in Slack", () => {
  it("RH14: goes to the direct messages of who is asked, once, with its buttons and without a mail", async () => {
    await trial.deliver();
    await trial.deliver();
    expect(trial.calls).toMatchObject([
      { method: "chat.postMessage", token: `xoxb-${trial.workspaceId}`, values: { channel: "U0BO" } },
    ]);
    const blocks = JSON.stringify(trial.calls[0]?.values["blocks"]);
    for (const label of ["Accept", "Decline", "Introductions"]) expect(blocks).toContain(`"text":"${label}"`);
    expect(blocks).not.toContain("I have introduced them");
    expect(trial.mails).toEqual([]);
  });

  it("goes by mail when Slack does not take it", async () => {
    trial.answers.set("chat.postMessage", () => ({ ok: false, error: "account_inactive" }));
    await trial.deliver();
    expect(trial.mails.filter((mail) => mail.startsWith("bo@"))).toEqual(["bo@example.com: Please"]);
  });

  it("RH14: reaches a colleague without an e-mail address", async () => {
    const { imports } = trial.insight.testTenant.store;
    await imports.saveUsers([{ userId: userIdSchema.parse("bo"), name: "Bo", role: "rep", slackUserId: "U0BO" }]);
    await trial.deliver();
    expect(trial.calls).toMatchObject([{ method: "chat.postMessage", values: { channel: "U0BO" } }]);
    expect(trial.mails).toEqual([]);
  });

  it("goes by mail to who prefers mail", async () => {
    const as = await client.tokenOf(trial.insight.testTenant.tenant, "bo");
    const path = "/v1/me/notification-preferences";
    expect((await client.ask(path, { method: "PATCH", as, body: { channel: "mail" } })).status).toBe(200);
    await trial.deliver();
    expect(methods()).toEqual([]);
    expect(trial.mails).toEqual(["bo@example.com: Please"]);
  });

  it("RH14: is accepted, then said to be done, each by its button, and changed in its place", async () => {
    await clicked("U0BO", "accepted");
    expect(await found()).toMatchObject({ state: "accepted" });
    expect(methods()).toEqual(["chat.update"]);
    expect(trial.calls[0]?.values).toMatchObject({ channel: "C0SALES", ts: "1795400000.1" });
    expect(trial.shown()).toContain("You have accepted.");
    expect(trial.shown()).not.toContain("introduction-accepted");
    client.clock.nowMs += 1000;
    await clicked("U0BO", "introduced");
    expect(await found()).toMatchObject({ state: "introduced" });
    expect(trial.shown()).toContain("You have introduced them.");
    expect(trial.shown()).not.toContain("introduction-declined");
    expect(trial.told()).toEqual([]);
  });

  it("RH14: shows an answer that was given on the page or over the API at once, where the message is", async () => {
    const { tenant } = trial.insight.testTenant;
    await trial.deliver();
    const as = await client.tokenOf(tenant, "bo");
    const answered = { method: "PUT", as, body: { state: "accepted" } };
    expect((await client.ask(`/v1/introductions/${ID}/state`, answered)).status).toBe(200);
    await trial.work();
    expect(trial.calls.at(-1)).toMatchObject({
      method: "chat.update",
      values: { channel: "D0BO", ts: "1795400000.1" },
    });
    expect(trial.shown()).toContain("You have accepted.");
    const viewer = { type: "user", tenantId: tenant.tenantId, userId: userIdSchema.parse("bo") } as const;
    const page = await aConsole(client.runtime, viewer).request(`/introductions/${tenant.tenantId}/bo`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ introductionId: ID, state: "introduced" }).toString(),
    });
    expect(page.status).toBe(303);
    await trial.work();
    expect(trial.shown()).toContain("You have introduced them.");
  });

  it("RH14: says of one that was answered before that nothing was changed, and shows its answer", async () => {
    const { tenant } = trial.insight.testTenant;
    const as = await client.tokenOf(tenant, "bo");
    const answered = { method: "PUT", as, body: { state: "declined" } };
    expect((await client.ask(`/v1/introductions/${ID}/state`, answered)).status).toBe(200);
    await clicked("U0BO", "accepted");
    expect(await found()).toMatchObject({ state: "declined" });
    expect(trial.told()).toEqual(["You have declined. Nothing was changed."]);
    expect(trial.shown()).toContain("You have declined.");
  });

  it("RH14: says of one without an answer for 14 days that it has expired", async () => {
    client.clock.nowMs = API_NOW + 14 * DAY_MS;
    await clicked("U0BO", "accepted");
    expect(await found()).toMatchObject({ state: "requested" });
    expect(trial.told()).toEqual(["This request has expired. Nothing was changed."]);
    expect(trial.shown()).toContain("This request has expired.");
  });

  it.each([
    ["U0NOBODY", "Regulars does not know you"],
    ["U0GONE", "Regulars does not know you"],
    ["U0SANNE", "Somebody else is asked for this introduction. Nothing was changed."],
    ["U0ASTRID", "Somebody else is asked for this introduction. Nothing was changed."],
  ])("changes nothing for %s, who alone is told why", async (slackUserId, text) => {
    await clicked(slackUserId, "accepted");
    expect(await found()).toMatchObject({ state: "requested" });
    expect(methods()).toEqual(["chat.postEphemeral"]);
    expect(trial.calls[0]?.values).toMatchObject({ user: slackUserId });
    expect(trial.told()[0]).toContain(text);
  });

  it("says of a request that is not there that it is kept no longer", async () => {
    await clicked("U0BO", "accepted", "intro_2");
    expect(trial.told()).toEqual(["This request is kept no longer. Nothing was changed."]);
  });

  it("ends as declined when Accept and Decline are clicked at once", async () => {
    await Promise.all([
      trial.click("U0BO", "introduction-accepted", ID),
      trial.click("U0BO", "introduction-declined", ID),
    ]);
    await trial.work();
    const { state } = (await found()) ?? {};
    // Who has accepted may still decline, and not the other way round.
    expect(state).toBe("declined");
  });
});
