import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { slackEndpoints } from "@regulars/functions/slack/endpoints";
import type { SlackAnswer } from "@regulars/core/slack/slack-api";
import { changePreferences } from "@regulars/flows/notifications/change-preferences";
import { isChannelOf } from "@regulars/flows/slack/channel-of-workspace";
import { readToken } from "@regulars/flows/slack/read-token";
import type { Runtime } from "@regulars/functions/runtime";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { aDirectory, aTenantStore, type TestTenant } from "../fixtures/tenant.ts";

let client: ApiTestClient;
let home: TestTenant;
let token: string;
let answers: Map<string, (values: Readonly<Record<string, unknown>>) => SlackAnswer>;
let calls: { readonly method: string; readonly values: Readonly<Record<string, unknown>> }[];

const admin = userIdSchema.parse("astrid");
let count = 0;

beforeAll(async () => {
  client = await anApiClient();
});

afterAll(() => client.close());

beforeEach(async () => {
  client.clock.nowMs = API_NOW;
  home = aTenantStore();
  await aDirectory().ensure(home.tenant, toInstant(API_NOW));
  await home.store.imports.saveUsers([
    { userId: admin, name: "Astrid", role: "admin" },
    { userId: userIdSchema.parse("sanne"), name: "Sanne", role: "rep" },
  ]);
  token = await client.tokenOf(home.tenant, "astrid");
  calls = [];
  count += 1;
  const workspaceId = `T0HOME${count}`;
  answers = new Map<string, (values: Readonly<Record<string, unknown>>) => SlackAnswer>([
    [
      "oauth.v2.access",
      () => ({
        ok: true,
        access_token: "xoxb-secret",
        token_type: "bot",
        scope: "chat:write,commands",
        bot_user_id: "U0BOT",
        team: { id: workspaceId, name: "Acme" },
      }),
    ],
    [
      "conversations.info",
      ({ channel }) => ({ ok: true, channel: { id: channel, name: "sales", is_archived: false } }),
    ],
  ]);
});

/** The runtime with a Slack that answers as the test says. */
function runtime(): Runtime {
  const { slack } = client.runtime;
  if (slack === undefined) throw new Error("the test client has no Slack");
  const api = {
    call: (method: string, values: Readonly<Record<string, unknown>>) => {
      calls.push({ method, values });
      return Promise.resolve(answers.get(method)?.(values) ?? ({ ok: true } as const));
    },
  };
  return { ...client.runtime, slack: { ...slack, api } };
}

const ask = (method: string, path: string, body?: unknown, as = token) =>
  client.ask(path, { method, as, ...(body === undefined ? {} : { body }) });

async function begin(): Promise<URL> {
  const reply = await ask("POST", "/v1/slack/installs");
  const text = await reply.text();
  expect([reply.status, text]).toEqual([200, expect.stringContaining("url")]);
  const { url }: { readonly url: string } = JSON.parse(text);
  return new URL(url);
}

const comeBack = async (state: string, more: Readonly<Record<string, string>> = { code: "c-1" }) =>
  slackEndpoints(runtime()).request(`/integrations/slack/oauth?${new URLSearchParams({ state, ...more }).toString()}`);

describe("connecting a Slack workspace", () => {
  it("begins at Slack with a state of its own each time, and is only for admins", async () => {
    const [one, other] = [await begin(), await begin()];
    expect(`${one.origin}${one.pathname}`).toBe("http://127.0.0.1:9/slack/oauth/v2/authorize");
    expect(one.searchParams.get("client_id")).toBe("1234.5678");
    expect(one.searchParams.get("scope")).toContain("chat:write,commands");
    expect(one.searchParams.get("redirect_uri")).toBe("http://127.0.0.1/integrations/slack/oauth");
    expect(one.searchParams.get("state")).not.toBe(other.searchParams.get("state"));
    const rep = await client.tokenOf(home.tenant, "sanne");
    expect((await ask("POST", "/v1/slack/installs", undefined, rep)).status).toBe(403);
  });

  it("keeps the token sealed, and shows the connection without it", async () => {
    const state = (await begin()).searchParams.get("state") ?? "";
    const page = await comeBack(state);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Slack is connected with Acme")]);
    const stored = await home.store.slack.installation();
    expect(stored).toMatchObject({ workspaceName: "Acme", botUserId: "U0BOT", installedBy: "astrid" });
    expect(JSON.stringify(stored)).not.toContain("xoxb");
    const { slack } = runtime();
    if (slack === undefined) throw new Error("no Slack");
    const input = { tenantId: home.tenant.tenantId, store: home.store.slack, access: slack, now: toInstant(API_NOW) };
    expect((await readToken(input))?.token).toBe("xoxb-secret");
    const shown = await (await ask("GET", "/v1/slack")).text();
    expect(JSON.parse(shown)).toMatchObject({ connection: { workspaceName: "Acme", channel: null } });
    expect(shown).not.toMatch(/sealed|token|xoxb/i);
  });

  it("takes a state once, for fifteen minutes, as it was given, and only while the admin is one", async () => {
    const state = (await begin()).searchParams.get("state") ?? "";
    expect((await comeBack(`${state.slice(0, -1)}${state.endsWith("A") ? "B" : "A"}`)).status).toBe(422);
    expect((await comeBack(state, { error: "access_denied" })).status).toBe(422);
    expect((await comeBack(state)).status).toBe(200);
    expect((await comeBack(state)).status).toBe(422);
    const late = (await begin()).searchParams.get("state") ?? "";
    client.clock.nowMs = API_NOW + 15 * 60_000;
    expect((await comeBack(late)).status).toBe(422);
    const left = (await begin()).searchParams.get("state") ?? "";
    await home.store.imports.saveUsers([{ userId: admin, name: "Astrid", role: "rep" }]);
    expect((await comeBack(left)).status).toBe(422);
    for (const wrong of ["", "x", `${home.tenant.tenantId}~short`, `nobody~${"x".repeat(43)}`])
      expect((await comeBack(wrong)).status).toBe(422);
  });

  it("leaves a workspace to the tenant that has it", async () => {
    expect((await comeBack((await begin()).searchParams.get("state") ?? "")).status).toBe(200);
    const [first, firstToken] = [home, token];
    const other = aTenantStore();
    await aDirectory().ensure(other.tenant, toInstant(API_NOW));
    await other.store.imports.saveUsers([{ userId: admin, name: "Astrid", role: "admin" }]);
    token = await client.tokenOf(other.tenant, "astrid");
    const page = await comeBack((await begin()).searchParams.get("state") ?? "");
    expect([page.status, await page.text()]).toEqual([422, expect.stringContaining("in use elsewhere")]);
    expect(await other.store.slack.installation()).toBeUndefined();
    token = firstToken;
    await first.store.slack.eraseInstallation();
    expect(JSON.parse(await (await ask("GET", "/v1/slack")).text())).toEqual({ connection: null });
  });

  it("says what is missing when nothing is connected", async () => {
    expect((await ask("PATCH", "/v1/slack", { channel: null })).status).toBe(404);
    expect((await ask("DELETE", "/v1/slack")).status).toBe(404);
    expect((await ask("PATCH", "/v1/slack", { channel: "#sales" })).status).toBe(422);
  });
});

it("says so when Slack cannot be asked about a channel, and changes nothing", async () => {
  expect((await comeBack((await begin()).searchParams.get("state") ?? "")).status).toBe(200);
  const reply = await ask("PATCH", "/v1/slack", { channel: "C0SALES" });
  expect([reply.status, await reply.text()]).toEqual([503, expect.stringContaining("slack-unreachable")]);
  expect(await home.store.slack.installation()).toMatchObject({ version: 1 });
  expect((await ask("PATCH", "/v1/slack", { teamChannels: { north: null } })).status).toBe(200);
  expect((await ask("DELETE", "/v1/slack")).status).toBe(204);
  expect(await home.store.slack.installation()).toBeUndefined();
});

it("asks the workspace about a channel of preferences: one of another workspace is refused, and nothing is changed", async () => {
  const { slack } = runtime();
  if (slack === undefined) throw new Error("no Slack");
  const { tenantId } = home.tenant;
  const prefer = (slackChannel: string) =>
    ask("PATCH", "/v1/tenant/notification-preferences", { defaults: { slackChannel } });
  expect((await prefer("C0THEIRS")).status).toBe(200);
  expect((await comeBack((await begin()).searchParams.get("state") ?? "")).status).toBe(200);
  const unreachable = await prefer("C0OTHER");
  expect([unreachable.status, await unreachable.text()]).toEqual([503, expect.stringContaining("slack-unreachable")]);
  const isOurChannel = isChannelOf({ tenantId, store: home.store.slack, access: slack, now: toInstant(API_NOW) });
  answers.set("conversations.info", ({ channel }) =>
    channel === "C0OURS" ? { ok: true } : { ok: false, error: "channel_not_found" },
  );
  const change = (slackChannel: string) =>
    changePreferences({
      store: home.store,
      userId: admin,
      patch: { slackChannel },
      by: "user:astrid",
      now: toInstant(API_NOW),
      isOurChannel,
    });
  expect(await change("C0THEIRS")).toMatchObject({
    ok: false,
    errors: [
      {
        path: "slackChannel",
        message:
          "C0THEIRS is no channel of this company's Slack workspace that Regulars sees: invite Regulars to one of its channels, and give that one's id",
      },
    ],
  });
  expect((await home.store.preferences.of({ type: "user", userId: admin })).choices).toEqual({});
  expect(await change("C0OURS")).toMatchObject({ ok: true, value: { choices: { slackChannel: "C0OURS" } } });
});

describe("tokens that Slack rotates", () => {
  it("are exchanged before they end, and sealed again", async () => {
    const { slack } = runtime();
    if (slack === undefined) throw new Error("no Slack");
    const { tenantId } = home.tenant;
    await home.store.slack.saveInstallation({
      workspaceId: `T0ROTATES${count}`,
      workspaceName: "Acme",
      botUserId: "U0BOT",
      scopes: [],
      sealedToken: slack.sealing.seal(tenantId, "xoxe.old"),
      sealedRefreshToken: slack.sealing.seal(tenantId, "xoxe-1-old"),
      tokenExpiresAt: toInstant(API_NOW + 20 * 60_000),
      installedAt: toInstant(API_NOW),
      teamChannels: {},
      repChannels: {},
      version: 1,
    });
    answers.set("oauth.v2.access", () => ({
      ok: true,
      access_token: "xoxe.new",
      refresh_token: "xoxe-1-new",
      expires_in: 43_200,
      token_type: "bot",
      bot_user_id: "U0BOT",
      team: { id: `T0ROTATES${count}`, name: "Acme" },
    }));
    const at = (ms: number) =>
      readToken({ tenantId, store: home.store.slack, access: slack, now: toInstant(API_NOW + ms) });
    expect((await at(0))?.token).toBe("xoxe.old");
    expect(calls).toEqual([]);
    expect((await at(6 * 60_000))?.token).toBe("xoxe.new");
    expect(calls[0]?.values).toMatchObject({ grant_type: "refresh_token", refresh_token: "xoxe-1-old" });
    expect((await at(7 * 60_000))?.token).toBe("xoxe.new");
    expect(calls).toHaveLength(1);
    expect(await home.store.slack.installation()).toMatchObject({
      version: 2,
      tokenExpiresAt: toInstant(API_NOW + 6 * 60_000 + 43_200_000),
    });
  });
});
