import type { SlackApi } from "@regulars/core/slack/slack-api";
import { signLinkToken } from "@regulars/core/notifications/link-token";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { runCommand } from "@regulars/cli/run-command";
import { apiHandler } from "@regulars/functions/api/lambda";
import type { Runtime } from "@regulars/functions/runtime";
import { apiGatewayAdapter } from "@regulars/local/http/api-gateway-adapter";
import { notificationsPath, tenantNotificationsPath } from "@regulars/web/page/addresses";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { aConsole, aSignedOutConsole } from "../fixtures/page-console.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { aDirectory, aTenantStore, type TestTenant } from "../fixtures/tenant.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** What cannot be a preference or a text, at every door: refused with its place and what is allowed, and nothing written. */

const anna = userIdSchema.parse("anna");
const LINK_DAY = day("2026-11-23");

let client: ApiTestClient;
let place: TempWorkspace;
let testTenant: TestTenant;
let runtime: Runtime;

beforeAll(async () => {
  client = await anApiClient();
  place = await aWorkspace();
});
afterAll(async () => {
  await client.close();
  await place.close();
});

/** A workspace with one channel. */
const slackApi: SlackApi = {
  call: (_method, { channel }) =>
    Promise.resolve(
      channel === "C0OURS"
        ? { ok: true, channel: { id: channel, name: "sales" } }
        : { ok: false, error: "channel_not_found" },
    ),
};

beforeEach(async () => {
  testTenant = aTenantStore();
  const { tenant, store } = testTenant;
  await aDirectory().ensure(tenant, toInstant(API_NOW));
  await store.imports.saveUsers([
    { userId: anna, name: "Anna", role: "rep" },
    { userId: userIdSchema.parse("ada"), name: "Ada", role: "admin" },
  ]);
  const { slack } = client.runtime;
  if (slack === undefined) throw new Error("the test client has no Slack");
  runtime = { ...client.runtime, slack: { ...slack, api: slackApi } };
  await store.slack.saveInstallation({
    workspaceId: `T0${tenant.tenantId.replaceAll("-", "").toUpperCase()}`,
    workspaceName: "Acme",
    botUserId: "U0BOT",
    scopes: [],
    sealedToken: slack.sealing.seal(tenant.tenantId, "xoxb-1"),
    installedAt: toInstant(API_NOW),
    teamChannels: {},
    repChannels: {},
    version: 1,
  });
});

/** What a door answers: whether it took it, and its words. */
interface Answer {
  readonly status: number;
  readonly text: string;
}
type Door = (name: string, value: string) => Promise<Answer>;

const plain = async (answer: Response): Promise<Answer> => ({
  status: answer.status,
  text: (await answer.text())
    .replaceAll(/\s+/g, " ")
    .replaceAll(
      /&(quot|#39|lt|gt|amp);/g,
      (_, name: string) => ({ quot: `"`, lt: "<", gt: ">", amp: "&" })[name] ?? "'",
    ),
});

async function overApi(user: string, method: string, path: string, body: object): Promise<Answer> {
  const answer = await apiGatewayAdapter(apiHandler(runtime))(
    new Request(`http://127.0.0.1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await client.tokenOf(testTenant.tenant, user)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    }),
  );
  return plain(answer);
}

/** `kinds.churn-risk.high` = off as the API has it. */
function asJson(name: string, value: string): object {
  const [, kind = "", level = ""] = /^kinds\.(.+)\.(\w+)$/.exec(name) ?? [];
  return kind === "" ? { [name]: value } : { kinds: { [kind]: { [level]: value } } };
}

const form = (fields: Readonly<Record<string, string>>) => ({
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
  body: new URLSearchParams(fields).toString(),
});

const viewer = (user: string) =>
  ({ type: "user", tenantId: testTenant.tenant.tenantId, userId: userIdSchema.parse(user) }) as const;

function linkPath(): string {
  const [secret] = runtime.linkSecrets;
  if (secret === undefined) throw new Error("there is no secret of links");
  const { tenantId } = testTenant.tenant;
  const claims = { tenantId, userId: anna, scope: "preferences", issuedOn: LINK_DAY } as const;
  return `/links/preferences/${signLinkToken(claims, secret)}`;
}

async function byCommand(args: readonly string[]): Promise<Answer> {
  const { tableName, endpoint } = tableAddress();
  let text = "";
  const note = (told: string): void => {
    text += told;
  };
  const code = await runCommand([...args, "--tenant", testTenant.tenant.tenantId, "--data", place.data], {
    dynamodbEndpoint: endpoint,
    tableName,
    isTerminal: false,
    clock: () => API_NOW,
    stopSignal: () => new AbortController().signal,
    print: note,
    note,
  });
  return { status: code, text: text.replaceAll(/\s+/g, " ") };
}

const doors: Readonly<Record<string, Door>> = {
  "the API for oneself": (name, value) =>
    overApi("anna", "PATCH", "/v1/me/notification-preferences", asJson(name, value)),
  "the API for everybody": (name, value) =>
    overApi("ada", "PATCH", "/v1/tenant/notification-preferences", { defaults: asJson(name, value) }),
  "the page of oneself": async (name, value) =>
    plain(
      await aConsole(runtime, viewer("anna")).request(
        notificationsPath(testTenant.tenant.tenantId),
        form({ form: "preferences", [name]: value }),
      ),
    ),
  "the page for everybody": async (name, value) =>
    plain(
      await aConsole(runtime, viewer("ada")).request(
        tenantNotificationsPath(testTenant.tenant.tenantId),
        form({ form: "preferences", [name]: value }),
      ),
    ),
  "the link of a mail": async (name, value) =>
    plain(await aSignedOutConsole(runtime).request(linkPath(), form({ form: "preferences", [name]: value }))),
  "the command": (name, value) => byCommand(["notifications", "preferences", "anna", "--set", `${name}=${value}`]),
};

/** What each door says besides that it took nothing; a form's choices are named by their words. */
const bad: readonly (readonly [name: string, value: string, told: RegExp])[] = [
  ["zone", "Europe/Kopenhagen", /^(?=.*Europe\/Kopenhagen).*Europe\/Copenhagen/s],
  ["zone", "2026-01-01T00:00[Europe/Copenhagen]", /is not an IANA time zone/],
  ["quietUntil", "20:00", /when quiet hours begin.*hasQuietHours/],
  ["quietFrom", "25:00", /00:00 to 23:59/],
  ["digestAt", "07:31", /00:00 to 23:45 by quarter hours/],
  ["kinds.churn-rsk.high", "off", /churn-rsk.*churn-risk/],
  ["kinds.introduction.high", "digest", /at[- ]once.*off/],
  ["language", "de", /English|en, da, pt-BR, uk/],
  ["channel", "pigeon", /mail.*direct.*channel/],
  ["pausedUntil", "soon", /day/i],
];

async function written(): Promise<readonly number[]> {
  const { preferences } = testTenant.store;
  return [
    (await preferences.of({ type: "tenant" })).version,
    (await preferences.of({ type: "user", userId: anna })).version,
  ];
}

describe.each(Object.entries(doors))("%s", (name, door) => {
  it.each(bad)(
    "refuses %s %s with its place and what is allowed, and writes nothing",
    async (preference, value, told) => {
      const { status, text } = await door(preference, value);
      expect([name, name === "the command" ? status === 2 : status === 400 || status === 422]).toEqual([name, true]);
      expect(text).toMatch(told);
      // A form names what was typed by its label, the others name the place.
      expect(text).toContain(/page|link/.test(name) ? value : preference.replace(/\.high$/, ""));
      expect(text).not.toMatch(/\bat .+\.ts:\d+/);
      expect(await written()).toEqual([0, 0]);
    },
  );

  it("takes a digest time within the quiet hours, and says that the digest wins", async () => {
    const taken = await door("digestAt", "22:00");
    expect([200, 303, 0]).toContain(taken.status);
    const shown =
      taken.status === 303
        ? name === "the link of a mail"
          ? await plain(await aSignedOutConsole(runtime).request(linkPath()))
          : await plain(
              await aConsole(runtime, viewer(name.endsWith("everybody") ? "ada" : "anna")).request(
                name.endsWith("everybody")
                  ? tenantNotificationsPath(testTenant.tenant.tenantId)
                  : notificationsPath(testTenant.tenant.tenantId),
              ),
            )
        : taken;
    expect(shown.text).toMatch(/the digest goes at 22:00, which is in the quiet hours.*the digest time wins/);
  });

  // The command's own system has a Slack of its own, which has every channel.
  it.skipIf(name === "the command")("refuses a channel of another workspace", async () => {
    const { status, text } = await door("slackChannel", "C0THEIRS");
    expect(status).toBe(422);
    expect(text).toContain("C0THEIRS is no channel of this company's Slack workspace");
    expect(await written()).toEqual([0, 0]);
    expect([200, 303]).toContain((await door("slackChannel", "C0OURS")).status);
  });
});

it("names the preferences and levels that there are where the API is given another one", async () => {
  const { status, text } = await overApi("anna", "PATCH", "/v1/me/notification-preferences", {
    digestTime: "06:30",
    kinds: { "churn-risk": { urgent: "off" } },
  });
  expect(status).toBe(422);
  expect(JSON.parse(text)).toMatchObject({
    errors: [
      { path: 'kinds["churn-risk"].urgent', message: "is no level: there are high, medium, watch" },
      { path: "digestTime", message: expect.stringMatching(/^is no preference: there are kinds, channel, .*digestAt/) },
    ],
  });
  expect(await written()).toEqual([0, 0]);
});

it("names the place of a text that cannot be used among the API's errors", async () => {
  const { text } = await overApi("ada", "PATCH", "/v1/tenant/settings", {
    templates: { en: { "digest.footer": "For <frim>" } },
  });
  expect(JSON.parse(text)).toMatchObject({
    errors: [{ path: "templates.en.digest.footer", message: expect.stringContaining("<frim>") }],
  });
});

describe("the link of a mail, cut by one character,", () => {
  it("is answered by a sentence for people, and changes nothing", async () => {
    const cut = linkPath().slice(0, -1);
    for (const asked of [{}, form({ form: "preferences", digestAt: "06:30" })]) {
      const { status, text } = await plain(await aSignedOutConsole(runtime).request(cut, asked));
      expect(status).toBe(400);
      expect(text).toContain("This link is not complete. Open it again from the message, and copy all of it.");
      expect(text).not.toMatch(/anna/i);
    }
    expect(await written()).toEqual([0, 0]);
  });
});

const textDoors: Readonly<Record<string, (words: string) => Promise<Answer>>> = {
  "the API": (words) =>
    overApi("ada", "PATCH", "/v1/tenant/settings", { templates: { en: { "digest.footer": words } } }),
  "the API's preview": (words) =>
    overApi("ada", "POST", "/v1/tenant/templates/preview", { language: "en", textId: "digest.footer", words }),
  "the page": async (words) =>
    plain(
      await aConsole(runtime, viewer("ada")).request(
        `/notifications/${testTenant.tenant.tenantId}/templates/edit`,
        form({ language: "en", text: "digest.footer", words, do: "save" }),
      ),
    ),
  "the command": (words) => byCommand(["templates", "digest.footer", "--words", words]),
};

describe.each(Object.entries(textDoors))("a text at %s", (name, door) => {
  it.each([
    ["For <frim>", /unknown variable <frim>.*<firm>/],
    ["x".repeat(100 * 1024), /102400 characters: at most 600/],
  ] as const)("is refused with what is allowed: %.12s", async (words, told) => {
    const { status, text } = await door(words);
    expect([name, name === "the command" ? status === 2 : [400, 413, 422].includes(status)]).toEqual([name, true]);
    expect(text.slice(0, 400_000)).toMatch(told);
    const stored = await aDirectory().find(testTenant.tenant.tenantId);
    expect(stored?.templates).toEqual({});
  });
});

describe("the preview of the command", () => {
  const SET = ["--set", "digestAt=06:30", "kinds.churn-risk.high=off"];

  it.each([
    ["one user", ["anna"], /digestAt 07:30 06:30 kinds\.churn-risk\.high \S+ off/, null],
    ["everybody", [], /digestAt 07:30 06:30 .*changes something for 2 of 2 users/, expect.objectContaining({ of: 2 })],
  ] as const)("says of a change for %s what it would do, and saves nothing", async (_whom, user, told, people) => {
    const preferences = () => byCommand(["notifications", "preferences", ...user, "--json"]);
    const before = await preferences();
    const asked = ["notifications", "preferences", ...user, ...SET, "--preview"];
    expect(await byCommand(asked)).toEqual({ status: 0, text: expect.stringMatching(told) });
    const json = JSON.parse((await byCommand([...asked, "--json"])).text);
    expect(json).toMatchObject({
      preferences: [
        { name: "digestAt", now: { value: "07:30" }, after: { value: "06:30" } },
        { name: "kinds.churn-risk.high", after: { value: "off" } },
      ],
      people,
      waiting: { count: 0, first: [] },
    });
    expect(await preferences()).toEqual(before);
  });

  it("needs a change, and refuses what cannot be saved as the change itself", async () => {
    const asked = ["notifications", "preferences", "anna", "--preview"];
    expect((await byCommand(asked)).text).toContain("--preview needs a change: --set or --compel");
    expect((await byCommand([...asked, "--set", "digestAt=07:31"])).text).toContain("00:00 to 23:45 by quarter hours");
  });
});
