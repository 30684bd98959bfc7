import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { memoryGrouper } from "@regulars/flows/imports/memory-grouper";
import { importRecords } from "@regulars/flows/imports/import-records";
import * as z from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, FIXTURE_KEY_ID, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { aConsole, wasOf } from "../../../test/fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

async function page(name: string, language = "en", fields?: Readonly<Record<string, string>>): Promise<string> {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse("ada") });
  const [path = "", query = ""] = name.split("?");
  const answer = await pages.request(`/${path.replace(/\/|$/, `/${tenantId}$&`)}?${query}`, {
    headers: { accept: "text/html", "sec-fetch-site": "same-origin", cookie: `regulars-language=${language}` },
    ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) }),
  });
  return (await answer.text()).replaceAll(/\s+/g, " ");
}

const bare = (text: string): string =>
  text
    .replaceAll("</li>", " ")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** The newest rows of a page's log of changes, without their time. */
async function rowsOf(name: string, count: number, language = "en"): Promise<readonly string[]> {
  const [, card = ""] = (await page(name, language)).split('aria-labelledby="changes"');
  const [, body = ""] = /<tbody>(.*?)<\/tbody>/.exec(card) ?? [];
  return body
    .split("<tr>")
    .slice(1, count + 1)
    .map((row) =>
      row
        .split(/<t[dh][^>]*>/)
        .slice(2)
        .map(bare)
        .join(" | "),
    );
}

const answeredSchema = z.object({ data: z.array(z.looseObject({ at: z.string() })) });

/** What the API answers of a log, without its times. */
async function logged(path: string, as = fixture.apiKey) {
  const answer = await apiClient.ask(path, { as });
  const { data } = answeredSchema.parse(await answer.json());
  return data.map(({ at: _at, ...entry }) => entry);
}

const put = (userId: string, body: object) =>
  apiClient.ask(`/v1/users/${userId}`, { method: "PUT", as: fixture.apiKey, body });

describe("who changed what of which user", () => {
  it("is on the page in the words of the reader, by page, API and import", async () => {
    const was = wasOf(await page("users?user=bo"));
    const form = { was, userId: "bo", name: "Bo Lund", role: "manager", teamId: "south", isActive: "false" };
    await page("users", "en", { ...form, do: "preview" });
    expect(await rowsOf("users", 9)).toEqual([]);
    await page("users", "en", { ...form, do: "save" });
    expect(await rowsOf("users", 9)).toEqual([
      "Ada Ek | Bo Lund | Standing | with the company | has left",
      "Ada Ek | Bo Lund | Role | Rep | Manager",
    ]);
    await put("nina", { name: "Nina", role: "rep", email: "nina@example.com" });
    await importUsers("userId,name,territoryId\nnina,Nina Beck,coast\n");
    expect(await rowsOf("users", 3)).toEqual([
      "an import | Nina Beck | Name | Nina | Nina Beck",
      "an import | Nina Beck | Territory | – | coast",
      `key ${FIXTURE_KEY_ID} | Nina Beck | added | 3 parts E-mail: nina@example.com Name: Nina Role: Rep`,
    ]);
    for (const [language, row] of [
      ["da", "en import | Nina Beck | Navn | Nina | Nina Beck"],
      ["pt-BR", "uma importação | Nina Beck | Nome | Nina | Nina Beck"],
      ["uk", "імпорт | Nina Beck | Ім’я | Nina | Nina Beck"],
    ] as const)
      expect(await rowsOf("users", 1, language)).toEqual([row]);
  });

  it("is written once for a change, and not for what changes nothing", async () => {
    const before = await logged("/v1/tenant/users/changes");
    const fields = { name: "Olga", role: "rep" };
    await put("olga", fields);
    await put("olga", fields);
    await apiClient.ask("/v1/users/batch", {
      method: "POST",
      as: fixture.apiKey,
      body: {
        items: [
          { userId: "olga", ...fields },
          { userId: "max", name: "Max Holm 2" },
        ],
      },
    });
    const entries = await logged("/v1/tenant/users/changes");
    expect(entries.slice(0, entries.length - before.length)).toEqual([
      { by: `key:${FIXTURE_KEY_ID}`, of: "max", changes: [{ setting: "name", from: "Max Holm", to: "Max Holm 2" }] },
      {
        by: `key:${FIXTURE_KEY_ID}`,
        of: "olga",
        changes: [
          { setting: "name", from: null, to: "Olga" },
          { setting: "role", from: null, to: "rep" },
        ],
      },
    ]);
  });
});

describe("who changed what of which webhook", () => {
  const addAt = "https://erp.example/hook";

  it("is on the page in the words of the reader, by page and API, and never tells a secret", async () => {
    expect(await rowsOf("webhooks", 9)).toEqual([]);
    const [, webhookId = ""] = /name="webhookId" value="(wh_[a-f0-9]{18})"/.exec(await page("webhooks")) ?? [];
    const made = { action: "make", webhookId, url: addAt, "deal.closed": "1" };
    for (const how of ["preview", "save", "save"]) await page("webhooks", "en", { ...made, do: how });
    expect(await rowsOf("webhooks", 9)).toEqual([
      `Ada Ek | ${addAt} | added | 3 parts Events: A deal was closed State: active Address: ${addAt}`,
    ]);
    const secrets = [await secretOf(webhookId)];
    await apiClient.ask(`/v1/webhooks/${webhookId}`, {
      method: "PATCH",
      as: fixture.apiKey,
      body: { isActive: false },
    });
    await page("webhooks", "en", { action: "rotate", webhookId, do: "save" });
    secrets.push(await secretOf(webhookId));
    await page("webhooks", "en", { action: "remove", webhookId, do: "save" });
    const removed = await rowsOf("webhooks", 3);
    expect(removed).toEqual([
      `Ada Ek | ${addAt} | removed | 4 parts Events: A deal was closed State: paused The old secret signs until: Nov 24, 2026, 8:00 AM Address: ${addAt}`,
      `Ada Ek | ${addAt} | The old secret signs until | – | Nov 24, 2026, 8:00 AM`,
      `key ${FIXTURE_KEY_ID} | ${addAt} | State | active | paused`,
    ]);
    for (const [language, row] of [
      ["da", "Tilstand | aktiv | på pause"],
      ["pt-BR", "Estado | ativo | pausado"],
      ["uk", "Стан | діє | призупинено"],
    ] as const)
      expect((await rowsOf("webhooks", 3, language))[2]).toContain(` | ${addAt} | ${row}`);
    const told = JSON.stringify([await logged("/v1/tenant/webhooks/changes"), await page("webhooks")]);
    expect(told).toContain(webhookId);
    expect(secrets.filter((secret) => secret === "" || told.includes(secret))).toEqual([]);
  });
});

describe("who made and revoked which API key", () => {
  it("is on the page in the words of the reader, by page and API, once each, and never tells a secret", async () => {
    // A key may make no keys.
    const { ada } = fixture.tokens;
    const before = (await logged("/v1/tenant/keys/changes", ada)).length;
    const form = { action: "make", keyId: "kaaaaaaaaaaaa", name: "web shop", "leads.add": "1" };
    for (const how of ["preview", "save", "save"]) await page("api-keys", "en", { ...form, do: how });
    const named = "web shop kaaaaaaaaaaaa";
    expect(await rowsOf("api-keys", 1)).toEqual([
      `Ada Ek | ${named} | added | 3 parts What it may do: Add leads State: active Name: web shop`,
    ]);
    const revoke = () => apiClient.ask("/v1/api-keys/kaaaaaaaaaaaa/revoke", { method: "POST", as: ada, body: {} });
    expect([(await revoke()).status, (await revoke()).status]).toEqual([200, 200]);
    for (const [language, row] of [
      ["en", "State | active | revoked"],
      ["da", "Tilstand | aktiv | tilbagekaldt"],
      ["pt-BR", "Estado | ativa | revogada"],
      ["uk", "Стан | діє | відкликано"],
    ] as const)
      expect((await rowsOf("api-keys", 1, language))[0]).toBe(`Ada Ek | ${named} | ${row}`);
    const entries = await logged("/v1/tenant/keys/changes", ada);
    expect(entries.slice(0, entries.length - before)).toEqual([
      { by: "user:ada", of: "kaaaaaaaaaaaa", changes: [{ setting: "isActive", from: true, to: false }] },
      {
        by: "user:ada",
        of: "kaaaaaaaaaaaa",
        changes: [
          { setting: "actions", from: null, to: ["leads.add"] },
          { setting: "isActive", from: null, to: true },
          { setting: "name", from: null, to: "web shop" },
        ],
      },
    ]);
    const stored = await fixture.store.apiKeys.find("kaaaaaaaaaaaa");
    expect(JSON.stringify([entries, await page("api-keys")])).not.toContain(stored?.secretHash);
  });
});

describe("who changed which preference", () => {
  it("is on one's own page and on everybody's, in the words of the reader", async () => {
    const pages = ["notifications", "notifications/tenant"];
    for (const name of pages) expect(await rowsOf(name, 9)).toEqual([]);
    const own = { form: "preferences", was: wasOf(await page("notifications")), digestAt: "06:30" };
    await page("notifications", "en", own);
    const everybodys = { form: "preferences", was: wasOf(await page("notifications/tenant")), allOff: "true" };
    await page("notifications/tenant", "en", everybodys);
    const compulsory = { form: "compulsion", preference: "channel", value: "mail", reason: "Law" };
    await page("notifications/tenant", "en", compulsory);
    for (const [language, ownRow, ofAll] of [
      [
        "en",
        "Ada Ek | Digest at (quarter hours) | usual | 06:30",
        ["Ada Ek | Compulsory for everybody | none | News at once by: mail", "Ada Ek | Everything off | usual | yes"],
      ],
      [
        "da",
        "Ada Ek | Oversigt kl. (hele kvarter) | normalt | 06:30",
        ["Ada Ek | Obligatorisk for alle | ingen | Nyheder straks via: mail", "Ada Ek | Alt slået fra | normalt | ja"],
      ],
      [
        "pt-BR",
        "Ada Ek | Resumo às (de 15 em 15 minutos) | padrão | 06:30",
        [
          "Ada Ek | Obrigatório para todos | nenhum | Notícias imediatas por: e-mail",
          "Ada Ek | Tudo desligado | padrão | sim",
        ],
      ],
      [
        "uk",
        "Ada Ek | Зведення о (чверті години) | звичайне | 06:30",
        [
          "Ada Ek | Обов’язкове для всіх | немає | Новини одразу через: пошта",
          "Ada Ek | Вимкнути все | звичайне | так",
        ],
      ],
    ] as const) {
      expect(await rowsOf("notifications", 9, language)).toEqual([ownRow]);
      expect(await rowsOf("notifications/tenant", 9, language)).toEqual(ofAll);
    }
  });
});

const secretOf = async (webhookId: string): Promise<string> =>
  (await fixture.store.webhooks.find(webhookId))?.secret ?? "";

async function importUsers(text: string): Promise<void> {
  const [head = "", ...lines] = text.trim().split("\n");
  const columns = head.split(",");
  const records = lines.map((line, index) => {
    const cells = line.split(",");
    return { line: index + 2, record: Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""])) };
  });
  await importRecords({
    tenant: fixture.tenant,
    now: toInstant(API_NOW),
    format: ownFormat("users"),
    records: (async function* () {
      yield* records;
    })(),
    grouper: memoryGrouper(),
    imports: fixture.store.imports,
    absentColumns: ["email", "phone", "role", "teamId", "timeZone", "slackUserId"],
    onReject: ({ reason }) => {
      throw new Error(reason);
    },
  });
}
