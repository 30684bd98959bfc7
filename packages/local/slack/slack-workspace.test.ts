import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { isFromSlack } from "@regulars/functions/slack/signature";
import type { Button, KnownBlock } from "@slack/types";
import { LogLevel, WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { SlackMessage } from "./slack-workspace-store.ts";
import { slackWorkspace } from "./slack-workspace.ts";

let folder: string;
let server: ServerType;
let client: WebClient;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "slack-workspace-")), "slack");
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: slackWorkspace(folder).fetch, port: 0, hostname: "127.0.0.1" }, (info) =>
      resolve(info.port),
    );
  });
  const slackApiUrl = `http://127.0.0.1:${port}/api/`;
  client = new WebClient("xoxb-local", { slackApiUrl, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });
});

afterEach(async () => {
  server.close();
  await rm(join(folder, ".."), { recursive: true });
});

const section = (text: string): KnownBlock => ({ type: "section", text: { type: "mrkdwn", text } });

const metadata = { event_type: "regulars_alert", event_payload: { key: "alert:1" } };

const post = (blocks: KnownBlock[], text = "Hello") =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
  client.chat.postMessage({ channel: "#alerts", text, blocks, metadata });

/** Sends a request to a new workspace over the same folder, as after a restart. */
const ask = (path: string, init?: RequestInit) => slackWorkspace(folder).request(path, init);
const messages = async (): Promise<SlackMessage[]> => JSON.parse(await (await ask("/messages.json")).text());
const page = async () => (await ask("/")).text();

it("takes a message from Slack's client and lists it, also after a restart", async () => {
  const sent = await post([section("*Why*\nsilent")]);
  expect(sent).toMatchObject({ ok: true, channel: "#alerts", ts: expect.stringMatching(/^\d{10}\.\d{6}$/) });
  expect(await messages()).toEqual([
    {
      ts: sent.ts,
      channel: "#alerts",
      text: "Hello",
      blocks: [section("*Why*\nsilent")],
      key: "alert:1",
      edited: false,
    },
  ]);
});

it("takes a message as JSON as well", async () => {
  const answer = await ask("/api/chat.postMessage", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: "Bearer xoxb-local" },
    body: JSON.stringify({ channel: "#alerts", blocks: [section("Hi")] }),
  });
  expect(await answer.json()).toMatchObject({ ok: true, channel: "#alerts" });
});

it("changes a message in its place", async () => {
  const { ts } = await post([], "first");
  await client.chat.update({ channel: "#alerts", ts: ts ?? "", text: "second" });
  expect(await messages()).toMatchObject([{ ts, text: "second", edited: true }]);
});

it("answers who it is", async () => {
  expect(await client.auth.test()).toMatchObject({ ok: true, team: "Regulars" });
});

it.each([
  ["chat.delete", { channel: "#alerts", ts: "1.2" }, "unknown_method"],
  ["chat.postMessage", { channel: "#alerts" }, "no_text"],
  ["chat.postMessage", { text: "Hello" }, "channel_not_found"],
  ["chat.update", { channel: "#alerts", ts: "1.2", text: "x" }, "message_not_found"],
  ["chat.postMessage", { channel: "#alerts", text: "x", blocks: [{ type: "nothing" }] }, "invalid_blocks"],
])("answers %s %j with %s", async (method, call, error) => {
  await expect(client.apiCall(method, call)).rejects.toMatchObject({ data: { ok: false, error } });
});

it("requires a token", async () => {
  const answer = await ask("/api/chat.postMessage", {
    method: "POST",
    body: new URLSearchParams({ channel: "a", text: "x" }),
  });
  expect(await answer.json()).toEqual({ ok: false, error: "not_authed" });
});

it.each<[string, KnownBlock]>([
  ["a header of 151 characters", { type: "header", text: { type: "plain_text", text: "x".repeat(151) } }],
  ["a section of 3001", section("x".repeat(3001))],
  ["a field of 2001", { type: "section", fields: [{ type: "mrkdwn", text: "x".repeat(2001) }] }],
  ["eleven fields", { type: "section", fields: Array.from({ length: 11 }, () => ({ type: "mrkdwn", text: "x" })) }],
  ["an empty text", section("")],
])("refuses %s as Slack does", async (_what, block) => {
  await expect(post([block])).rejects.toMatchObject({ data: { error: "invalid_blocks" } });
});

it("skips a partial line and keeps the lines after it", async () => {
  await post([section("before")], "before");
  await appendFile(join(folder, "messages.jsonl"), '\n{"ts":"1795400000.000001","chan');
  await post([section("after")], "after");
  const listed = await messages();
  expect(listed.map(({ text }) => text)).toEqual(["after", "before"]);
});

it("is empty before the first message", async () => {
  expect(await messages()).toEqual([]);
  expect(await page()).toContain("No message yet");
});

it("draws header, section, fields, context, buttons and divider", async () => {
  await post([
    { type: "header", text: { type: "plain_text", text: "Fish &amp; Chips" } },
    { type: "section", fields: [{ type: "mrkdwn", text: "*Call*\nÅse <tel:+4512345678|+45 12 34 56 78>" }] },
    { type: "divider" },
    { type: "context", elements: [{ type: "mrkdwn", text: "<@U02SANNE> _today_" }] },
    {
      type: "actions",
      elements: [{ type: "button", url: "https://regulars.example/f", text: { type: "plain_text", text: "Open" } }],
    },
  ]);
  const drawn = await page();
  for (const part of [
    "<bdi>Fish &amp; Chips</bdi>",
    '<strong>Call</strong><br>Åse <a href="tel:+4512345678" target="_blank" rel="noreferrer">+45 12 34 56 78</a>',
    "<hr />",
    '<span class="mention">@U02SANNE</span> <em>today</em>',
    'href="https://regulars.example/f"',
  ])
    expect(drawn).toContain(part);
});

it.each([
  ["> a\n> b\nc", "<blockquote>a<br>b</blockquote>c"],
  ["&lt;!channel&gt; &amp;lt;", "&lt;!channel&gt; &amp;lt;"],
  ["<!channel>", '<span class="broadcast">@channel</span>'],
  ["<javascript:alert(1)|here>", "&lt;javascript:alert(1)|here&gt;"],
  ['<https://a.example/"onclick="x|here>', '<a href="https://a.example/&quot;onclick=&quot;x" target'],
  ["`*a*` ~b~ 2*3*4 snake_case_name", "<code>*a*</code> <s>b</s> 2*3*4 snake_case_name"],
  ["\ue0000\ue001 <b>", "0 &lt;b&gt;"],
])("draws %j", async (text, html) => {
  await post([section(text)]);
  expect(await page()).toContain(html);
});

it("runs no script of a message", async () => {
  await post([section('<script>alert(1)</script> "><img src=x onerror=alert(1)>')], "<script>");
  const answer = await ask("/");
  expect(answer.headers.get("Content-Security-Policy")).toMatch(
    /^default-src 'none'; style-src 'self'; script-src 'self'/,
  );
  expect(await answer.text()).not.toMatch(/<script>|<img/);
});

it("links from where it is mounted", async () => {
  await post([section("Hi")]);
  const app = new Hono().route("/slack", slackWorkspace(folder));
  for (const front of ["/slack", "/slack/"])
    for (const link of ['href="/slack/?channel=%23alerts"', 'href="/"'])
      expect(await (await app.request(front)).text()).toContain(link);
  expect((await app.request("/slack/style.css")).headers.get("Content-Type")).toBe("text/css; charset=utf-8");
  expect((await app.request("/slack/nothing")).status).toBe(404);
});

it("F7: shows a mentioned user by name, as Slack does, and an unknown one by id", async () => {
  await post([section("<@U0ASTRID> and <@U0NOBODY>")]);
  const names = new Map([["U0ASTRID", "Astrid <b>|Dahl"]]);
  const text = await (await slackWorkspace(folder, () => Promise.resolve(names)).request("/")).text();
  expect(text).toContain("@Astrid &lt;b&gt;/Dahl");
  expect(text).toContain("@U0NOBODY");
  expect(text).not.toContain("U0ASTRID");
});

it("sends what one clicks and writes to Regulars, signed as Slack signs it", async () => {
  const secret = "a-secret-of-the-local-slack";
  const got: { readonly path: string; readonly form: URLSearchParams; readonly isSigned: boolean }[] = [];
  const names = new Map([["U0SANNE", "Sanne"]]);
  const app = slackWorkspace(folder, () => Promise.resolve(names), {
    secret,
    answersAt: "http://127.0.0.1:1/slack/",
    now: () => 1_795_400_000_000,
    send: async (request) => {
      const raw = new Uint8Array(await request.arrayBuffer());
      const timestamp = request.headers.get("x-slack-request-timestamp") ?? "";
      const signature = request.headers.get("x-slack-signature") ?? "";
      const isSigned = isFromSlack(raw, { timestamp, signature }, [secret], 1_795_400_000_000);
      got.push({
        path: new URL(request.url).pathname,
        form: new URLSearchParams(new TextDecoder().decode(raw)),
        isSigned,
      });
      return new Response(null, { status: 200 });
    },
  });
  const value = '["churn-risk:cafe","2026-11-01"]';
  const button = (text: string): Button => ({
    type: "button",
    action_id: "contacted",
    value,
    text: { type: "plain_text", text },
  });
  const { ts = "" } = await post([{ type: "actions", elements: [button("Mark contacted")] }]);
  const drawn = await (await app.request("/")).text();
  expect(drawn).toContain("<button>Mark contacted</button>");
  expect(drawn).toContain("/regulars help");
  const form = { as: "U0SANNE", channel: "#alerts" };
  const send = (path: string, more: object) =>
    app.request(path, { method: "POST", body: new URLSearchParams({ ...form, ...more }) });
  expect((await send("/click", { ts, action: "contacted", value })).status).toBe(303);
  expect((await send("/command", { text: "help" })).status).toBe(303);
  expect((await send("/click", { as: "<b>" })).status).toBe(422);
  expect(got.map(({ path, isSigned }) => [path, isSigned])).toEqual([
    ["/integrations/slack/interactivity", true],
    ["/integrations/slack/commands", true],
  ]);
  expect(JSON.parse(got[0]?.form.get("payload") ?? "")).toMatchObject({
    type: "block_actions",
    user: { id: "U0SANNE" },
    container: { channel_id: "#alerts", message_ts: ts },
    actions: [{ action_id: "contacted", value }],
  });
  expect(got[1]?.form.get("text")).toBe("help");
});
