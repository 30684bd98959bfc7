import type { SlackAnswer } from "@regulars/core/slack/slack-api";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { type Runtime, createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeEach, describe, expect, it } from "vitest";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { notificationsPath, slackPath } from "../page/addresses.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
let testTenant: TestTenant;
let as: (user: string) => ReturnType<typeof aConsole>;
let calls: string[];
let runtime: Runtime;
let isDown: boolean;

/** A workspace with one channel; another one it does not know. */
const answers: Readonly<Record<string, (values: Readonly<Record<string, unknown>>) => SlackAnswer>> = {
  "conversations.info": ({ channel }) =>
    channel === "C0OURS"
      ? { ok: true, channel: { id: channel, name: "sales" } }
      : { ok: false, error: "channel_not_found" },
};

beforeEach(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  calls = [];
  isDown = false;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveUsers([
    { userId: userIdSchema.parse("anna"), name: "Anna <b>", role: "rep", teamId: "north" },
    { userId: userIdSchema.parse("ada"), name: "Ada", role: "admin", email: "ada@we.example" },
  ]);
  const env = {
    TABLE_NAME: table.name,
    PUBLIC_URL: "http://localhost",
    SEALING_KEY: "k".repeat(32),
    SLACK_CLIENT_ID: "1.2",
    SLACK_CLIENT_SECRET: "secret",
  };
  const log = { info: () => undefined, error: () => undefined };
  const made = createRuntime(env, { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } });
  if (made.slack === undefined) throw new Error("no Slack");
  const call = (method: string, values: Readonly<Record<string, unknown>>): Promise<SlackAnswer> => {
    calls.push(method);
    if (isDown) return Promise.reject(new UnknownOutcomeError("no answer"));
    return Promise.resolve(answers[method]?.(values) ?? { ok: true });
  };
  runtime = { ...made, slack: { ...made.slack, api: { call } } };
  as = (user) => aConsole(runtime, { type: "user", tenantId: tenant.tenantId, userId: userIdSchema.parse(user) });
});

const { parse } = userIdSchema;
const connected = () =>
  testTenant.store.slack.saveInstallation({
    workspaceId: "T0HOME",
    workspaceName: "Acme & Co",
    botUserId: "U0BOT",
    scopes: [],
    sealedToken: runtime.slack?.sealing.seal(testTenant.tenant.tenantId, "xoxb-1") ?? "",
    installedAt: toInstant(NOW),
    installedBy: parse("ada"),
    teamChannels: {},
    repChannels: {},
    version: 1,
  });
const path = () => slackPath(testTenant.tenant.tenantId);
const send = (fields: Readonly<Record<string, string>>, to = path(), user = "ada") =>
  as(user).request(to, {
    method: "POST",
    headers: { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  });
const installation = () => testTenant.store.slack.installation();

describe("the page of a tenant's Slack", () => {
  it("gives an admin the address at Slack, as a link that holds once", async () => {
    expect(await textOf(as("ada").request(path()))).toContain("is not connected: alerts go by e-mail");
    const page = await textOf(send({ do: "connect" }));
    const [, address = ""] = /<a href="([^"]+)" rel="noreferrer">Choose the workspace at Slack/.exec(page) ?? [];
    const url = new URL(address.replaceAll("&amp;", "&"));
    expect([url.origin, url.searchParams.get("client_id")]).toEqual(["https://slack.com", "1.2"]);
    const [, nonce = ""] = (url.searchParams.get("state") ?? "").split("~");
    expect(await testTenant.store.slack.takeState(nonce)).toMatchObject({ by: "user:ada", userId: "ada" });
    expect((await as("anna").request(path())).status).toBe(403);
    expect((await send({ do: "connect" }, path(), "anna")).status).toBe(403);
  });

  it("shows what is connected, and sets the channel of everybody, a team or a rep", async () => {
    await connected();
    const page = await textOf(as("ada").request(path()));
    expect(page).toContain("is connected with <bdi>Acme &amp; Co</bdi> (<bdi>T0HOME</bdi>) since");
    expect(page).toContain('<option value="rep:anna" >Anna &lt;b&gt;</option>');
    for (const target of ["all", "team:north", "rep:anna"])
      expect((await send({ do: "channel", target, channel: " C0OURS " })).status).toBe(303);
    const ours = { id: "C0OURS", name: "sales" };
    expect(await installation()).toMatchObject({
      channel: ours,
      teamChannels: { north: ours },
      repChannels: { anna: ours },
    });
    await send({ do: "channel", target: "team:north", channel: "" });
    expect(await installation()).toMatchObject({ teamChannels: {} });
  });

  it.each([
    ["all", "C0THEIRS", "channel: the workspace Acme &amp; Co has no channel C0THEIRS that Regulars sees"],
    ["rep:anna", "C0THEIRS", "repChannels.anna: the workspace Acme &amp; Co has no channel C0THEIRS"],
    ["all", "#sales", "channel: #sales is not the id of a Slack channel, like C0123ABCD"],
    ["nobody", "C0OURS", "is nobody whom alerts are for"],
    ["team:east", "C0OURS", "no user of tenant .+ is in a team east"],
    ["rep:bo", "C0OURS", "has no user bo"],
  ])("refuses for %s the channel %s, with what is allowed", async (target, channel, said) => {
    await connected();
    const answer = await send({ do: "channel", target, channel });
    expect([answer.status, await textOf(answer)]).toEqual([422, expect.stringMatching(new RegExp(`${said}`, "i"))]);
    expect(await installation()).toMatchObject({ version: 1 });
  });

  it("offers no connection without a Slack app, and still disconnects", async () => {
    await connected();
    if (runtime.slack === undefined) throw new Error("no Slack");
    const { app: _app, ...slack } = runtime.slack;
    runtime = { ...runtime, slack };
    const viewer = { type: "user" as const, tenantId: testTenant.tenant.tenantId, userId: parse("ada") };
    const page = await textOf(aConsole(runtime, viewer).request(path()));
    expect(page).toContain("This system has no Slack app: its operator adds one.");
    expect([...page.matchAll(/value="(connect|disconnect)"/g)].map(([, what]) => what)).toEqual(["disconnect"]);
  });

  it("says when Slack cannot be asked, and disconnects all the same", async () => {
    await connected();
    isDown = true;
    expect(await textOf(send({ do: "channel", target: "all", channel: "C0OURS" }))).toContain(
      "Slack cannot be asked now",
    );
    expect((await send({ do: "disconnect" })).status).toBe(303);
    expect(await installation()).toBeUndefined();
    expect(calls.at(-1)).toBe("auth.revoke");
    expect((await send({ do: "disconnect" })).status).toBe(422);
  });
});

describe("the pages of preferences", () => {
  it("refuse a channel of another workspace, one's own and everybody's", async () => {
    await connected();
    const own = notificationsPath(testTenant.tenant.tenantId);
    const fields = { form: "preferences", slackChannel: "C0THEIRS" };
    for (const [to, user] of [
      [own, "anna"],
      [`${own}/tenant`, "ada"],
    ] as const) {
      const answer = await send(fields, to, user);
      expect([answer.status, await textOf(answer)]).toEqual([
        422,
        expect.stringContaining("Slack channel (its id) “C0THEIRS”: C0THEIRS is no channel of this company"),
      ]);
      expect((await send({ ...fields, slackChannel: "C0OURS" }, to, user)).status).toBe(303);
    }
    const compulsion = { form: "compulsion", preference: "slackChannel", value: "C0THEIRS", reason: "one place" };
    expect((await send(compulsion, `${own}/tenant`)).status).toBe(422);
    // What is saved already is not asked again: other preferences are saved while Slack is down.
    isDown = true;
    expect((await send({ form: "preferences", slackChannel: "C0OURS", digestAt: "06:30" }, own, "anna")).status).toBe(
      303,
    );
  });
});
