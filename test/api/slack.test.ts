import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { sealingWith } from "@regulars/functions/slack/sealing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { SLACK_SECRETS, type SlackTrial, aSlackTrial } from "../fixtures/slack-trial.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { all } from "../fixtures/tenant.ts";

let client: ApiTestClient;
let trial: SlackTrial;
let value: string;

const FINDING = "overdue-payments:cafe";
const CAFE = { type: "customer" as const, id: customerIdSchema.parse("cafe") };

beforeAll(async () => {
  client = await anApiClient();
});

afterAll(() => client.close());

beforeEach(async () => {
  client.clock.nowMs = API_NOW;
  trial = await aSlackTrial(client);
  await trial.insight.nightly("2026-11-22");
  const { episode } = await found();
  value = JSON.stringify([FINDING, episode]);
});

async function found() {
  const stored = await trial.insight.testTenant.store.nightly.finding({
    kind: "overdue-payments",
    subject: CAFE,
  });
  if (stored === undefined) throw new Error("nothing was found");
  return stored;
}

const methods = () => trial.calls.map(({ method }) => method);

describe("an alert in Slack", () => {
  it("BX20: is posted once with its buttons, with the token of its tenant, into the tenant's channel", async () => {
    await trial.deliver();
    await trial.deliver();
    const [post, ...more] = trial.calls;
    expect(more).toEqual([]);
    expect(post).toMatchObject({
      method: "chat.postMessage",
      token: `xoxb-${trial.workspaceId}`,
      values: { channel: "C0SALES", metadata: { event_type: "regulars_alert" } },
    });
    const blocks = JSON.stringify(post?.values["blocks"]);
    for (const label of [
      "Open",
      "Mark contacted",
      "Snooze 7 days",
      "Snooze 30 days",
      "Snooze 180 days",
      "Useful",
      "Known reason",
      "Wrong",
    ])
      expect(blocks).toContain(`"text":"${label}"`);
    expect(trial.mails.filter((mail) => mail.includes("sanne"))).toHaveLength(1);
  });

  it("OP03: goes by mail where another system has sealed the token; the admins are told, and end the connection", async () => {
    const { slack } = trial.insight.testTenant.store;
    const installation = await slack.installation();
    if (installation === undefined) throw new Error("there is no connection");
    const sealedToken = sealingWith("of another stage").seal(trial.insight.testTenant.tenant.tenantId, "xoxb");
    await slack.saveInstallation({ ...installation, sealedToken, version: installation.version + 1 });
    await trial.deliver();
    await trial.deliver();
    expect(methods()).toEqual([]);
    expect(trial.mails.filter((mail) => mail.startsWith("sanne"))).toHaveLength(2);
    expect(trial.mails.filter((mail) => mail.startsWith("astrid"))).toEqual([
      "astrid@example.com: Acme Foods: Slack is no longer connected",
    ]);
    const as = await client.tokenOf(trial.insight.testTenant.tenant, "astrid");
    expect((await client.ask("/v1/slack", { method: "DELETE", as })).status).toBe(204);
    expect(await slack.installation()).toBeUndefined();
  });

  it("BX20: is snoozed by its button: answered at once, done by the queue, and changed in its place", async () => {
    const answer = await trial.click("U0SANNE", "snooze-30", value);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(methods()).toEqual([]);
    await trial.work();
    expect(await found()).toMatchObject({ state: "dismissed", dismissal: { until: "2026-12-23", by: "sanne" } });
    expect(methods()).toEqual(["chat.update"]);
    expect(trial.calls[0]?.values).toMatchObject({ channel: "C0SALES", ts: "1795400000.1" });
    expect(trial.shown()).toContain("Snoozed until December 23 by Sanne");
    expect(trial.shown()).not.toContain("snooze-7");
    expect(trial.shown()).toContain("Mark contacted");
  });

  it("BX20: shows in Slack what somebody did on a page or over the API, and takes nothing twice", async () => {
    await trial.deliver();
    const { tenant } = trial.insight.testTenant;
    const as = await client.tokenOf(tenant, "sanne");
    const address = `/v1/findings/${encodeURIComponent(FINDING)}/dismissal`;
    const pages = aConsole(client.runtime, {
      type: "user",
      tenantId: tenant.tenantId,
      userId: userIdSchema.parse("sanne"),
    });
    const contacted = await pages.request(`/findings/${tenant.tenantId}/${encodeURIComponent(FINDING)}`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
      body: "action=contacted",
    });
    expect(contacted.status).toBe(303);
    await trial.work();
    expect(trial.calls.at(-1)).toMatchObject({
      method: "chat.update",
      values: { channel: "C0SALES", ts: "1795400000.1" },
    });
    expect(trial.shown()).toContain("Contacted by Sanne");
    expect((await client.ask(address, { method: "PUT", as, body: { until: "2026-12-23" } })).status).toBe(200);
    await trial.work();
    expect(trial.shown()).toContain("Snoozed until December 23 by Sanne");
    expect((await client.ask(address, { method: "DELETE", as })).status).toBe(200);
    await trial.work();
    expect(trial.shown()).not.toContain("Snoozed until");
    // Somebody clicks what was done on the page already.
    await trial.click("U0METTE", "contacted", value);
    await trial.work();
    expect(trial.told().at(-1)).toContain("Contacted by Sanne");
    const noted = await all(trial.insight.testTenant.store.records.activitiesOf(CAFE.id));
    expect(noted).toMatchObject([{ type: "call", userId: "sanne" }]);
  });

  it("keeps every finding of a merged alert when one of them is clicked", async () => {
    const { outbox } = trial.insight.testTenant.store;
    const alert = (await all(outbox.list())).find(({ message }) => message.type === "alert");
    if (alert?.message.type !== "alert") throw new Error("no alert was queued");
    const line = { ...alert.message.line, findingId: "overdue-payments:bistro", customerName: "Blå Bistro" };
    const message = { ...alert.message, others: [{ kind: alert.message.kind, line }] };
    await outbox.merge([alert], { ...alert, id: `alerts:${alert.id}`, message, isOnHold: false });
    await trial.click("U0SANNE", "contacted", value);
    await trial.work();
    expect(trial.shown()).toContain("Contacted by Sanne");
    expect(trial.shown()).toContain("Blå Bistro");
    // The other one is not there any more.
    expect(trial.shown()).toContain("No longer open");
  });

  it("BX20: notes the call that somebody marks as made, once", async () => {
    await trial.click("U0SANNE", "contacted", value);
    await trial.work();
    await trial.click("U0SANNE", "contacted", `${value} `);
    await trial.work();
    const { store } = trial.insight.testTenant;
    const noted = await all(store.records.activitiesOf(CAFE.id));
    expect(noted).toMatchObject([{ type: "call", direction: "out", completed: true, userId: "sanne" }]);
    expect(trial.shown()).toContain("Contacted by Sanne");
    expect(trial.told()).toEqual([]);
  });

  it("BX20: takes what somebody thinks of it", async () => {
    await trial.click("U0METTE", "feedback-known_reason", value);
    await trial.work();
    const said = await all(trial.insight.testTenant.store.review.feedback());
    expect(said.map(({ verdict, by }) => [verdict, by])).toEqual([["known_reason", "mette"]]);
    expect(trial.shown()).toContain("Known reason, says Mette");
  });

  it("changes nothing for somebody unknown, who has left, or whose customer it is not: a sentence only they see", async () => {
    for (const stranger of ["U0NOBODY", "U0GONE", "U0BO"]) await trial.click(stranger, "snooze-7", value);
    await trial.work();
    expect((await found()).state).toBe("open");
    expect(methods()).toEqual(["chat.postEphemeral", "chat.postEphemeral", "chat.postEphemeral"]);
    expect(trial.told()[0]).toContain("does not know you");
    expect(trial.told()[1]).toContain("U0GONE");
    expect(trial.told()[2]).toBe("You may not do this: the customer is somebody else's. Nothing was changed.");
    expect(trial.calls.map(({ values }) => values["user"])).toEqual(["U0NOBODY", "U0GONE", "U0BO"]);
  });

  it("answers a button that only opens a page with 200, and asks for nothing", async () => {
    const before = client.sent.length;
    const answer = await trial.click("U0SANNE", "open", "");
    expect(answer.status).toBe(200);
    expect(client.sent).toHaveLength(before);
  });

  it("scenario 9: says that a finding ended when a button of an old message is clicked, updates it and snoozes nothing", async () => {
    await trial.insight.payment("INV-1", "2026-11-23");
    await trial.insight.nightly("2026-11-23");
    client.clock.nowMs = API_NOW + 40 * 86_400_000;
    await trial.click("U0SANNE", "snooze-30", value);
    await trial.work();
    expect(trial.shown()).toContain("Already settled on November 23");
    expect(trial.shown()).not.toContain("snooze-");
    expect(trial.shown()).not.toContain("feedback-");
    expect(trial.told()).toEqual(["CAFE: already settled on November 23. Nothing was changed."]);
    const { nightly } = trial.insight.testTenant.store;
    expect(await nightly.finding({ kind: "overdue-payments", subject: CAFE })).toBeUndefined();
  });

  it("has one effect when two people click at once, and both see it", async () => {
    await Promise.all([trial.click("U0SANNE", "snooze-7", value), trial.click("U0METTE", "snooze-180", value)]);
    await trial.work();
    const { dismissal } = await found();
    const [first, second] = dismissal?.by === "sanne" ? ["Sanne", "U0METTE"] : ["Mette", "U0SANNE"];
    expect(trial.told()).toHaveLength(1);
    expect(trial.told()[0]).toContain(`by ${first}`);
    expect(trial.calls.find(({ method }) => method === "chat.postEphemeral")?.values["user"]).toBe(second);
    const updates = trial.calls.filter(({ method }) => method === "chat.update");
    expect(updates).toHaveLength(2);
    for (const { values } of updates) expect(JSON.stringify(values["blocks"])).toContain(`by ${first}`);
  });

  it("does a click once that its queue delivers twice", async () => {
    await trial.click("U0SANNE", "snooze-7", value);
    const last = client.sent.at(-1);
    await trial.work();
    if (last !== undefined) client.sent.push(last);
    await trial.work();
    expect(await found()).toMatchObject({ dismissal: { until: "2026-11-30" } });
    expect(trial.told()).toEqual([]);
  });
});

describe("a call of Slack", () => {
  const body = () =>
    new URLSearchParams({
      team_id: trial.workspaceId,
      user_id: "U0SANNE",
      channel_id: "C0SALES",
      text: "help",
    }).toString();

  it("is taken with the new and the old secret, and with no other", async () => {
    for (const secret of SLACK_SECRETS)
      expect((await trial.post("/integrations/slack/commands", body(), { secret })).status).toBe(200);
    const refused = await trial.post("/integrations/slack/commands", body(), { secret: "another" });
    expect([refused.status, refused.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
  });

  it("is refused a second more than five minutes early or late, and a second time", async () => {
    for (const atMs of [API_NOW - 301_000, API_NOW + 301_000])
      expect((await trial.post("/integrations/slack/commands", body(), { atMs })).status).toBe(401);
    for (const [atMs, status] of [
      [API_NOW - 300_000, 200],
      [API_NOW + 300_000, 200],
      [API_NOW + 300_000, 409],
    ] as const)
      expect((await trial.post("/integrations/slack/commands", body(), { atMs })).status).toBe(status);
  });

  it("is answered, and leads to nothing, when it comes from a workspace that no tenant has", async () => {
    const before = client.sent.length;
    const form = new URLSearchParams({ team_id: "T0NOBODY", user_id: "U0SANNE" }).toString();
    expect((await trial.post("/integrations/slack/commands", form)).status).toBe(200);
    expect(client.sent).toHaveLength(before);
  });

  it.each([
    ["/integrations/slack/interactivity", "payload=%7Bnot-json"],
    ["/integrations/slack/interactivity", ""],
    ["/integrations/slack/commands", "text=help"],
    ["/integrations/slack/events", "{}"],
  ])("is told what is wrong at %s with %j", async (path, text) => {
    expect((await trial.post(path, text)).status).toBe(400);
  });

  it("gives back the challenge with which Slack tries the address of events", async () => {
    const answer = await trial.post("/integrations/slack/events", '{"type":"url_verification","challenge":"abc"}');
    expect(await answer.json()).toEqual({ challenge: "abc" });
  });
});

describe("/regulars", () => {
  const command = (text: string, userId = "U0SANNE") =>
    trial.post(
      "/integrations/slack/commands",
      new URLSearchParams({ team_id: trial.workspaceId, user_id: userId, channel_id: "C0SALES", text }).toString(),
    );

  it("shows one's own first five, to nobody else", async () => {
    expect((await command("")).status).toBe(200);
    await trial.work();
    const [told] = trial.calls;
    expect(told).toMatchObject({ method: "chat.postEphemeral", values: { user: "U0SANNE", channel: "C0SALES" } });
    expect(JSON.stringify(told?.values["blocks"])).toContain("CAFE");
    await command("", "U0BO");
    await trial.work();
    expect(trial.told().at(-1)).toBe("Nothing to act on. Well done.");
  });

  it("helps, and says so when it is asked for anything else", async () => {
    await command("help");
    await command("<!channel> x");
    await trial.work();
    expect(trial.told()[0]).toContain("/regulars help shows this.");
    expect(trial.told()[1]).toBe("There is no command &lt;!channel&gt; x. /regulars help says what there is.");
  });
});

describe("an event of the workspace", () => {
  const event = (type: string, more: object = {}, id = "Ev1") =>
    trial.post(
      "/integrations/slack/events",
      JSON.stringify({ type: "event_callback", team_id: trial.workspaceId, event_id: id, event: { type, ...more } }),
    );

  it("erases the tokens when the app is uninstalled, and tells the admins", async () => {
    expect((await event("app_uninstalled")).status).toBe(200);
    expect((await event("app_uninstalled")).status).toBe(200);
    await trial.work();
    expect(await trial.insight.testTenant.store.slack.installation()).toBeUndefined();
    await trial.deliver();
    expect(trial.mails.filter((mail) => mail.startsWith("astrid"))).toEqual([
      "astrid@example.com: Acme Foods: Slack is no longer connected",
    ]);
    // The alert of the night finds no Slack any more: it goes by mail.
    expect(trial.mails.filter((mail) => mail.startsWith("sanne"))).toHaveLength(2);
    expect(methods()).toEqual([]);
  });

  it("keeps the connection when only a user's token was revoked", async () => {
    await event("tokens_revoked", { tokens: { oauth: ["U0SANNE"], bot: [] } });
    await trial.work();
    expect(await trial.insight.testTenant.store.slack.installation()).toBeDefined();
    await event("tokens_revoked", { tokens: { oauth: [], bot: ["U0BOT"] } }, "Ev2");
    await trial.work();
    expect(await trial.insight.testTenant.store.slack.installation()).toBeUndefined();
  });

  it("keeps a connection that was made after the app was uninstalled, however late that is told", async () => {
    const told = (event_time: number, id: string) =>
      trial.post(
        "/integrations/slack/events",
        JSON.stringify({
          type: "event_callback",
          team_id: trial.workspaceId,
          event_id: id,
          event_time,
          event: { type: "app_uninstalled" },
        }),
      );
    const { slack } = trial.insight.testTenant.store;
    const madeAt = Math.floor(Date.parse((await slack.installation())?.installedAt ?? "") / 1000);
    await told(madeAt - 60, "Ev1");
    await trial.work();
    expect(await slack.installation()).toBeDefined();
    await told(madeAt, "Ev2");
    await trial.work();
    expect(await slack.installation()).toBeUndefined();
  });

  it("tells the admins of an archived channel once a week, and only of one that alerts go to", async () => {
    await event("channel_archive", { channel: "C0OTHER" }, "Ev1");
    await event("channel_archive", { channel: "C0SALES" }, "Ev2");
    await event("channel_archive", { channel: "C0SALES" }, "Ev3");
    await trial.work();
    const notices = () => trial.mails.filter((mail) => mail.startsWith("astrid"));
    expect(notices()).toEqual(["astrid@example.com: Acme Foods: Alerts cannot be posted to #sales"]);
    client.clock.nowMs = API_NOW + 7 * 86_400_000 + 1;
    await event("channel_archive", { channel: "C0SALES" }, "Ev4");
    await trial.work();
    expect(notices()).toHaveLength(2);
  });
});

describe("a channel that is gone", () => {
  it("scenario 10: is passed over for direct messages, then for mail; the admins are told once a week", async () => {
    const gone = new Set(["C0SALES"]);
    trial.answers.set("chat.postMessage", ({ channel }) =>
      gone.has(String(channel)) ? { ok: false, error: "is_archived" } : { ok: true, channel: "D0SANNE", ts: "1.2" },
    );
    await trial.deliver();
    expect(trial.calls.map(({ values }) => values["channel"])).toEqual(["C0SALES", "U0SANNE"]);
    const [alert] = (await all(trial.insight.testTenant.store.outbox.list())).filter(({ id }) =>
      id.startsWith("alert"),
    );
    expect(alert).toMatchObject({ state: "sent", providerId: "D0SANNE/1.2" });
    expect(trial.mails.filter((mail) => mail.startsWith("astrid"))).toHaveLength(1);
    gone.add("U0SANNE");
    await trial.insight.invoice("cafe", "INV-2", "2026-09-01");
    const other = await aSlackTrial(client);
    other.answers.set("chat.postMessage", () => ({ ok: false, error: "channel_not_found" }));
    await other.insight.nightly("2026-11-22");
    await other.deliver();
    expect(other.mails.filter((mail) => mail.startsWith("sanne"))).toHaveLength(2);
  });
});

it("scenario 8: finds a message whose answer was lost by its key, and does not post it a second time", async () => {
  let posted: unknown;
  trial.answers.set("chat.postMessage", ({ metadata }) => {
    posted = metadata;
    throw new UnknownOutcomeError("no answer");
  });
  trial.answers.set("conversations.history", () => ({
    ok: true,
    messages: [{ ts: "1795400000.7", metadata: posted }],
  }));
  await trial.deliver();
  client.clock.nowMs += 60_000;
  await trial.deliver();
  expect(methods()).toEqual(["chat.postMessage", "conversations.history"]);
  const [alert] = (await all(trial.insight.testTenant.store.outbox.list())).filter(({ id }) => id.startsWith("alert"));
  expect(alert).toMatchObject({ state: "sent", providerId: "C0SALES/1795400000.7" });
  expect(alert?.maybeDuplicate).toBeUndefined();
});
